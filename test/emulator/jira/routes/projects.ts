/** Projects with their roles, versions and components. */
import { canBrowseProject, hasProjectPermission, projectOf } from '../access';
import type { ProjectRow, RoleActors } from '../entities';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderStatus } from '../views/choices';
import { renderProject, renderProjectRow } from '../views/project';
import { selfUrl } from '../world';
import { listParam, objectBody, page } from './read-query';

export const projectRoutes: readonly Route[] = [
  route('GET /rest/api/3/project', (call) => {
    const projects = seenProjects(call);
    call.cost.core(projects.length);
    return ok(projects.map((row) => renderProjectRow(call, row, call.query.get('expand') ?? '')));
  }),
  route('GET /rest/api/3/project/search', searchProjects),
  route('GET /rest/api/3/project/{projectIdOrKey}', (call) => {
    call.cost.core(1);
    return ok(renderProject(call, projectAt(call)));
  }),
  route('PUT /rest/api/3/project/{projectIdOrKey}', updateProject, {
    level: 'partial',
    note: 'name and description',
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/statuses', statusesByType),
  route('GET /rest/api/3/role', (call) => ok(call.store.roles.all().map((row) => roleBrief(call, row.id)))),
  route('GET /rest/api/3/project/{projectIdOrKey}/role', (call) => {
    const project = projectAt(call);
    const entries = call.store.roles.all().map((row) => [row.name, roleUrl(call, project, row.id)]);
    return ok(Object.fromEntries(entries));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/role/{id}', (call) =>
    ok(roleInProject(call, projectAt(call))),
  ),
  route('POST /rest/api/3/project/{projectIdOrKey}/role/{id}', addActors),
  route('DELETE /rest/api/3/project/{projectIdOrKey}/role/{id}', removeActors),
];

function projectAt(call: Call): ProjectRow {
  return projectOf(call, call.params['projectIdOrKey'] ?? '');
}

/** Projects the caller may browse. */
export function seenProjects(call: Call): ProjectRow[] {
  return call.store.projects.all().filter((row) => !row.archived && canBrowseProject(call, row));
}

const ACTIONS: Readonly<Record<string, string>> = {
  view: 'BROWSE_PROJECTS',
  browse: 'BROWSE_PROJECTS',
  edit: 'ADMINISTER_PROJECTS',
  create: 'CREATE_ISSUES',
};

function searchProjects(call: Call): Reply {
  const action = ACTIONS[call.query.get('action') ?? 'view'];
  if (action === undefined) throw refuse(400, "Invalid value for 'action'.");
  const ids = listParam(call, 'id');
  const keys = listParam(call, 'keys');
  const typeKeys = listParam(call, 'typeKey');
  const text = (call.query.get('query') ?? '').toLowerCase();
  const found = call.store.projects
    .all()
    .filter((row) => !row.archived && hasProjectPermission(call.me, row, action))
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => keys.length === 0 || keys.includes(row.key))
    .filter((row) => typeKeys.length === 0 || typeKeys.includes(row.typeKey))
    .filter(
      (row) => text === '' || row.key.toLowerCase().includes(text) || row.name.toLowerCase().includes(text),
    )
    .sort(orderOf(call.query.get('orderBy') ?? 'key'));
  const shown = page(call, 'project/search', found);
  call.cost.core(shown.values.length);
  return ok({
    ...shown,
    values: shown.values.map((row) => renderProjectRow(call, row, call.query.get('expand') ?? '')),
  });
}

function orderOf(orderBy: string): (left: ProjectRow, right: ProjectRow) => number {
  const sign = orderBy.startsWith('-') ? -1 : 1;
  const key = orderBy.replace(/^[+-]/, '') === 'name' ? 'name' : 'key';
  return (left, right) => sign * left[key].localeCompare(right[key], 'en');
}

function updateProject(call: Call): Reply {
  const project = projectAt(call);
  demandProjectAdmin(call, project);
  const { name, description } = objectBody(call);
  const next = call.store.projects.put({
    ...project,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  });
  call.emit('avi:jira:updated:project', { project: { id: next.id, key: next.key, name: next.name } });
  return ok(renderProject(call, next));
}

function demandProjectAdmin(call: Call, project: ProjectRow): void {
  if (!hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS')) {
    throw refuse(403, 'You must have project admin or Jira admin permission for this.');
  }
}

function statusesByType(call: Call): Reply {
  const project = projectAt(call);
  const types = project.issueTypeIds.map((id) => call.store.issueTypes.must(id));
  call.cost.core(types.length);
  return ok(
    types.map((type) => {
      const workflow = call.store.workflows.must(project.workflows[type.id] ?? '');
      return {
        self: selfUrl(call, `issuetype/${type.id}`),
        id: type.id,
        name: type.name,
        subtask: type.hierarchyLevel < 0,
        statuses: workflow.statusIds.map((id) => renderStatus(call, call.store.statuses.must(id))),
      };
    }),
  );
}

function roleUrl(call: Call, project: ProjectRow, roleId: string): string {
  return selfUrl(call, `project/${project.id}/role/${roleId}`);
}

function roleBrief(call: Call, id: string): Record<string, unknown> {
  const role = call.store.roles.must(id);
  return {
    self: selfUrl(call, `role/${id}`),
    name: role.name,
    id: Number(id),
    description: role.description,
  };
}

function roleInProject(call: Call, project: ProjectRow): Record<string, unknown> {
  const id = call.params['id'] ?? '';
  const role = call.store.roles.get(id);
  if (role === undefined) throw refuse(404, `No project role with id '${id}'.`);
  const actors = project.actors[id] ?? { userIds: [], groupIds: [] };
  call.cost.identity(actors.userIds.length + actors.groupIds.length);
  return {
    ...roleBrief(call, id),
    self: roleUrl(call, project, id),
    actors: [
      ...actors.userIds.map((userId, position) => ({
        id: Number(project.id) * 100 + position,
        displayName: call.store.users.get(userId)?.name ?? userId,
        type: 'atlassian-user-role-actor',
        actorUser: { accountId: userId },
      })),
      ...actors.groupIds.map((groupId, position) => {
        const { name } = call.store.groups.must(groupId);
        return {
          id: Number(project.id) * 100 + 50 + position,
          displayName: name,
          type: 'atlassian-group-role-actor',
          name,
          actorGroup: { name, displayName: name, groupId },
        };
      }),
    ],
  };
}

function changeActors(call: Call, change: (actors: RoleActors) => RoleActors): ProjectRow {
  const project = projectAt(call);
  demandProjectAdmin(call, project);
  const id = call.params['id'] ?? '';
  if (call.store.roles.get(id) === undefined) throw refuse(404, `No project role with id '${id}'.`);
  const actors = change(project.actors[id] ?? { userIds: [], groupIds: [] });
  return call.store.projects.put({ ...project, actors: { ...project.actors, [id]: actors } });
}

function addActors(call: Call): Reply {
  const { user, groupId } = objectBody(call) as { user?: string[]; groupId?: string[] };
  const project = changeActors(call, (actors) => ({
    userIds: [...new Set([...actors.userIds, ...(user ?? [])])],
    groupIds: [...new Set([...actors.groupIds, ...(groupId ?? [])])],
  }));
  return ok(roleInProject(call, project));
}

function removeActors(call: Call): Reply {
  const user = call.query.get('user');
  const groupId = call.query.get('groupId');
  changeActors(call, (actors) => ({
    userIds: actors.userIds.filter((id) => id !== user),
    groupIds: actors.groupIds.filter((id) => id !== groupId),
  }));
  return NO_CONTENT;
}

/** Puts an app's account into the roles that the project gives to apps; a closed project stays as it is. */
export function admitApp(project: ProjectRow, accountId: string): ProjectRow {
  const actors = { ...project.actors };
  for (const id of project.appRoleIds) {
    const { userIds, groupIds } = actors[id] ?? { userIds: [], groupIds: [] };
    actors[id] = { userIds: [...new Set([...userIds, accountId])], groupIds };
  }
  return { ...project, actors };
}
