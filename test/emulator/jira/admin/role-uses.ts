/** Where a project role stands in permissions, security levels, comments and worklogs. */
import type { Visibility } from '../entities';
import type { Session } from '../world';

function inGrants(grants: Readonly<Record<string, readonly string[]>>, roleId: string): boolean {
  return Object.values(grants).some((roleIds) => roleIds.includes(roleId));
}

function restrictsTo(visibility: Visibility | undefined, roleId: string): boolean {
  return visibility?.type === 'role' && visibility.identifier === roleId;
}

/** How many schemes, levels, comments and worklogs name the role. */
export function roleUses({ store }: Session, roleId: string): number {
  return [
    store.permissionSchemes.all().filter((row) => inGrants(row.grants, roleId)),
    store.projects.all().filter((row) => inGrants(row.grants, roleId)),
    store.securityLevels.all().filter((row) => row.roleIds.includes(roleId)),
    store.comments.all().filter((row) => restrictsTo(row.visibility, roleId)),
    store.worklogs.all().filter((row) => restrictsTo(row.visibility, roleId)),
  ].reduce((sum, rows) => sum + rows.length, 0);
}

/** Puts another role in its place, or takes it away where it stands; its actors in projects go. */
export function swapRole({ store }: Session, roleId: string, replacement: string | undefined): void {
  const swap = (ids: readonly string[]) => [
    ...new Set(ids.flatMap((id) => (id !== roleId ? [id] : replacement === undefined ? [] : [replacement]))),
  ];
  const swapGrants = (grants: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(grants).map(([key, ids]) => [key, swap(ids)]));
  for (const row of store.permissionSchemes.all()) {
    store.permissionSchemes.put({ ...row, grants: swapGrants(row.grants) });
  }
  for (const row of store.projects.all()) {
    const { [roleId]: _, ...actors } = row.actors;
    const appRoleIds = row.appRoleIds.filter((id) => id !== roleId);
    store.projects.put({ ...row, grants: swapGrants(row.grants), actors, appRoleIds });
  }
  for (const row of store.securityLevels.all()) {
    store.securityLevels.put({ ...row, roleIds: swap(row.roleIds) });
  }
  if (replacement === undefined) return;
  const visibility: Visibility = {
    type: 'role',
    value: store.roles.must(replacement).name,
    identifier: replacement,
  };
  for (const row of store.comments.all()) {
    if (restrictsTo(row.visibility, roleId)) store.comments.put({ ...row, visibility });
  }
  for (const row of store.worklogs.all()) {
    if (restrictsTo(row.visibility, roleId)) store.worklogs.put({ ...row, visibility });
  }
}
