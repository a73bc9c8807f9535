/** People and groups in roles: reading the names a request gives, and how they read in answers. */
import type { RoleActors } from '../entities';
import { refuse } from '../problem';
import type { Call } from '../router';
import { avatarUrls } from '../views/people';
import { selfUrl } from '../world';

export const NOBODY: RoleActors = { userIds: [], groupIds: [] };

/** Names of accounts and groups as requests give them; groups by id or by name. */
export interface ActorNames {
  user?: readonly string[] | undefined;
  group?: readonly string[] | undefined;
  groupId?: readonly string[] | undefined;
}

/** Ids of active accounts and existing groups; 404 for one that is not there. */
export function readActors(call: Call, names: ActorNames): RoleActors {
  const userIds = (names.user ?? []).map((id) => {
    if (call.store.users.get(id)?.active !== true)
      throw refuse(404, `We can't find '${id}' in any accessible user directory.`);
    return id;
  });
  const byId = (names.groupId ?? []).map((id) => {
    if (call.store.groups.get(id) === undefined) throw refuse(404, `We can't find a group with id '${id}'.`);
    return id;
  });
  const byName = (names.group ?? []).map((name) => {
    const group = call.store.groups.all().find((row) => row.name === name);
    if (group === undefined) throw refuse(404, `We can't find '${name}' in any accessible user directory.`);
    return group.id;
  });
  return { userIds: [...new Set(userIds)], groupIds: [...new Set([...byId, ...byName])] };
}

/** Both together, without doubles. */
export function joined(left: RoleActors, right: RoleActors): RoleActors {
  return {
    userIds: [...new Set([...left.userIds, ...right.userIds])],
    groupIds: [...new Set([...left.groupIds, ...right.groupIds])],
  };
}

/** The first without those of the second. */
export function without(left: RoleActors, right: RoleActors): RoleActors {
  return {
    userIds: left.userIds.filter((id) => !right.userIds.includes(id)),
    groupIds: left.groupIds.filter((id) => !right.groupIds.includes(id)),
  };
}

/** A role with its self address and description, without its actors. */
export function roleBrief(call: Call, id: string): Record<string, unknown> {
  const role = call.store.roles.must(id);
  return {
    self: selfUrl(call, `role/${id}`),
    name: role.name,
    id: Number(id),
    description: role.description,
  };
}

/** Actors sorted by name; `scope` (a project's or the site's number) keeps the ids of different lists apart. */
export function renderActors(call: Call, actors: RoleActors, scope: number): Record<string, unknown>[] {
  call.cost.identity(actors.userIds.length + actors.groupIds.length);
  const people = actors.userIds.map((accountId) => ({
    displayName: call.store.users.get(accountId)?.name ?? 'Former user',
    type: 'atlassian-user-role-actor',
    avatarUrl: avatarUrls(accountId)['16x16'],
    actorUser: { accountId },
  }));
  const groups = actors.groupIds.map((groupId) => {
    const { name } = call.store.groups.must(groupId);
    return {
      displayName: name,
      type: 'atlassian-group-role-actor',
      name,
      actorGroup: { name, displayName: name, groupId },
    };
  });
  return [...people, ...groups]
    .sort((left, right) => left.displayName.localeCompare(right.displayName, 'en'))
    .map((actor, position) => ({ id: scope * 100 + position, ...actor }));
}
