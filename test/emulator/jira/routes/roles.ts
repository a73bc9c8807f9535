/** Project roles, their actors in a project and the actors they give to new projects. */
import { z } from 'zod';
import { APP_ROLE_NAME, demandAdmin, hasProjectPermission, projectOf } from '../access';
import { joined, NOBODY, readActors, renderActors, roleBrief, without } from '../admin/actors';
import { mayAdminister } from '../admin/demand';
import { freshId } from '../admin/fresh-id';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import { roleUses, swapRole } from '../admin/role-uses';
import type { ProjectRow, RoleActors, RoleRow } from '../entities';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { selfUrl } from '../world';

const P = '/rest/api/3/project/{projectIdOrKey}';

export const roleRoutes: readonly Route[] = [
  route('GET /rest/api/3/role', (call) => {
    demandAdmin(call);
    return ok(call.store.roles.all().map((row) => roleWithDefaults(call, row)));
  }),
  route('POST /rest/api/3/role', createRole),
  route('GET /rest/api/3/role/{id}', (call) => ok(roleWithDefaults(call, adminRole(call)))),
  route('POST /rest/api/3/role/{id}', updateOne),
  route('PUT /rest/api/3/role/{id}', updateBoth),
  route('DELETE /rest/api/3/role/{id}', deleteRole),
  route('GET /rest/api/3/role/{id}/actors', (call) => ok(roleWithDefaults(call, adminRole(call)))),
  route('POST /rest/api/3/role/{id}/actors', addDefaults),
  route('DELETE /rest/api/3/role/{id}/actors', removeDefaults),
  route(`GET ${P}/role`, (call) => {
    const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
    demandAnyProject(call);
    const entries = call.store.roles.all().map((row) => [row.name, roleUrl(call, project, row.id)]);
    return ok(Object.fromEntries(entries));
  }),
  route(`GET ${P}/roledetails`, roleDetails),
  route(`GET ${P}/role/{id}`, (call) => ok(roleInProject(call, adminProject(call)))),
  route(`POST ${P}/role/{id}`, addActors),
  route(`PUT ${P}/role/{id}`, setActors),
  route(`DELETE ${P}/role/{id}`, removeActors),
];

function roleAt(call: Call, id = call.params['id'] ?? ''): RoleRow {
  const role = call.store.roles.get(id);
  if (role === undefined) throw refuse(404, `No project role with id '${id}'.`);
  return role;
}

function adminRole(call: Call): RoleRow {
  demandAdmin(call);
  return roleAt(call);
}

function defaultsOf(call: Call, id: string): RoleActors {
  return call.store.defaultActors.get(id) ?? NOBODY;
}

function roleWithDefaults(call: Call, row: RoleRow): Record<string, unknown> {
  return { ...roleBrief(call, row.id), actors: renderActors(call, defaultsOf(call, row.id), Number(row.id)) };
}

const RoleBody = z.strictObject({ name: z.string().optional(), description: z.string().optional() });

/** A name that may be given to the role; 400 when it is empty or has spaces around it. */
function demandName(call: Call, name: string | undefined, exceptId?: string): string {
  if (name === undefined || name === '' || name !== name.trim() || name.length > 255)
    throw refuse(
      400,
      'The name cannot be empty, longer than 255 characters or start or end with whitespace.',
    );
  if (call.store.roles.all().some((row) => row.name === name && row.id !== exceptId))
    throw refuse(409, `A project role with name '${name}' already exists.`);
  return name;
}

function createRole(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, RoleBody);
  const name = demandName(call, body.name);
  const id = freshId(call.store, 'role', (wanted) => call.store.roles.get(wanted) !== undefined);
  return ok(roleWithDefaults(call, call.store.roles.put({ id, name, description: body.description ?? '' })));
}

function updateOne(call: Call): Reply {
  const role = adminRole(call);
  const body = bodyAs(call, RoleBody);
  if (body.name === undefined && body.description === undefined)
    throw refuse(400, 'A name or a description must be given.');
  // With both in the request only the name counts, by the document.
  const change =
    body.name === undefined
      ? { description: body.description ?? '' }
      : { name: demandName(call, body.name, role.id) };
  return ok(roleWithDefaults(call, call.store.roles.put({ ...role, ...change })));
}

function updateBoth(call: Call): Reply {
  const role = adminRole(call);
  const body = bodyAs(call, RoleBody);
  if (body.description === undefined) throw refuse(400, 'A name and a description must be given.');
  const name = demandName(call, body.name, role.id);
  return ok(roleWithDefaults(call, call.store.roles.put({ ...role, name, description: body.description })));
}

function deleteRole(call: Call): Reply {
  const role = adminRole(call);
  const swap = call.query.get('swap');
  if (swap !== null && (call.store.roles.get(swap) === undefined || swap === role.id))
    throw refuse(400, `The replacement project role '${swap}' does not exist.`);
  if (swap === null && roleUses(call, role.id) > 0)
    throw refuse(409, `The project role '${role.name}' is in use; give a replacement in 'swap'.`);
  swapRole(call, role.id, swap ?? undefined);
  call.store.roles.remove(role.id);
  call.store.defaultActors.remove(role.id);
  return NO_CONTENT;
}

const ids = z.array(z.string()).optional();
const ActorsBody = z.strictObject({ user: ids, group: ids, groupId: ids });

