/** Statuses and their categories: reading, finding, making, changing, deleting, and who uses them. */
import { z } from 'zod';
import { projectOf } from '../access';
import { mayAdminister } from '../admin/demand';
import { freshId } from '../admin/fresh-id';
import { bodyAs } from '../admin/read-body';
import { tokenPage } from '../admin/token-page';
import { modernStatus, workflowKey } from '../admin/workflows';
import type { ProjectRow, StatusRow, WorkflowRow } from '../entities';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderStatus, renderStatusCategory, STATUS_CATEGORIES } from '../views/choices';
import { requireUser, siteUrl } from '../world';
import { seenProjects } from './projects';
import { listParam, page } from './read-query';

/** Ids or names of one request. */
const MOST_AT_ONCE = 50;

export const statusRoutes: readonly Route[] = [
  route('GET /rest/api/3/status', (call) => ok(seenStatuses(call).map((row) => statusInFull(call, row)))),
  route('GET /rest/api/3/status/{idOrName}', (call) => {
    const named = call.params['idOrName'] ?? '';
    const seen = seenStatuses(call);
    const row = seen.find((status) => status.id === named) ?? seen.find((status) => status.name === named);
    if (row === undefined) throw refuse(404, 'The status does not exist.');
    return ok(statusInFull(call, row));
  }),
  route('GET /rest/api/3/statuscategory', (call) => ok(categoriesOf(call))),
  route('GET /rest/api/3/statuscategory/{idOrKey}', (call) => {
    requireUser(call);
    const named = call.params['idOrKey'] ?? '';
    const found = categoriesOf(call).find((row) => String(row['id']) === named || row['key'] === named);
    if (found === undefined) throw refuse(404, 'The status category does not exist.');
    return ok(found);
  }),
  route('GET /rest/api/3/statuses', (call) => {
    demandSomeAdmin(call);
    const ids = namedIn(call, 'id');
    return ok(
      call.store.statuses
        .all()
        .filter((row) => ids.includes(row.id))
        .map(modernStatus),
    );
  }),
  route('GET /rest/api/3/statuses/byNames', (call) => {
    requireUser(call);
    const names = namedIn(call, 'name');
    // Every status is global: none belongs to one project.
    const rows = call.query.get('projectId') === null ? call.store.statuses.all() : [];
    return ok(rows.filter((row) => names.includes(row.name)).map(modernStatus));
  }),
  route('GET /rest/api/3/statuses/search', searchStatuses),
  route('POST /rest/api/3/statuses', createStatuses),
  route('PUT /rest/api/3/statuses', updateStatuses),
  route('DELETE /rest/api/3/statuses', deleteStatuses),
  route('GET /rest/api/3/statuses/{statusId}/projectUsages', (call) => {
    const status = statusAt(call);
    const projects = projectsWith(call, status).map(({ id }) => ({ id }));
    return ok({ statusId: status.id, projects: tokenPage(call, projects) });
  }),
  route('GET /rest/api/3/statuses/{statusId}/workflowUsages', (call) => {
    const status = statusAt(call);
    const workflows = workflowsWith(call, status).map((row) => ({ id: workflowKey(call, row) }));
    return ok({ statusId: status.id, workflows: tokenPage(call, workflows) });
  }),
  route('GET /rest/api/3/statuses/{statusId}/project/{projectId}/issueTypeUsages', (call) => {
    const status = statusAt(call);
    const project = projectOf(call, call.params['projectId'] ?? '');
    const workflows = workflowsWith(call, status).map((row) => row.id);
    const types = project.issueTypeIds.filter((id) => workflows.includes(project.workflows[id] ?? ''));
    return ok({
      statusId: status.id,
      projectId: project.id,
      issueTypes: tokenPage(
        call,
        types.map((id) => ({ id })),
      ),
    });
  }),
];

/** Jira's three categories, and the one that no status has. */
function categoriesOf(call: Call): Record<string, unknown>[] {
  return [
    {
      ...renderStatusCategory(call, 2),
      self: siteUrl(call, '/rest/api/3/statuscategory/1'),
      id: 1,
      key: 'undefined',
      colorName: 'medium-gray',
      name: 'No Category',
    },
    ...([2, 4, 3] as const).map((id) => renderStatusCategory(call, id)),
  ];
}

/** Statuses of workflows in projects the caller may browse. */
function seenStatuses(call: Call): StatusRow[] {
  const workflows = new Set(seenProjects(call).flatMap((project) => Object.values(project.workflows)));
  const ids = new Set([...workflows].flatMap((id) => call.store.workflows.must(id).statusIds));
  return call.store.statuses.all().filter((row) => ids.has(row.id));
}

function statusInFull(call: Call, row: StatusRow): Record<string, unknown> {
  return { ...renderStatus(call, row), untranslatedName: row.name };
}

/** Throws 401, as the document has it for statuses, unless the caller administers Jira or at least one project. */
function demandSomeAdmin(call: Call): void {
  const me = requireUser(call);
  if (me.admin || call.store.projects.all().some((project) => mayAdminister(call, project))) return;
  throw refuse(401, 'You must administer Jira or a project to do this.');
}

