/** Projects as everybody reads them: lists, search, one project, its statuses, its kinds. */
import { canBrowseProject, hasProjectPermission, projectOf } from '../access';
import { ordered } from '../admin/demand';
import type { IssueRow, ProjectRow } from '../entities';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { renderStatus } from '../views/choices';
import { type ProjectAsk, renderProject, renderProjectRow } from '../views/project';
import { requireUser, selfUrl } from '../world';
import { listParam, page } from './read-query';

/** Most projects that `recent` gives. */
const RECENT_PROJECTS = 20;

export const projectRoutes: readonly Route[] = [
  route('GET /rest/api/3/project', (call) => {
    const recent = call.query.get('recent');
    const projects = recent === null ? seenProjects(call) : recentProjects(call, Number(recent));
    call.cost.core(projects.length);
    return ok(projects.map((row) => renderProjectRow(call, row, askOf(call))));
  }),
  route('GET /rest/api/3/project/recent', (call) => {
    const projects = recentProjects(call, RECENT_PROJECTS);
    call.cost.core(projects.length);
    return ok(projects.map((row) => renderProjectRow(call, row, askOf(call))));
  }),
  route('GET /rest/api/3/project/search', searchProjects),
  route('GET /rest/api/3/project/{projectIdOrKey}', (call) => {
    call.cost.core(1);
    return ok(renderProject(call, projectAt(call), askOf(call)));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/statuses', statusesByType),
];

function projectAt(call: Call): ProjectRow {
  return projectOf(call, call.params['projectIdOrKey'] ?? '');
}

/** What the query asks for beyond the plain project. */
export function askOf(call: Call): ProjectAsk {
  return { expand: listParam(call, 'expand'), properties: listParam(call, 'properties') };
}

/** Projects the caller may browse. */
export function seenProjects(call: Call): ProjectRow[] {
  return call.store.projects.all().filter((row) => !row.archived && canBrowseProject(call, row));
}

/** Projects in which the caller has read or changed an issue, the latest first. */
function recentProjects(call: Call, most: number): ProjectRow[] {
  if (!Number.isInteger(most) || most < 0) throw refuse(400, "Invalid value for 'recent'.");
  const me = requireUser(call);
  const latest = new Map<string, number>();
  const note = (issue: IssueRow | undefined, at: number) => {
    if (issue !== undefined) latest.set(issue.projectId, Math.max(latest.get(issue.projectId) ?? 0, at));
  };
  for (const entry of call.store.histories.all()) {
    if (entry.authorId === me.id) note(call.store.issues.get(entry.issueId), entry.created);
  }
  for (const issue of call.store.issues.all()) if (issue.creatorId === me.id) note(issue, issue.created);
  return seenProjects(call)
    .filter((row) => latest.has(row.id))
    .sort((left, right) => (latest.get(right.id) ?? 0) - (latest.get(left.id) ?? 0))
    .slice(0, Math.min(most, RECENT_PROJECTS));
}

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  view: ['BROWSE_PROJECTS', 'ADMINISTER_PROJECTS'],
  browse: ['BROWSE_PROJECTS'],
  edit: ['ADMINISTER_PROJECTS'],
  create: ['CREATE_ISSUES'],
};

function stateOf(row: ProjectRow): string {
  return row.trashed !== undefined ? 'deleted' : row.archived ? 'archived' : 'live';
}

/** Projects of the wanted states for which the caller has one of the permissions. */
function allowedProjects(call: Call): ProjectRow[] {
  const permissions = ACTIONS[call.query.get('action') ?? 'view'];
  if (permissions === undefined) throw refuse(400, "Invalid value for 'action'.");
  const states = listParam(call, 'status');
  const wrong = states.find((state) => !['live', 'archived', 'deleted'].includes(state));
  if (wrong !== undefined) throw refuse(400, `Invalid value '${wrong}' for 'status'.`);
  const wanted = states.length === 0 ? ['live'] : states;
  return call.store.projects
    .all()
    .filter((row) => wanted.includes(stateOf(row)))
    .filter((row) =>
      // Only administrators of the site look into the recycle bin.
      row.trashed !== undefined
        ? call.me?.admin === true
        : permissions.some((permission) => hasProjectPermission(call.me, row, permission)),
    );
}

function searchProjects(call: Call): Reply {
  const ids = listParam(call, 'id');
  const keys = listParam(call, 'keys');
  if (ids.length > 50 || keys.length > 50) throw refuse(400, 'At most 50 ids or keys can be given.');
  const typeKeys = listParam(call, 'typeKey');
  const category = call.query.get('categoryId');
  const text = (call.query.get('query') ?? '').toLowerCase();
  const found = allowedProjects(call)
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => keys.length === 0 || keys.includes(row.key))
    .filter((row) => typeKeys.length === 0 || typeKeys.includes(row.typeKey))
    .filter((row) => category === null || row.categoryId === category)
    .filter((row) => row.key.toLowerCase().includes(text) || row.name.toLowerCase().includes(text))
    .filter(propertyFilter(call.query.get('propertyQuery')));
  const issues = (row: ProjectRow) => call.store.issues.by('project', row.id);
  const sorted = ordered(
    call,
    found,
    {
      category: (row) => call.store.categories.get(row.categoryId)?.name,
      key: (row) => row.key,
      name: (row) => row.name,
      owner: (row) => call.store.users.get(row.leadId)?.name,
      issueCount: (row) => issues(row).length,
      lastIssueUpdatedDate: (row) => Math.max(0, ...issues(row).map((issue) => issue.updated)),
      archivedDate: (row) => row.archivedBy?.at,
      deletedDate: (row) => row.trashed?.at,
    },
    'key',
  );
  const shown = page(call, 'project/search', sorted);
  call.cost.core(shown.values.length);
  return ok({ ...shown, values: shown.values.map((row) => renderProjectRow(call, row, askOf(call))) });
}

/** The filter of `[key].path.to.value=1`; 400 for another form. */
function propertyFilter(query: string | null): (row: ProjectRow) => boolean {
  if (query === null || query === '') return () => true;
  const parts = /^\[([^\]]+)\]((?:\.[^.=]+)*)=(.*)$/.exec(query);
  if (parts === null) throw refuse(400, `The property query '${query}' is not valid.`);
  const [, key = '', path = '', wanted = ''] = parts;
  const steps = path.split('.').slice(1);
  return (row) => {
    let value: unknown = row.properties[key];
    for (const step of steps) value = (value as Record<string, unknown> | null | undefined)?.[step];
    return value !== undefined && String(value) === wanted.replace(/^"(.*)"$/, '$1');
  };
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
