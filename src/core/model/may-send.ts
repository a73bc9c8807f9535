/** Which way values may travel, seen from one role. */
import type { Direction } from './contract';
import type { Role } from './role';

/** True when changes made on the side of `role` may be sent. */
export function maySend(direction: Direction, role: Role): boolean {
  return direction === 'both' || direction === (role === 'primary' ? 'toSecondary' : 'toPrimary');
}
