/** Statuses, workflows and the schemes that projects share, as administrators read and change them. */
import { type Bench, benchOf, bug } from './jira-bench';

const namesOf = (rows: { name: string }[]) => rows.map((row) => row.name);

test('statuses are made, renamed everywhere and deleted when no workflow has them', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const made = await bench.post('statuses', {
    scope: { type: 'GLOBAL' },
    statuses: [{ name: 'Parked', statusCategory: 'TODO' }],
  });
  const [parked] = made.body;
  expect(parked).toMatchObject({ name: 'Parked', statusCategory: 'TODO', scope: { type: 'GLOBAL' } });
  expect((await bench.get('statuses/byNames?name=Parked')).body).toHaveLength(1);
  expect((await bench.call('DELETE', `statuses?id=${parked.id}`)).status).toBe(204);
  const { status } = (await bench.get('issue/SUP-3')).body.fields;
  const statuses = [{ id: status.id, name: 'Renamed', statusCategory: 'IN_PROGRESS' }];
  expect((await bench.put('statuses', { statuses })).status).toBe(204);
  expect((await bench.get('issue/SUP-3')).body.fields.status).toMatchObject({
    name: 'Renamed',
    statusCategory: { key: 'indeterminate' },
  });
  expect((await bench.call('DELETE', `statuses?id=${status.id}`)).status).toBe(400);
  const { id } = (await bench.get('project/SUP')).body;
  const projects = (await bench.get(`statuses/${status.id}/projectUsages`)).body.projects.values;
  expect(projects).toContainEqual({ id });
  const types = (await bench.get(`statuses/${status.id}/project/${id}/issueTypeUsages`)).body.issueTypes;
  expect(types.values.length).toBeGreaterThan(0);
  const workflows = (await bench.get(`statuses/${status.id}/workflowUsages`)).body.workflows.values;
  expect(workflows.length).toBeGreaterThan(0);
});

test('workflows say what transitions ask for', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const found = (await bench.get('workflows/search?queryString=development&expand=values.transitions')).body;
  const [workflow] = found.values;
  const approve = workflow.transitions.find((row: { name: string }) => row.name === 'Approve');
  expect(approve.transitionScreen.ruleKey).toBe('system:transition-screen');
  expect(approve.validators[0].parameters.fieldsRequired).toBe('resolution');
  expect(workflow.transitions[0]).toMatchObject({ type: 'INITIAL', name: 'Create' });
  const read = (await bench.post('workflows', { workflowIds: [workflow.id] })).body;
  expect(namesOf(read.workflows)).toEqual(['Development workflow']);
  expect(namesOf(read.statuses)).toContain('In Review');
  const expand = 'transitions.rules,statuses,projects,schemes,operations,default';
  const old = await bench.get(`workflow/search?workflowName=Development%20workflow&expand=${expand}`);
  expect(old.body.values[0].id.entityId).toBe(workflow.id);
  expect(
    (await bench.get(`workflow/${workflow.id}/projectUsages`)).body.projects.values.length,
  ).toBeGreaterThan(0);
  expect(
    (await bench.get(`workflow/${workflow.id}/workflowSchemes`)).body.workflowSchemes.values.length,
  ).toBe(1);
  expect((await bench.call('DELETE', `workflow/${workflow.id}`)).status).toBe(400);
});

test('an empty project takes another workflow scheme, a used one does not', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const body = { name: 'All the same', defaultWorkflow: 'Development workflow' };
  const scheme = (await bench.post('workflowscheme', body)).body;
  const lead = bench.site.users()[0]?.accountId;
  await bench.post('project', { key: 'NEW', name: 'New', projectTypeKey: 'software', leadAccountId: lead });
  const ids = { NEW: (await bench.get('project/NEW')).body, SUP: (await bench.get('project/SUP')).body };
  const assign = (key: 'NEW' | 'SUP') =>
    bench.put('workflowscheme/project', { projectId: ids[key].id, workflowSchemeId: String(scheme.id) });
  expect([(await assign('NEW')).status, (await assign('SUP')).status]).toEqual([204, 400]);
  const [type] = (await bench.get('project/NEW/statuses')).body;
  expect(namesOf(type.statuses)).toEqual(['To Do', 'In Progress', 'In Review', 'Done']);
  const used = (await bench.get(`workflowscheme/project?projectId=${ids.NEW.id}`)).body.values;
  expect(used[0].workflowScheme.name).toBe('All the same');
  expect((await bench.put(`workflowscheme/${scheme.id}`, { name: 'x' })).status).toBe(400);
  expect((await bench.call('DELETE', `workflowscheme/${scheme.id}`)).status).toBe(400);
});

