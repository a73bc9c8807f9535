/** Projects of Data Center with their roles, versions, components and security levels. */
import { demandAdmin, hasProjectPermission, projectOf } from '../../jira/access';
import type { ProjectRow, RoleActors } from '../../jira/entities';
import { refuse } from '../../jira/problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../../jira/router';
import { seenProjects } from '../../jira/routes/projects';
import { listParam, objectBody, stringsIn } from '../../jira/routes/read-query';
import {
  renderComponent,
  renderIssueType,
  renderSecurityLevel,
  renderVersionInFull,
} from '../../jira/views/choices';
import { renderGroup, renderUserIn } from '../../jira/views/people';
import { renderProjectBrief } from '../../jira/views/project';
import { requireUser, selfUrl } from '../../jira/world';
import { adopt } from '../adopted-routes';
import { userNamed } from './people';

const READ = { open: true } as const;
const COMPONENT = {
  before: withLead,
  after: (row: Record<string, unknown>) => ({ ...row, archived: false, deleted: false }),
};

export const serverProjectRoutes: readonly Route[] = [
  route(
    'GET /rest/api/2/project',
    (call) => ok(listed(call).map((row) => renderRow(call, row, listParam(call, 'expand')))),
    { ...READ, level: 'partial', note: 'recent and browseArchive are not known' },
  ),
  route('GET /rest/api/2/project/{projectIdOrKey}', (call) => ok(renderInFull(call, projectAt(call))), READ),
  adopt('GET /project/{projectIdOrKey}/versions', READ),
  adopt('GET /project/{projectIdOrKey}/version', READ),
  adopt('POST /version'),
  adopt('GET /version/{id}', READ),
  adopt('PUT /version/{id}'),
  adopt('PUT /version/{id}/mergeto/{moveIssuesTo}'),
  adopt('POST /version/{id}/removeAndSwap'),
  adopt('POST /version/{id}/move'),
  adopt('GET /version/{id}/relatedIssueCounts', READ),
  adopt('GET /version/{id}/unresolvedIssueCount', {
    ...READ,
    after: ({ self, issuesUnresolvedCount }) => ({ self, issuesUnresolvedCount }),
  }),
  adopt('GET /project/{projectIdOrKey}/components', { ...READ, after: COMPONENT.after }),
  adopt('POST /component', COMPONENT),
  adopt('GET /component/{id}', { ...READ, after: COMPONENT.after }),
  adopt('PUT /component/{id}', COMPONENT),
  adopt('DELETE /component/{id}'),
  adopt('GET /component/{id}/relatedIssueCounts', READ),
  route('GET /rest/api/2/role', (call) => {
    requireUser(call);
    return ok(call.store.roles.all().map((row) => roleBean(call, row.id, undefined)));
  }),
  route('GET /rest/api/2/role/{id}', (call) => {
    requireUser(call);
    return ok(roleBean(call, roleAt(call), undefined));
  }),
  route('GET /rest/api/2/project/{projectIdOrKey}/role/{id}', (call) =>
    ok(roleBean(call, roleAt(call), projectAt(call))),
  ),
  route('POST /rest/api/2/project/{projectIdOrKey}/role/{id}', addActors),
  route('DELETE /rest/api/2/project/{projectIdOrKey}/role/{id}', removeActors),
  route('GET /rest/api/2/project/{projectKeyOrId}/securitylevel', (call) => {
    const project = projectOf(call, call.params['projectKeyOrId'] ?? '');
    const seen = hasProjectPermission(call.me, project, 'SET_ISSUE_SECURITY') ? project.securityLevelIds : [];
    return ok({ levels: seen.map((id) => renderSecurityLevel(call, id)) });
  }),
];

function projectAt(call: Call): ProjectRow {
  return projectOf(call, call.params['projectIdOrKey'] ?? '');
}

function listed(call: Call): ProjectRow[] {
  if (call.query.get('includeArchived') !== 'true') return seenProjects(call);
  demandAdmin(call);
  return call.store.projects.all();
}

/** A component's lead is named by user name here. */
function withLead(call: Call): Call {
  const { leadUserName, ...body } = objectBody(call);
  if (leadUserName === undefined) return { ...call, body };
  const user = typeof leadUserName === 'string' ? userNamed(call, leadUserName) : undefined;
  const emptied = leadUserName === null || leadUserName === '';
  if (user === undefined && !emptied) throw refuse(400, `The user ${String(leadUserName)} does not exist.`);
  return { ...call, body: { ...body, leadAccountId: user?.id ?? null } };
}