function demandOneKind(names: z.infer<typeof ActorsBody>): void {
  const people = (names.user ?? []).length;
  const groups = (names.group ?? []).length + (names.groupId ?? []).length;
  if (people + groups === 0) throw refuse(400, 'At least one user or group must be given.');
  if (people > 0 && groups > 0) throw refuse(400, 'Users and groups cannot be given in one request.');
}

function addDefaults(call: Call): Reply {
  const role = adminRole(call);
  const names = bodyAs(call, ActorsBody);
  demandOneKind(names);
  const next = joined(defaultsOf(call, role.id), readActors(call, names));
  call.store.defaultActors.put({ id: role.id, ...next });
  return ok(roleWithDefaults(call, role));
}

/** Actors of the query of a delete; exactly one must be named. */
function namedInQuery(call: Call): RoleActors {
  const [user, group, groupId] = ['user', 'group', 'groupId'].map(
    (name) => call.query.get(name) ?? undefined,
  );
  const given = [user, group, groupId].filter((name) => name !== undefined);
  if (given.length !== 1) throw refuse(400, "Exactly one of 'user', 'group' and 'groupId' must be given.");
  const list = (name: string | undefined) => (name === undefined ? [] : [name]);
  if (user !== undefined) return { userIds: [user], groupIds: [] };
  return readActors(call, { group: list(group), groupId: list(groupId) });
}

function removeDefaults(call: Call): Reply {
  const role = adminRole(call);
  const next = without(defaultsOf(call, role.id), namedInQuery(call));
  call.store.defaultActors.put({ id: role.id, ...next });
  return ok(roleWithDefaults(call, role));
}

function roleUrl(call: Call, project: ProjectRow, roleId: string): string {
  return selfUrl(call, `project/${project.id}/role/${roleId}`);
}

/** Roles of a project are shown to who administers any project of the site. */
function demandAnyProject(call: Call): void {
  const any = call.store.projects.all().some((project) => mayAdminister(call, project));
  if (!any) throw refuse(404, 'You cannot view the roles of this project.');
}

/** The project, for those who administer it; 404 for others, by the document. */
function adminProject(call: Call): ProjectRow {
  const project = projectOf(call, call.params['projectIdOrKey'] ?? '');
  if (!hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS'))
    throw refuse(404, `You cannot edit the configuration of project '${project.key}'.`);
  return project;
}

function roleInProject(call: Call, project: ProjectRow): Record<string, unknown> {
  const role = roleAt(call);
  const all = project.actors[role.id] ?? NOBODY;
  const onlyActive = call.query.get('excludeInactiveUsers') === 'true';
  const userIds = all.userIds.filter((id) => !onlyActive || call.store.users.get(id)?.active === true);
  return {
    ...roleBrief(call, role.id),
    self: roleUrl(call, project, role.id),
    actors: renderActors(call, { ...all, userIds }, Number(project.id)),
  };
}

function putActors(call: Call, project: ProjectRow, actors: RoleActors): ProjectRow {
  const { id } = roleAt(call);
  return call.store.projects.put({ ...project, actors: { ...project.actors, [id]: actors } });
}

function actorsAt(call: Call, project: ProjectRow): RoleActors {
  return project.actors[roleAt(call).id] ?? NOBODY;
}

function addActors(call: Call): Reply {
  const project = adminProject(call);
  const role = roleAt(call);
  const names = bodyAs(call, ActorsBody);
  const added = readActors(call, names);
  if (added.userIds.length + added.groupIds.length === 0)
    throw refuse(400, `No actors were given to add to project role '${role.name}'.`);
  return ok(roleInProject(call, putActors(call, project, joined(actorsAt(call, project), added))));
}

const SetBody = z.strictObject({
  categorisedActors: z.strictObject({
    'atlassian-user-role-actor': ids,
    'atlassian-group-role-actor': ids,
    'atlassian-group-role-actor-id': ids,
  }),
  ...onlyAnswered('id'),
});

function setActors(call: Call): Reply {
  const project = adminProject(call);
  const { categorisedActors } = bodyAs(call, SetBody);
  const actors = readActors(call, {
    user: categorisedActors['atlassian-user-role-actor'],
    group: categorisedActors['atlassian-group-role-actor'],
    groupId: categorisedActors['atlassian-group-role-actor-id'],
  });
  return ok(roleInProject(call, putActors(call, project, actors)));
}

function removeActors(call: Call): Reply {
  const project = adminProject(call);
  const gone = namedInQuery(call);
  putActors(call, project, without(actorsAt(call, project), gone));
  return NO_CONTENT;
}

function roleDetails(call: Call): Reply {
  const project = adminProject(call);
  const mine = call.query.get('currentMember') === 'true';
  const noApps = call.query.get('excludeConnectAddons') === 'true';
  const me = call.me;
  const isMember = (row: RoleRow) => {
    const actors = project.actors[row.id] ?? NOBODY;
    return (
      me !== undefined &&
      (actors.userIds.includes(me.id) || actors.groupIds.some((id) => me.groupIds.includes(id)))
    );
  };
  const rows = call.store.roles
    .all()
    .filter((row) => !mine || isMember(row))
    .filter((row) => !noApps || row.name !== APP_ROLE_NAME);
  return ok(
    rows.map((row) => ({
      ...roleBrief(call, row.id),
      self: roleUrl(call, project, row.id),
      admin: row.name === 'Administrators',
      default: defaultsOf(call, row.id) !== NOBODY,
      roleConfigurable: true,
      translatedName: row.name,
      type: 'DEFAULT',
    })),
  );
}