test('a type that leaves the scheme leaves the project, unless issues have it', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const project = (await bench.get('project/SUP')).body;
  const scheme = (await bench.get(`issuetypescheme/project?projectId=${project.id}`)).body.values[0]
    .issueTypeScheme.id;
  const made = (await bench.post('issuetype', { name: 'Wish' })).body;
  await bench.put(`issuetypescheme/${scheme}/issuetype`, { issueTypeIds: [made.id] });
  await bench.put(`issuetypescheme/${scheme}/issuetype/move`, { issueTypeIds: [made.id], position: 'First' });
  expect(namesOf((await bench.get('project/SUP')).body.issueTypes)[0]).toBe('Wish');
  const issue = await bench.post('issue', bug('wished', { issuetype: { name: 'Wish' } }));
  expect(issue.status).toBe(201);
  const path = `issuetypescheme/${scheme}/issuetype/${made.id}`;
  expect((await bench.call('DELETE', path)).status).toBe(400);
  await bench.call('DELETE', `issue/${issue.body.key}`);
  expect((await bench.call('DELETE', path)).status).toBe(204);
  expect(namesOf((await bench.get('project/SUP')).body.issueTypes)).not.toContain('Wish');
});

async function grantOf(bench: Bench, role: string, permission: string) {
  const { permissions } = (await bench.get('permissionscheme/0/permission')).body;
  const roles = (await bench.get('role')).body;
  const { id } = roles.find((row: { name: string }) => row.name === role);
  return permissions.find(
    (row: { permission: string; holder: { value?: string } }) =>
      row.permission === permission && row.holder.value === String(id),
  );
}

test('a grant that is taken away is gone in every project of the scheme', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const grant = await grantOf(bench, 'Developers', 'EDIT_ISSUES');
  const edit = () => bench.put('issue/SUP-17', { fields: { summary: 'changed' } });
  bench.as('Carla');
  expect((await edit()).status).toBe(204);
  bench.as('Ada');
  expect((await bench.call('DELETE', `permissionscheme/0/permission/${grant.id}`)).status).toBe(204);
  bench.as('Carla');
  expect((await edit()).status).toBe(403);
  bench.as('Ada');
  const body = { permission: 'EDIT_ISSUES', holder: grant.holder };
  expect((await bench.post('permissionscheme/0/permission', body)).body.id).toBe(grant.id);
  bench.as('Carla');
  expect((await edit()).status).toBe(204);
});

test.each([
  ['Carla', 'GET', 'workflow/search', undefined, 403],
  ['Carla', 'GET', 'issuetypescheme', undefined, 403],
  ['Carla', 'POST', 'statuses', { scope: { type: 'GLOBAL' }, statuses: [] }, 401],
  ['Carla', 'GET', 'issuesecurityschemes', undefined, 403],
  ['Carla', 'GET', 'project/SUP/permissionscheme', undefined, 403],
  [
    'Ada',
    'POST',
    'statuses',
    { scope: { type: 'PROJECT' }, statuses: [{ name: 'x', statusCategory: 'TODO' }] },
    400,
  ],
  ['Ada', 'POST', 'workflows', {}, 400],
  ['Ada', 'GET', 'statuses', undefined, 400],
  ['Ada', 'GET', 'statuscategory/done', undefined, 200],
  ['Ada', 'GET', 'statuscategory/9', undefined, 404],
  ['Ada', 'GET', 'workflowscheme', undefined, 200],
  ['Ada', 'GET', 'workflowscheme/project', undefined, 400],
  ['Ada', 'GET', 'issuetypescheme?expand=projects&orderBy=-name', undefined, 200],
  ['Ada', 'POST', 'issuetypescheme', { name: 'x', issueTypeIds: ['77'] }, 400],
  ['Ada', 'GET', 'permissionscheme?expand=permissions', undefined, 200],
  ['Ada', 'POST', 'permissionscheme', { name: 'Default Permission Scheme' }, 400],
  ['Ada', 'DELETE', 'permissionscheme/0', undefined, 403],
  ['Ada', 'GET', 'issuesecurityschemes/level?onlyDefault=true', undefined, 200],
  ['Ada', 'GET', 'issuesecurityschemes/search?projectId=x', undefined, 400],
  ['Ada', 'GET', 'project/SUP/issuesecuritylevelscheme', undefined, 200],
  ['Ada', 'GET', 'project/SUP/securitylevel', undefined, 200],
])('%s %s %s', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  bench.as(who);
  const answer = await bench.call(method, path, body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});
