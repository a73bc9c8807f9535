/** Projects, roles and categories as administrators make, change, archive and delete them. */
import { type Bench, benchOf, bug } from './jira-bench';

const KANBAN = 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic';
const idOf = (bench: Bench, name: string) =>
  bench.site.users().find((user) => user.name.startsWith(name))?.accountId ?? '';
const projectEvents = (bench: Bench) =>
  bench.events.map((event) => event.eventType).filter((name) => name.endsWith(':project'));

test('a new project takes issues, also from the app', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  bench.as('Ada');
  const made = await bench.post('project', {
    key: 'NEW',
    name: 'New things',
    projectTemplateKey: KANBAN,
    leadAccountId: idOf(bench, 'Ada'),
    assigneeType: 'PROJECT_LEAD',
  });
  expect([made.status, made.body.key, typeof made.body.id]).toEqual([201, 'NEW', 'number']);
  bench.as('app');
  const project = (await bench.get('project/NEW')).body;
  const [type] = project.issueTypes;
  const issue = await bench.post('issue', {
    fields: { project: { key: 'NEW' }, issuetype: { id: type.id }, summary: 'first' },
  });
  expect([issue.status, issue.body.key]).toEqual([201, 'NEW-1']);
  expect((await bench.get('issue/NEW-1')).body.fields.assignee.accountId).toBe(idOf(bench, 'Ada'));
  expect(projectEvents(bench)).toEqual(['avi:jira:created:project']);
});

test('a key that changes takes the issues along, and the old key still leads to them', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const before = (await bench.get('issue/SUP-3')).body.id;
  expect((await bench.put('project/SUP', { key: 'HELP' })).body.key).toBe('HELP');
  expect((await bench.get('issue/HELP-3')).body.id).toBe(before);
  expect((await bench.get('issue/SUP-3')).body.key).toBe('HELP-3');
  expect((await bench.get('project/SUP')).body.key).toBe('HELP');
  const taken = await bench.get('projectvalidate/key?key=SUP');
  expect(taken.body.errors.projectKey).toMatch(/used this project key before/);
  await bench.put('project/HELP', { releasedProjectKeys: ['SUP'] });
  expect((await bench.get('projectvalidate/key?key=SUP')).body.errors).toEqual({});
});

test('an archived project is read but not found or changed, and comes back', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const found = async () => (await bench.get('search/jql?jql=key%3DSUP-3')).body.issues.length;
  expect((await bench.post('project/SUP/archive')).status).toBe(204);
  expect((await bench.get('issue/SUP-3')).status).toBe(200);
  expect(await found()).toBe(0);
  expect((await bench.put('issue/SUP-3', { fields: { summary: 'x' } })).status).toBe(403);
  expect((await bench.post('issue', bug('x'))).status).toBe(403);
  expect((await bench.call('DELETE', 'project/SUP')).status).toBe(404);
  const listed = (await bench.get('project/search?status=archived')).body.values;
  expect(listed.map((row: { key: string; archived: boolean }) => [row.key, row.archived])).toEqual([
    ['SUP', true],
  ]);
  expect((await bench.post('project/SUP/restore')).status).toBe(200);
  expect(await found()).toBe(1);
  expect(projectEvents(bench)).toEqual(['avi:jira:archived:project', 'avi:jira:unarchived:project']);
});

test('a deleted project lies in the recycle bin until it is restored or gone for good', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const version = (await bench.get('project/SUP/versions')).body[0].id;
  expect((await bench.call('DELETE', 'project/SUP')).status).toBe(204);
  expect((await bench.get('project/SUP')).status).toBe(404);
  expect((await bench.get('issue/SUP-3')).status).toBe(404);
  const bin = (await bench.get('project/search?status=deleted')).body.values;
  expect(bin.map((row: { key: string; deleted: boolean }) => [row.key, row.deleted])).toEqual([
    ['SUP', true],
  ]);
  await bench.post('project/SUP/restore');
  expect((await bench.get('issue/SUP-3')).status).toBe(200);
  expect((await bench.call('DELETE', 'project/SUP?enableUndo=false')).status).toBe(204);
  expect((await bench.get('issue/SUP-3')).status).toBe(404);
  expect((await bench.get(`version/${version}`)).status).toBe(404);
  expect(projectEvents(bench)).toEqual([
    'avi:jira:softdeleted:project',
    'avi:jira:restored:project',
    'avi:jira:deleted:project',
  ]);
});

