/** Workflows as administrators read them, and who uses them. */
import { z } from 'zod';
import { demandAdmin, projectOf } from '../access';
import { ordered } from '../admin/demand';
import { bodyAs } from '../admin/read-body';
import { tokenPage } from '../admin/token-page';
import {
  isActive,
  modernWorkflow,
  oldWorkflow,
  statusesOf,
  workflowCalled,
  workflowKey,
} from '../admin/workflows';
import type { WorkflowRow } from '../entities';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { listParam, page } from './read-query';

export const workflowRoutes: readonly Route[] = [
  route('GET /rest/api/3/workflow/search', (call) => {
    demandAdmin(call);
    const names = listParam(call, 'workflowName');
    const rows = chosen(call).filter((row) => names.length === 0 || names.includes(row.name));
    const shown = page(call, 'workflow/search', rows);
    const expand = listParam(call, 'expand');
    return ok({ ...shown, values: shown.values.map((row) => oldWorkflow(call, row, expand)) });
  }),
  route('GET /rest/api/3/workflows/search', searchWorkflows),
  route('POST /rest/api/3/workflows', readWorkflows),
  route('DELETE /rest/api/3/workflow/{entityId}', deleteWorkflow),
  route('GET /rest/api/3/workflow/{workflowId}/projectUsages', (call) => {
    const row = workflowAt(call);
    const projects = usersOf(call, row).map((project) => ({ id: project.id }));
    return ok({ workflowId: workflowKey(call, row), projects: tokenPage(call, projects) });
  }),
  route('GET /rest/api/3/workflow/{workflowId}/project/{projectId}/issueTypeUsages', (call) => {
    const row = workflowAt(call);
    const project = projectOf(call, call.params['projectId'] ?? '');
    const types = project.issueTypeIds.filter((id) => project.workflows[id] === row.id);
    return ok({
      workflowId: workflowKey(call, row),
      projectId: project.id,
      issueTypes: tokenPage(
        call,
        types.map((id) => ({ id })),
      ),
    });
  }),
  route('GET /rest/api/3/workflow/{workflowId}/workflowSchemes', (call) => {
    const row = workflowAt(call);
    const schemes = schemesWith(call, row).map(({ id }) => ({ id }));
    return ok({ workflowId: workflowKey(call, row), workflowSchemes: tokenPage(call, schemes) });
  }),
];

function workflowAt(call: Call, key = call.params['workflowId'] ?? ''): WorkflowRow {
  demandAdmin(call);
  const row = workflowCalled(call, key);
  if (row === undefined) throw refuse(404, `The workflow with id '${key}' does not exist.`);
  return row;
}

function usersOf(call: Call, row: WorkflowRow) {
  return call.store.projects.all().filter((project) => Object.values(project.workflows).includes(row.id));
}

function schemesWith(call: Call, row: WorkflowRow) {
  return call.store.workflowSchemes
    .all()
    .filter((scheme) => [scheme.defaultWorkflowId, ...Object.values(scheme.workflowIds)].includes(row.id));
}

/** Workflows which the common filters of both searches leave, in their order. */
function chosen(call: Call): WorkflowRow[] {
  const text = (call.query.get('queryString') ?? '').toLowerCase();
  const active = call.query.get('isActive');
  const rows = call.store.workflows
    .all()
    .filter((row) => row.name.toLowerCase().includes(text))
    .filter((row) => active === null || String(isActive(call, row)) === active);
  // Seeded workflows are as old as the site: by their times they stand in the order of their ids.
  const byId = (row: WorkflowRow) => Number(row.id);
  return ordered(call, rows, { name: (row) => row.name, created: byId, updated: byId });
}

function searchWorkflows(call: Call): Reply {
  demandAdmin(call);
  const scope = call.query.get('scope');
  const projectId = call.query.get('projectId');
  const rows = chosen(call)
    .filter(() => scope === null || scope.toUpperCase() === 'GLOBAL')
    .filter((row) => projectId === null || usersOf(call, row).some((project) => project.id === projectId));
  const shown = page(call, 'workflows/search', rows);
  const withTransitions = listParam(call, 'expand').includes('values.transitions');
  return ok({
    ...shown,
    values: shown.values.map((row) => modernWorkflow(call, row, withTransitions)),
    statuses: statusesOf(call, shown.values),
  });
}

const strings = z.array(z.string()).nullish();
const ReadBody = z.strictObject({
  workflowIds: strings,
  workflowNames: strings,
  projectAndIssueTypes: z.array(z.strictObject({ projectId: z.string(), issueTypeId: z.string() })).nullish(),
});

function readWorkflows(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, ReadBody);
  const ids = body.workflowIds ?? [];
  const names = body.workflowNames ?? [];
  const pairs = body.projectAndIssueTypes ?? [];
  if (ids.length + names.length + pairs.length === 0)
    throw refuse(400, 'Workflow ids, workflow names or projects and issue types must be given.');
  const ofPairs = pairs.map((pair) => call.store.projects.get(pair.projectId)?.workflows[pair.issueTypeId]);
  const rows = call.store.workflows
    .all()
    .filter(
      (row) => ids.includes(workflowKey(call, row)) || names.includes(row.name) || ofPairs.includes(row.id),
    );
  return ok({
    workflows: rows.map((row) => modernWorkflow(call, row, true)),
    statuses: statusesOf(call, rows),
  });
}

function deleteWorkflow(call: Call): Reply {
  const row = workflowAt(call, call.params['entityId'] ?? '');
  if (isActive(call, row) || schemesWith(call, row).length > 0)
    throw refuse(400, `Cannot delete the workflow '${row.name}': it is used by a workflow scheme.`);
  call.store.workflows.remove(row.id);
  return NO_CONTENT;
}
