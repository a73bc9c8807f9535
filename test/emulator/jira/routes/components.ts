/** Components of a project: reading, writing and deleting them. */
import { z } from 'zod';
import { projectOf } from '../access';
import { assigneeOfComponent } from '../admin/assignees';
import { containing, demandProjectAdmin, ordered } from '../admin/demand';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import { rewriteIssues, swapIn } from '../admin/replace-values';
import type { ComponentRow, IssueRow, ProjectRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderComponent } from '../views/choices';
import { renderUserIn } from '../views/people';
import { selfUrl } from '../world';
import { listParam, page } from './read-query';

export const componentRoutes: readonly Route[] = [
  route('GET /rest/api/3/project/{projectIdOrKey}/components', (call) => {
    const components = fromJira(call) ? call.store.components.by('project', projectAt(call).id) : [];
    call.cost.core(components.length);
    return ok(components.map((row) => componentInFull(call, row)));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/component', pageOfComponents),
  route('GET /rest/api/3/component', componentsOfProjects),
  route('POST /rest/api/3/component', (call) => created(componentInFull(call, createComponent(call)))),
  route('GET /rest/api/3/component/{id}', (call) => ok(componentInFull(call, componentAt(call)))),
  route('PUT /rest/api/3/component/{id}', (call) => ok(componentInFull(call, updateComponent(call)))),
  route('DELETE /rest/api/3/component/{id}', deleteComponent),
  route('GET /rest/api/3/component/{id}/relatedIssueCounts', (call) => {
    const component = componentAt(call);
    return ok({
      self: selfUrl(call, `component/${component.id}`),
      issueCount: issuesWith(call, component).length,
    });
  }),
];

function projectAt(call: Call): ProjectRow {
  return projectOf(call, call.params['projectIdOrKey'] ?? '');
}

/** Whether Jira's own components are asked for; no project here takes part in Compass, so `auto` means them too. */
function fromJira(call: Call): boolean {
  const source = call.query.get('componentSource') ?? 'jira';
  if (!['jira', 'compass', 'auto'].includes(source))
    throw refuse(400, `Invalid value '${source}' for 'componentSource'.`);
  return source !== 'compass';
}

function issuesWith(call: Call, row: ComponentRow): IssueRow[] {
  return call.store.issues.by('project', row.projectId).filter((issue) => {
    const stored = issue.values['components'];
    return Array.isArray(stored) && stored.includes(row.id);
  });
}

function pageOfComponents(call: Call): Reply {
  const project = projectAt(call);
  const all = fromJira(call) ? call.store.components.by('project', project.id) : [];
  const sorted = ordered(call, containing(all, call.query.get('query')), {
    description: (row) => row.description,
    issueCount: (row) => issuesWith(call, row).length,
    lead: (row) => row.leadId,
    name: (row) => row.name,
  });
  const shown = page(call, `project/${project.key}/component`, sorted);
  call.cost.core(shown.values.length);
  return ok({
    ...shown,
    values: shown.values.map((row) => ({
      ...componentInFull(call, row),
      issueCount: issuesWith(call, row).length,
    })),
  });
}

function componentsOfProjects(call: Call): Reply {
  const projects = listParam(call, 'projectIdsOrKeys').map((name) => projectOf(call, name));
  const all = projects.flatMap((project) => call.store.components.by('project', project.id));
  const sorted = ordered(
    call,
    containing(all, call.query.get('query')),
    { description: (row) => row.description, name: (row) => row.name },
    'name',
  );
  const shown = page(call, 'component', sorted);
  call.cost.core(shown.values.length);
  return ok({ ...shown, values: shown.values.map((row) => renderComponent(call, row.id)) });
}

function componentAt(call: Call, id = call.params['id'] ?? ''): ComponentRow {
  const component = call.store.components.get(id);
  if (component === undefined) throw refuse(404, `The component with id ${id} does not exist.`);
  projectOf(call, component.projectId);
  return component;
}

const ComponentBody = z.strictObject({
  name: z.string().optional(),
  description: z.string().nullish(),
  project: z.string().optional(),
  projectId: z.union([z.number().int(), z.string().regex(/^\d+$/)]).optional(),
  assigneeType: z.enum(['PROJECT_DEFAULT', 'COMPONENT_LEAD', 'PROJECT_LEAD', 'UNASSIGNED']).optional(),
  leadAccountId: z.string().max(128).nullish(),
  ...onlyAnswered('ari', 'assignee', 'id', 'isAssigneeTypeValid', 'lead', 'leadUserName', 'metadata'),
  ...onlyAnswered('realAssignee', 'realAssigneeType', 'self'),
});
type ComponentInput = z.infer<typeof ComponentBody>;

function createComponent(call: Call): ComponentRow {
  const body = bodyAs(call, ComponentBody);
  const named = body.projectId ?? body.project;
  if (named === undefined) throw refuseFields({ project: 'Project must be specified.' });
  const project = projectOf(call, String(named));
  demandProjectAdmin(call, project);
  return store(call, 'created', {
    id: call.store.nextId('component'),
    projectId: project.id,
    ...valuesOf(call, project, body, undefined),
  });
}

function updateComponent(call: Call): ComponentRow {
  const old = componentAt(call);
  const project = call.store.projects.must(old.projectId);
  demandProjectAdmin(call, project);
  const body = bodyAs(call, ComponentBody);
  return store(call, 'updated', {
    id: old.id,
    projectId: old.projectId,
    ...valuesOf(call, project, body, old),
  });
}

function valuesOf(call: Call, project: ProjectRow, body: ComponentInput, old: ComponentRow | undefined) {
  const name = body.name?.trim() ?? old?.name ?? '';
  if (name === '')
    throw refuseFields({ name: 'The component name specified is invalid - cannot be an empty string.' });
  if (name.length > 255)
    throw refuseFields({ name: 'The component name specified is invalid - at most 255 characters.' });
  const twin = call.store.components
    .by('project', project.id)
    .find((row) => row.name.toLowerCase() === name.toLowerCase() && row.id !== old?.id);
  if (twin !== undefined) {
    throw refuseFields({ name: `A component with the name ${name} already exists in this project.` });
  }
  const leadId = body.leadAccountId === undefined ? old?.leadId : (body.leadAccountId ?? '');
  if (leadId !== undefined && leadId !== '' && call.store.users.get(leadId)?.active !== true)
    throw refuseFields({ leadAccountId: `The user with account ID ${leadId} does not exist` });
  const assigneeType = body.assigneeType ?? old?.assigneeType;
  return {
    name,
    description: body.description ?? old?.description ?? '',
    ...(leadId === undefined || leadId === '' ? {} : { leadId }),
    ...(assigneeType === undefined ? {} : { assigneeType }),
  };
}

function store(call: Call, verb: 'created' | 'updated', row: ComponentRow): ComponentRow {
  call.store.components.put(row);
  emitComponent(call, verb, row);
  return row;
}

function emitComponent(call: Call, verb: 'created' | 'updated' | 'deleted', row: ComponentRow): void {
  call.emit(`avi:jira:${verb}:component`, {
    component: { id: row.id, name: row.name, description: row.description, projectId: row.projectId },
  });
}

function deleteComponent(call: Call): Reply {
  const component = componentAt(call);
  demandProjectAdmin(call, call.store.projects.must(component.projectId));
  const replacementId = call.query.get('moveIssuesTo');
  if (replacementId !== null && replacementId !== '') {
    const replacement = call.store.components.get(replacementId);
    if (replacement?.projectId !== component.projectId || replacement.id === component.id)
      throw refuse(404, `The component with id ${replacementId} does not exist.`);
  }
  const target = replacementId === null || replacementId === '' ? undefined : replacementId;
  rewriteIssues(
    call,
    issuesWith(call, component),
    (issue) => new Map([['components', swapIn(issue.values['components'], component.id, target)]]),
  );
  call.store.components.remove(component.id);
  emitComponent(call, 'deleted', component);
  return NO_CONTENT;
}

/** The component with its lead and with who gets its issues. */
function componentInFull(call: Call, row: ComponentRow): Record<string, unknown> {
  const project = call.store.projects.must(row.projectId);
  const assignee = assigneeOfComponent(call, row);
  const person = (name: string, id: string | undefined) =>
    id === undefined ? {} : { [name]: renderUserIn(call, id) };
  return {
    ...renderComponent(call, row.id),
    ...person('lead', row.leadId),
    assigneeType: assignee.type,
    ...person('assignee', assignee.nominalId),
    realAssigneeType: assignee.realType,
    ...person('realAssignee', assignee.realId),
    isAssigneeTypeValid: assignee.valid,
    project: project.key,
    projectId: Number(project.id),
  };
}