test('a category stands at its projects and goes without them', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const category = (await bench.post('projectCategory', { name: 'Inner', description: 'ours' })).body;
  await bench.put('project/SUP', { categoryId: Number(category.id) });
  expect((await bench.get('project/SUP')).body.projectCategory.name).toBe('Inner');
  const found = await bench.get(`project/search?categoryId=${category.id}`);
  expect(found.body.values.map((row: { key: string }) => row.key)).toEqual(['SUP']);
  expect((await bench.post('projectCategory', { name: 'inner' })).status).toBe(409);
  await bench.put(`projectCategory/${category.id}`, { name: 'Outer' });
  expect((await bench.get('issue/SUP-3')).body.fields.project.projectCategory.name).toBe('Outer');
  expect((await bench.call('DELETE', `projectCategory/${category.id}`)).status).toBe(204);
  expect((await bench.get('project/SUP')).body.projectCategory).toBeUndefined();
});

test('roles: default actors reach new projects, a role in use needs a replacement', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const role = (await bench.post('role', { name: 'Guests', description: 'Outside' })).body;
  const frank = idOf(bench, 'Frank');
  await bench.post(`role/${role.id}/actors`, { user: [frank] });
  await bench.post('project', { key: 'NEW', name: 'New', projectTypeKey: 'software', leadAccountId: frank });
  const inNew = (await bench.get(`project/NEW/role/${role.id}`)).body.actors;
  expect(inNew.map((actor: { actorUser: { accountId: string } }) => actor.actorUser.accountId)).toEqual([
    frank,
  ]);
  expect((await bench.get(`project/SUP/role/${role.id}`)).body.actors).toEqual([]);
  const set = { categorisedActors: { 'atlassian-group-role-actor': ['support-leads'] } };
  const now = (await bench.put(`project/NEW/role/${role.id}`, set)).body.actors;
  expect(now.map((actor: { name: string }) => actor.name)).toEqual(['support-leads']);
  const developers = (await bench.get('role')).body.find(
    (row: { name: string }) => row.name === 'Developers',
  );
  expect((await bench.call('DELETE', `role/${developers.id}`)).status).toBe(409);
  expect((await bench.call('DELETE', `role/${developers.id}?swap=${role.id}`)).status).toBe(204);
  expect((await bench.get(`role/${developers.id}`)).status).toBe(404);
  await bench.post(`project/SUP/role/${role.id}`, { user: [idOf(bench, 'Carla')] });
  bench.as('Carla');
  expect((await bench.put('issue/SUP-17', { fields: { summary: 'still a developer' } })).status).toBe(204);
});

test.each([
  ['Carla', 'POST', 'project', {}, 403],
  ['Carla', 'DELETE', 'project/SUP', undefined, 404],
  ['Carla', 'GET', 'role', undefined, 403],
  ['Carla', 'POST', 'projectCategory', { name: 'x' }, 403],
  ['Carla', 'GET', 'project/SUP/role/10002', undefined, 404],
  [
    'Ada',
    'POST',
    'project',
    { key: 'SUP', name: 'x', projectTypeKey: 'software', leadAccountId: 'nobody' },
    400,
  ],
  ['Ada', 'PUT', 'project/SUP', { colour: 'red' }, 400],
  ['Ada', 'PUT', 'project/SUP', { url: 'nothing' }, 400],
  ['Ada', 'PUT', 'project/SUP', { permissionScheme: 77 }, 400],
  ['Ada', 'POST', 'project/SUP/restore', undefined, 400],
  ['Ada', 'POST', 'role', { name: ' x ' }, 400],
  ['Ada', 'POST', 'role', { name: 'Developers' }, 409],
  ['Ada', 'DELETE', 'project/SUP/role/10002', undefined, 400],
  ['Ada', 'POST', 'project/SUP/role/10002', { user: ['nobody'] }, 404],
  ['Ada', 'GET', 'project/SUP/roledetails?excludeConnectAddons=true', undefined, 200],
  ['Ada', 'GET', 'project/recent?expand=insight,lead', undefined, 200],
  ['Ada', 'GET', 'projectvalidate/validProjectName?name=x', undefined, 200],
  ['Ada', 'GET', 'projectvalidate/validProjectKey?key=SUP', undefined, 200],
  ['Ada', 'GET', 'project/search?orderBy=-issueCount&expand=insight,url,issueTypes', undefined, 200],
  ['Ada', 'GET', 'project/search?propertyQuery=x', undefined, 400],
])('%s %s %s', async (who, method, path, body, status) => {
  const bench = benchOf('acme');
  bench.as(who);
  const answer = await bench.call(method, path, body);
  expect([answer.status, answer.headers.get('x-emulator-refused')]).toEqual([status, null]);
});
