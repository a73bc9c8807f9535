/** Global permissions: what an account may do on the site as a whole. */
import type { UserRow } from '../entities';

/**
 * Jira grants these to groups of people. Whether the account of a Forge app is in such a group is not documented, and
 * bulk operations are closed to Connect apps, so an app acting as itself does not have them here.
 */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'BULK_CHANGE',
  'CREATE_SHARED_OBJECTS',
  'MANAGE_GROUP_FILTER_SUBSCRIPTIONS',
]);

/** Whether the account has the global permission. */
export function hasGlobal(user: UserRow, key: string): boolean {
  if (key === 'ADMINISTER' || key === 'SYSTEM_ADMIN') return user.admin;
  if (OF_PEOPLE.has(key)) return user.active && user.accountType === 'atlassian';
  return user.active;
}
