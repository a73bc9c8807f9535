/** Roles and sides of a connection. */
import { z } from 'zod';

/** The primary defines the terms and breaks ties; by default it is the inviter. */
export const roleSchema = z.enum(['primary', 'secondary']);
export type Role = z.infer<typeof roleSchema>;

/** The other role. */
export function otherRole(role: Role): Role {
  return role === 'primary' ? 'secondary' : 'primary';
}
