/** Projects with their roles, versions and components. */
import { canBrowseProject, hasProjectPermission, projectOf } from '../access';
import type { ComponentRow, ProjectRow, RoleActors, VersionRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { isDay } from '../time';
import { renderComponent, renderStatus, renderVersionInFull } from '../views/choices';
import { renderUserIn } from '../views/people';
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
  route('GET /rest/api/3/project/{projectIdOrKey}/versions', (call) => {
    const versions = call.store.versions.by('project', projectAt(call).id);
    call.cost.core(versions.length);
    return ok(versions.map((row) => renderVersionInFull(call, row.id)));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/version', (call) => {
    const project = projectAt(call);
    const shown = page(call, `project/${project.key}/version`, call.store.versions.by('project', project.id));
    call.cost.core(shown.values.length);
    return ok({ ...shown, values: shown.values.map((row) => renderVersionInFull(call, row.id)) });
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/components', (call) => {
    const components = call.store.components.by('project', projectAt(call).id);
    call.cost.core(components.length);
    return ok(components.map((row) => componentInFull(call, row)));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/component', (call) => {
    const project = projectAt(call);
    const shown = page(
      call,
      `project/${project.key}/component`,
      call.store.components.by('project', project.id),
    );
    call.cost.core(shown.values.length);
    return ok({
      ...shown,
      values: shown.values.map((row) => ({ ...componentInFull(call, row), issueCount: uses(call, row) })),
    });
  }),
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
  route('POST /rest/api/3/version', (call) =>
    created(renderVersionInFull(call, saveVersion(call, undefined).id)),
  ),
  route('GET /rest/api/3/version/{id}', (call) => ok(renderVersionInFull(call, versionAt(call).id))),
  route('PUT /rest/api/3/version/{id}', (call) =>
    ok(renderVersionInFull(call, saveVersion(call, versionAt(call)).id)),
  ),
  route('POST /rest/api/3/component', (call) =>
    created(componentInFull(call, saveComponent(call, undefined))),
  ),
  route('GET /rest/api/3/component/{id}', (call) => ok(componentInFull(call, componentAt(call)))),
  route('PUT /rest/api/3/component/{id}', (call) =>
    ok(componentInFull(call, saveComponent(call, componentAt(call)))),
  ),
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

function versionAt(call: Call): VersionRow {
  const version = call.store.versions.get(call.params['id']);
  if (version === undefined) throw refuse(404, `Could not find version for id '${call.params['id']}'`);
  projectOf(call, version.projectId);
  return version;
}

function saveVersion(call: Call, old: VersionRow | undefined): VersionRow {
  const body = objectBody(call);
  const project = old === undefined ? projectIn(call, body) : call.store.projects.must(old.projectId);
  demandProjectAdmin(call, project);
  const name = typeof body['name'] === 'string' ? body['name'].trim() : old?.name;
  if (name === undefined || name === '')
    throw refuseFields({ name: 'You must specify a valid version name' });
  const twin = call.store.versions
    .by('project', project.id)
    .find((row) => row.name === name && row.id !== old?.id);
  if (twin !== undefined)
    throw refuseFields({ name: 'A version with this name already exists in this project.' });
  const day = (key: 'startDate' | 'releaseDate') => {
    const text = body[key] ?? old?.[key];
    if (text === undefined || text === null) return {};
    if (!isDay(String(text))) throw refuseFields({ [key]: `'${String(text)}' is an invalid date` });
    return { [key]: String(text) };
  };
  const version = call.store.versions.put({
    id: old?.id ?? call.store.nextId('version'),
    projectId: project.id,
    name,
    description: String(body['description'] ?? old?.description ?? ''),
    archived: Boolean(body['archived'] ?? old?.archived ?? false),
    released: Boolean(body['released'] ?? old?.released ?? false),
    ...day('startDate'),
    ...day('releaseDate'),
  });
  call.emit(`avi:jira:${old === undefined ? 'created' : 'updated'}:version`, {
    version: { id: version.id, name, projectId: project.id },
  });
  return version;
}

function projectIn(call: Call, body: Record<string, unknown>): ProjectRow {
  const named = body['projectId'] ?? body['project'];
  if (named === undefined) throw refuseFields({ project: 'Project must be specified.' });
  return projectOf(call, String(named));
}

function componentAt(call: Call): ComponentRow {
  const component = call.store.components.get(call.params['id']);
  if (component === undefined)
    throw refuse(404, `The component with id ${call.params['id']} does not exist.`);
  projectOf(call, component.projectId);
  return component;
}

function saveComponent(call: Call, old: ComponentRow | undefined): ComponentRow {
  const body = objectBody(call);
  const project = old === undefined ? projectIn(call, body) : call.store.projects.must(old.projectId);
  demandProjectAdmin(call, project);
  const name = typeof body['name'] === 'string' ? body['name'].trim() : old?.name;
  if (name === undefined || name === '')
    throw refuseFields({ name: 'The component name specified is invalid - cannot be an empty string.' });
  const twin = call.store.components
    .by('project', project.id)
    .find((row) => row.name === name && row.id !== old?.id);
  if (twin !== undefined) {
    throw refuseFields({ name: `A component with the name ${name} already exists in this project.` });
  }
  const lead = body['leadAccountId'] ?? old?.leadId;
  const component = call.store.components.put({
    id: old?.id ?? call.store.nextId('component'),
    projectId: project.id,
    name,
    description: String(body['description'] ?? old?.description ?? ''),
    ...(typeof lead === 'string' ? { leadId: lead } : {}),
  });
  call.emit(`avi:jira:${old === undefined ? 'created' : 'updated'}:component`, {
    component: { id: component.id, name, projectId: project.id },
  });
  return component;
}

function componentInFull(call: Call, row: ComponentRow): Record<string, unknown> {
  const project = call.store.projects.must(row.projectId);
  return {
    ...renderComponent(call, row.id),
    ...(row.leadId === undefined ? {} : { lead: renderUserIn(call, row.leadId) }),
    assigneeType: 'PROJECT_DEFAULT',
    realAssigneeType: 'UNASSIGNED',
    isAssigneeTypeValid: false,
    project: project.key,
    projectId: Number(project.id),
  };
}

function uses(call: Call, row: ComponentRow): number {
  const has = (value: unknown) => Array.isArray(value) && value.includes(row.id);
  return call.store.issues.by('project', row.projectId).filter((issue) => has(issue.values['components']))
    .length;
}
