/** Statuses, workflows and workflow schemes. */
import { PageWorkflowSchema } from 'jira.js/cloud';

export async function driveWorkflows(driver) {
  await driveStatuses(driver);
  await driveWorkflow(driver);
  await driveSchemes(driver);
}

async function driveStatuses({ ask }) {
  const [first] = await ask('workflowStatuses.getStatuses');
  await ask('workflowStatuses.getStatus', { idOrName: first.id });
  await ask('workflowStatusCategories.getStatusCategories');
  await ask('workflowStatusCategories.getStatusCategory', { idOrKey: 'done' });
  const [made] = await ask('status.createStatuses', {
    scope: { type: 'GLOBAL' },
    statuses: [{ name: 'Parked', statusCategory: 'TODO', description: 'Not now' }],
  });
  const statuses = [{ id: made.id, name: 'Parked here', statusCategory: 'TODO' }];
  await ask('status.updateStatuses', { statuses });
  await ask('status.getStatusesById', { id: [made.id, first.id] });
  await ask('status.getStatusesByName', { name: ['Done'] });
  await ask('status.search', {});
  const { id: projectId } = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  await ask('status.search', { projectId, includeGlobalStatuses: true });
  await ask('status.getProjectUsagesForStatus', { statusId: first.id });
  await ask('status.getWorkflowUsagesForStatus', { statusId: first.id });
  await ask('status.getProjectIssueTypeUsagesForStatus', { statusId: first.id, projectId });
  await ask('status.deleteStatusesById', { id: [made.id] });
}

async function driveWorkflow({ ask, send }) {
  await send('GET', '/rest/api/3/workflow/search', {
    searchParams: { expand: 'transitions.rules,transitions.properties,statuses,projects,schemes,operations' },
    schema: PageWorkflowSchema,
  });
  const found = await ask('workflows.searchWorkflows', { expand: 'values.transitions' });
  const workflowIds = found.values.map((workflow) => workflow.id);
  await ask('workflows.readWorkflows', { workflowIds });
  const { id: projectId } = await ask('projects.getProject', { projectIdOrKey: 'SUP' });
  for (const workflowId of workflowIds) {
    await ask('workflows.getProjectUsagesForWorkflow', { workflowId });
    await ask('workflows.getWorkflowProjectIssueTypeUsages', { workflowId, projectId });
    await ask('workflows.getWorkflowSchemeUsagesForWorkflow', { workflowId });
  }
}

async function driveSchemes({ ask }) {
  const call = (name, parameters) => ask(`workflowSchemes.${name}`, parameters);
  const { values } = await call('getAllWorkflowSchemes', {});
  const workflows = await ask('workflows.searchWorkflows', {});
  const [workflow, other] = workflows.values.map((each) => each.name);
  const [type] = await ask('issueTypes.getIssueAllTypes', {});
  const made = await call('createWorkflowScheme', {
    name: 'All the same',
    description: '',
    defaultWorkflow: workflow,
  });
  const { id } = made;
  const issueType = type.id;
  await call('setWorkflowSchemeIssueType', { id, issueType, body: { issueType, workflow: other } });
  await call('getWorkflowSchemeIssueType', { id, issueType });
  await call('getWorkflow', { id });
  await call('deleteWorkflowSchemeIssueType', { id, issueType });
  await call('updateDefaultWorkflow', { id, workflow: other });
  await call('getDefaultWorkflow', { id });
  await call('updateWorkflowScheme', { id, body: { name: 'All alike' } });
  await call('getWorkflowScheme', { id });
  await call('getWorkflowScheme', { id: values[0].id });
  const lead = await ask('myself.getCurrentUser', {});
  const project = await ask('projects.createProject', {
    key: 'FLOW',
    name: 'Flow',
    projectTypeKey: 'software',
    leadAccountId: lead.accountId,
  });
  const projectId = String(project.id);
  const before = await ask('workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations', {
    projectId: [Number(projectId)],
  });
  const assign = (workflowSchemeId) =>
    ask('workflowSchemeProjectAssociations.assignSchemeToProject', { projectId, workflowSchemeId });
  await assign(String(id));
  await assign(String(before.values[0].workflowScheme.id));
  await call('deleteWorkflowScheme', { id });
}

/** Comes last: a workflow can be deleted only when project and scheme that have it are gone. */
export async function driveDeletedWorkflow({ ask }) {
  const projectIdOrKey = 'DEV';
  const { id } = await ask('projects.getProject', { projectIdOrKey });
  const { values } = await ask('workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations', {
    projectId: [Number(id)],
  });
  const scheme = values[0].workflowScheme;
  await ask('projects.deleteProject', { projectIdOrKey, enableUndo: false });
  await ask('workflowSchemes.deleteWorkflowScheme', { id: scheme.id });
  const unused = await ask('workflows.searchWorkflows', { queryString: scheme.defaultWorkflow });
  await ask('workflows.deleteInactiveWorkflow', { entityId: unused.values[0].id });
}