function renderRow(call: Call, project: ProjectRow, expand: readonly string[]): Record<string, unknown> {
  return {
    expand: 'description,lead,issueTypes,url,projectKeys',
    ...renderProjectBrief(call, project),
    archived: project.archived,
    ...(expand.includes('description') ? { description: project.description } : {}),
    ...(expand.includes('lead') ? { lead: renderUserIn(call, project.leadId) } : {}),
    ...(expand.includes('issueTypes') ? { issueTypes: typesOf(call, project) } : {}),
    ...(expand.includes('url') && project.url !== undefined ? { url: project.url } : {}),
    ...(expand.includes('projectKeys') ? { projectKeys: [project.key] } : {}),
  };
}

function typesOf(call: Call, project: ProjectRow): Record<string, unknown>[] {
  return project.issueTypeIds.map((id) => renderIssueType(call, call.store.issueTypes.must(id)));
}

function renderInFull(call: Call, project: ProjectRow): Record<string, unknown> {
  const { store } = call;
  const roles = Object.keys(project.actors).map((id) => [
    store.roles.must(id).name,
    selfUrl(call, `project/${project.id}/role/${id}`),
  ]);
  return {
    ...renderRow(call, project, ['description', 'lead', 'issueTypes', ...listParam(call, 'expand')]),
    assigneeType: project.assigneeType ?? 'UNASSIGNED',
    components: store.components.by('project', project.id).map((row) => ({
      ...renderComponent(call, row.id),
      isAssigneeTypeValid: false,
    })),
    versions: store.versions.by('project', project.id).map((row) => renderVersionInFull(call, row.id)),
    roles: Object.fromEntries(roles),
  };
}

function roleAt(call: Call): string {
  const id = call.params['id'] ?? '';
  if (call.store.roles.get(id) === undefined) throw refuse(404, `Can not find a project role with id: ${id}`);
  return id;
}

/** The role; in a project with the people and groups who play it. */
function roleBean(call: Call, id: string, project: ProjectRow | undefined): Record<string, unknown> {
  const { name, description } = call.store.roles.must(id);
  const path = project === undefined ? `role/${id}` : `project/${project.id}/role/${id}`;
  const brief = { self: selfUrl(call, path), name, id: Number(id), description };
  if (project === undefined) return brief;
  const { userIds, groupIds } = project.actors[id] ?? { userIds: [], groupIds: [] };
  const people = userIds.map((userId, position) => {
    const user = call.store.users.must(userId);
    return {
      id: Number(project.id) * 100 + position,
      displayName: user.name,
      type: 'atlassian-user-role-actor',
      name: user.username,
    };
  });
  const groups = groupIds.map((groupId, position) => {
    const group = String(renderGroup(call, groupId)['name']);
    return {
      id: Number(project.id) * 100 + 50 + position,
      displayName: group,
      type: 'atlassian-group-role-actor',
      name: group,
    };
  });
  return { ...brief, actors: [...people, ...groups] };
}

function changeActors(call: Call, change: (actors: RoleActors) => RoleActors): ProjectRow {
  const project = projectAt(call);
  if (!hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS')) {
    throw refuse(403, 'You do not have permission to administer the project.');
  }
  const id = roleAt(call);
  const actors = change(project.actors[id] ?? { userIds: [], groupIds: [] });
  return call.store.projects.put({ ...project, actors: { ...project.actors, [id]: actors } });
}

function userIdNamed(call: Call, name: string): string {
  const user = userNamed(call, name);
  if (user === undefined) throw refuse(404, `User '${name}' does not exist.`);
  return user.id;
}

function groupIdNamed(call: Call, name: string): string {
  const group = call.store.groups.all().find((row) => row.name === name);
  if (group === undefined) throw refuse(404, `Group '${name}' does not exist.`);
  return group.id;
}

function addActors(call: Call): Reply {
  const body = objectBody(call);
  const stray = Object.keys(body).find((name) => name !== 'user' && name !== 'group');
  if (stray !== undefined) throw refuse(400, `Unrecognized field "${stray}", not marked as ignorable.`);
  const userIds = stringsIn(body, 'user').map((name) => userIdNamed(call, name));
  const groupIds = stringsIn(body, 'group').map((name) => groupIdNamed(call, name));
  const project = changeActors(call, (actors) => ({
    userIds: [...new Set([...actors.userIds, ...userIds])],
    groupIds: [...new Set([...actors.groupIds, ...groupIds])],
  }));
  return ok(roleBean(call, roleAt(call), project));
}

function removeActors(call: Call): Reply {
  const user = call.query.get('user');
  const group = call.query.get('group');
  const userId = user === null ? undefined : userIdNamed(call, user);
  const groupId = group === null ? undefined : groupIdNamed(call, group);
  changeActors(call, (actors) => ({
    userIds: actors.userIds.filter((id) => id !== userId),
    groupIds: actors.groupIds.filter((id) => id !== groupId),
  }));
  return NO_CONTENT;
}