/** Every status is global, so only administrators of Jira change one. */
function demandGlobalAdmin(call: Call): void {
  const me = requireUser(call);
  if (!me.admin && me.accountType !== 'app')
    throw refuse(401, 'Only Jira administrators can change global statuses.');
}

function namedIn(call: Call, name: string): string[] {
  const named = [...new Set(listParam(call, name))];
  if (named.length === 0 || named.length > MOST_AT_ONCE)
    throw refuse(400, `Between 1 and ${MOST_AT_ONCE} values of '${name}' must be given.`);
  return named;
}

function statusAt(call: Call): StatusRow {
  demandSomeAdmin(call);
  const status = call.store.statuses.get(call.params['statusId']);
  if (status === undefined) throw refuse(404, 'The status does not exist.');
  return status;
}

function workflowsWith(call: Call, status: StatusRow): WorkflowRow[] {
  return call.store.workflows.all().filter((row) => row.statusIds.includes(status.id));
}

function projectsWith(call: Call, status: StatusRow): ProjectRow[] {
  const ids = workflowsWith(call, status).map((row) => row.id);
  return call.store.projects
    .all()
    .filter((project) => Object.values(project.workflows).some((id) => ids.includes(id)));
}

function searchStatuses(call: Call): Reply {
  demandSomeAdmin(call);
  const text = (call.query.get('searchString') ?? '').toLowerCase();
  if (text.length > 255) throw refuse(400, 'The search string must not exceed 255 characters.');
  const category = call.query.get('statusCategory');
  const known = Object.values(STATUS_CATEGORIES).map((row) => row.modern as string);
  if (category !== null && !known.includes(category))
    throw refuse(400, `Invalid value '${category}' for 'statusCategory'.`);
  const onlyProject =
    call.query.get('projectId') !== null && call.query.get('includeGlobalStatuses') !== 'true';
  const rows = call.store.statuses
    .all()
    .filter(() => !onlyProject)
    .filter((row) => row.name.toLowerCase().includes(text))
    .filter((row) => category === null || STATUS_CATEGORIES[row.categoryId].modern === category);
  const shown = page(call, 'statuses/search', rows, 200);
  return ok({ ...shown, values: shown.values.map(modernStatus) });
}

const name = z.string().trim().min(1).max(255);
const statusCategory = z.enum(['TODO', 'IN_PROGRESS', 'DONE']);
const CATEGORY_IDS = { TODO: 2, IN_PROGRESS: 4, DONE: 3 } as const;
const CreateBody = z.strictObject({
  scope: z.strictObject({
    type: z.enum(['PROJECT', 'GLOBAL']),
    project: z.strictObject({ id: z.string() }).nullish(),
  }),
  statuses: z
    .array(z.strictObject({ name, statusCategory, description: z.string().optional() }))
    .min(1)
    .max(MOST_AT_ONCE),
});

function demandFreeName(call: Call, wanted: string, exceptId?: string): void {
  const twin = call.store.statuses
    .all()
    .find((row) => row.name.toLowerCase() === wanted.toLowerCase() && row.id !== exceptId);
  if (twin !== undefined) throw refuse(400, `The status name '${wanted}' is already used.`);
}

function createStatuses(call: Call): Reply {
  demandGlobalAdmin(call);
  const { scope, statuses } = bodyAs(call, CreateBody);
  // All projects are company-managed, and those have global statuses only.
  if (scope.type === 'PROJECT') throw refuse(400, 'Statuses of a company-managed project must be global.');
  const made = statuses.map((input) => {
    demandFreeName(call, input.name);
    return call.store.statuses.put({
      id: freshId(call.store, 'status', (id) => call.store.statuses.get(id) !== undefined),
      name: input.name,
      description: input.description ?? '',
      categoryId: CATEGORY_IDS[input.statusCategory],
    });
  });
  return ok(made.map(modernStatus));
}

const UpdateBody = z.strictObject({
  statuses: z
    .array(z.object({ id: z.string(), name, statusCategory, description: z.string().optional() }))
    .min(1)
    .max(MOST_AT_ONCE),
});

function updateStatuses(call: Call): Reply {
  demandGlobalAdmin(call);
  for (const input of bodyAs(call, UpdateBody).statuses) {
    const status = call.store.statuses.get(input.id);
    if (status === undefined) throw refuse(400, `The status with id '${input.id}' does not exist.`);
    demandFreeName(call, input.name, status.id);
    call.store.statuses.put({
      ...status,
      name: input.name,
      description: input.description ?? status.description,
      categoryId: CATEGORY_IDS[input.statusCategory],
    });
  }
  return NO_CONTENT;
}

function deleteStatuses(call: Call): Reply {
  demandGlobalAdmin(call);
  for (const id of namedIn(call, 'id')) {
    const status = call.store.statuses.get(id);
    if (status === undefined) throw refuse(400, `The status with id '${id}' does not exist.`);
    if (workflowsWith(call, status).length > 0)
      throw refuse(400, `The status '${status.name}' is used by a workflow.`);
    call.store.statuses.remove(id);
  }
  return NO_CONTENT;
}
