/** Issues of the Data Center site: user names, wiki markup, forms, workflow, search, archiving. */
import { createServerWorld, type Json, type ServerWorld, violationsOf } from './data-center-world';

let world: ServerWorld;
beforeEach(() => {
  world = createServerWorld();
});
afterEach(async () => {
  expect(await violationsOf(world.exchanges)).toEqual([]);
});

const fieldsOf = async (key: string, user = 'bill') =>
  (await world.send(user, 'GET', `issue/${key}`)).json['fields'] as Json;

async function createBug(more: Json = {}): Promise<string> {
  const fields = {
    project: { key: 'INI' },
    issuetype: { name: 'Bug' },
    summary: 'It breaks',
    customfield_10200: { value: 'Major' },
    ...more,
  };
  const made = await world.send('petra', 'POST', 'issue', { fields });
  expect(made).toMatchObject({ status: 201, json: { key: expect.any(String), id: expect.any(String) } });
  return String(made.json['key']);
}

test('people are names and keys, never account ids', async () => {
  const { json } = await world.send('petra', 'GET', 'myself');
  expect(json).toMatchObject({
    name: 'petra',
    key: 'JIRAUSER10101',
    emailAddress: 'petra@initech.example',
    displayName: 'Petra Gomez',
    active: true,
    timeZone: 'America/Chicago',
    self: 'https://jira.initech.example/rest/api/2/user?username=petra',
  });
  const issue = await world.send('petra', 'GET', 'issue/INI-1?expand=changelog,renderedFields');
  expect(issue.text).not.toContain('accountId');
  expect(issue.text).not.toContain('/rest/api/3/');
});

test('texts are wiki markup, kept as written', async () => {
  const description = 'h1. Title\n\n* one\n* *two*\n\n{code:java}\nx();\n{code}';
  const key = await createBug({ description, environment: '{{linux}}', customfield_10203: '_soon_' });
  expect(await fieldsOf(key)).toMatchObject({
    description,
    environment: '{{linux}}',
    customfield_10203: '_soon_',
  });
  const rendered = await world.send('bill', 'GET', `issue/${key}?expand=renderedFields&fields=description`);
  expect(rendered.json['renderedFields']).toMatchObject({
    description: expect.stringContaining('<h1>Title</h1>'),
  });
  const document = { type: 'doc', version: 1, content: [] };
  const refused = await world.send('petra', 'PUT', `issue/${key}`, { fields: { description: document } });
  expect(refused).toMatchObject({
    status: 400,
    json: { errors: { description: 'Operation value must be a string' } },
  });
});

test('people in fields are named by name or key, and their changes by key', async () => {
  const key = await createBug({ assignee: { name: 'Samir' }, customfield_10207: { key: 'JIRAUSER10103' } });
  expect(await fieldsOf(key)).toMatchObject({
    assignee: { name: 'samir' },
    customfield_10207: { name: 'milo' },
  });
  expect(await world.send('petra', 'PUT', `issue/${key}/assignee`, { name: 'milo' })).toMatchObject({
    status: 204,
  });
  expect(await world.send('petra', 'PUT', `issue/${key}/assignee`, { name: null })).toMatchObject({
    status: 204,
  });
  const { json } = await world.send('bill', 'GET', `issue/${key}?expand=changelog`);
  const items = (json['changelog'] as { histories: { items: Json[] }[] }).histories.flatMap(
    (row) => row.items,
  );
  expect(items).toEqual([
    {
      field: 'assignee',
      fieldtype: 'jira',
      from: 'JIRAUSER10103',
      fromString: 'Milo Waters',
      to: null,
      toString: null,
    },
    {
      field: 'assignee',
      fieldtype: 'jira',
      from: 'JIRAUSER10102',
      fromString: 'Samir Noor',
      to: 'JIRAUSER10103',
      toString: 'Milo Waters',
    },
  ]);
  const unknown = await world.send('petra', 'PUT', `issue/${key}/assignee`, { name: 'nobody' });
  expect(unknown).toMatchObject({
    status: 400,
    json: { errors: { assignee: "User 'nobody' does not exist." } },
  });
});

test('the create form says what is required, and the create keeps to it', async () => {
  const types = await world.send('petra', 'GET', 'issue/createmeta/INI/issuetypes?maxResults=2&startAt=1');
  expect(types.json).toMatchObject({ startAt: 1, maxResults: 2, total: 4, isLast: false });
  const form = await world.send('petra', 'GET', 'issue/createmeta/INI/issuetypes/10011?maxResults=100');
  const required = (form.json['values'] as Json[])
    .filter((row) => row['required'])
    .map((row) => row['fieldId']);
  expect(required).toEqual(['issuetype', 'project', 'summary', 'customfield_10200']);
  const bare = { fields: { project: { key: 'INI' }, issuetype: { name: 'Bug' }, summary: 'x' } };
  expect(await world.send('petra', 'POST', 'issue', bare)).toMatchObject({
    status: 400,
    json: { errors: { customfield_10200: 'Severity is required.' } },
  });
  const bulk = await world.send('petra', 'POST', 'issue/bulk', {
    issueUpdates: [bare, { fields: { ...bare.fields, issuetype: { name: 'Task' } } }],
  });
  expect(bulk).toMatchObject({
    status: 201,
    json: { issues: [{ key: 'INI-10' }], errors: [{ failedElementNumber: 0, status: 400 }] },
  });
});

test('only a sub-task has a parent', async () => {
  const made = await world.send('petra', 'POST', 'issue', {
    fields: {
      project: { key: 'INI' },
      issuetype: { name: 'Sub-task' },
      summary: 'part',
      parent: { key: 'INI-1' },
    },
  });
  expect(made.status).toBe(201);
  expect(await fieldsOf('INI-10')).toMatchObject({ parent: { key: 'INI-1' } });
  const parts = await world.send('petra', 'GET', 'issue/INI-1/subtask');
  expect((parts.json as unknown as Json[]).map((row) => row['key'])).toEqual(['INI-2', 'INI-3', 'INI-10']);
  const standard = await world.send('petra', 'PUT', 'issue/INI-9', { fields: { parent: { key: 'INI-1' } } });
  expect(standard.status).toBe(400);
});

test('a transition keeps to its condition, screen, required fields and validator', async () => {
  const names = async (user: string, key: string) => {
    const { json } = await world.send(user, 'GET', `issue/${key}/transitions`);
    return (json['transitions'] as Json[]).map((row) => row['name']);
  };
  expect(await names('petra', 'INI-9')).toEqual(['Start Progress', 'Drop']);
  expect(await names('samir', 'INI-9')).toEqual(['Start Progress']);
  const take = (id: string, fields?: Json) =>
    world.send('samir', 'POST', 'issue/INI-9/transitions', {
      transition: { id },
      ...(fields ? { fields } : {}),
    });
  expect(await take('51')).toMatchObject({ status: 400 });
  expect(await take('11')).toMatchObject({ status: 204 });
  expect(await take('41')).toMatchObject({
    status: 400,
    json: { errors: { resolution: 'Resolution is required.' } },
  });
  const done = { resolution: { name: 'Done' } };
  expect(await take('41', done)).toMatchObject({
    status: 400,
    json: { errorMessages: ['Assign the issue before you resolve it.'] },
  });
  await world.send('samir', 'PUT', 'issue/INI-9/assignee', { name: 'samir' });
  expect(await take('41', { ...done, customfield_10203: 'h3. Fixed' })).toMatchObject({ status: 204 });
  expect(await fieldsOf('INI-9')).toMatchObject({
    status: { name: 'Done' },
    resolution: { name: 'Done' },
    customfield_10203: 'h3. Fixed',
  });
});

test('search pages by startAt and total, by GET and POST', async () => {
  const jql = 'project = INI ORDER BY key ASC';
  const first = await world.send(
    'petra',
    'GET',
    `search?jql=${encodeURIComponent(jql)}&maxResults=4&fields=summary`,
  );
  expect(first.json).toMatchObject({ startAt: 0, maxResults: 4, total: 9 });
  const rest = await world.send('petra', 'POST', 'search', {
    jql,
    startAt: 4,
    maxResults: 100,
    fields: ['summary'],
  });
  const keys = (json: Json) => (json['issues'] as Json[]).map((row) => row['key']);
  expect([...keys(first.json), ...keys(rest.json)]).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `INI-${number}`),
  );
  const mine = await world.send('petra', 'GET', 'search?jql=assignee%20%3D%20petra&fields=key');
  expect(mine.json['total']).toBe(3);
  const wrong = await world.send('petra', 'GET', 'search?jql=nonsense%20%3D%201');
  expect(wrong).toMatchObject({
    status: 400,
    json: { errorMessages: [expect.stringContaining('nonsense')] },
  });
  const lenient = await world.send('petra', 'GET', 'search?jql=nonsense%20%3D%201&validateQuery=false');
  expect(lenient).toMatchObject({ status: 200, json: { total: 0, warningMessages: [expect.any(String)] } });
});

test('what was written is found at once, unless the index is told to lag', async () => {
  const total = async () =>
    (await world.send('petra', 'GET', 'search?jql=summary~Needle&fields=key')).json['total'];
  await createBug({ summary: 'Needle one' });
  expect(await total()).toBe(1);
  world.pass(10_001);
  world.site.setIndexLag(10_000);
  await createBug({ summary: 'Needle two' });
  expect(await total()).toBe(1);
  world.pass(10_001);
  expect(await total()).toBe(2);
});

test('an archived issue can be read, not written, and search forgets it', async () => {
  expect((await world.send('samir', 'PUT', 'issue/INI-1/archive')).status).toBe(403);
  expect((await world.send('petra', 'PUT', 'issue/INI-1/archive')).status).toBe(204);
  expect(await fieldsOf('INI-1')).toMatchObject({
    archivedby: { name: 'petra' },
    archiveddate: expect.any(String),
  });
  expect((await fieldsOf('INI-2'))['archivedby']).toMatchObject({ name: 'petra' });
  expect((await world.send('petra', 'PUT', 'issue/INI-1', { fields: { summary: 'x' } })).status).toBe(403);
  const found = await world.send('petra', 'GET', 'search?jql=key%3DINI-1');
  expect(found.json['total']).toBe(0);
  expect((await world.send('petra', 'PUT', 'issue/INI-1/restore')).status).toBe(204);
  expect((await world.send('petra', 'PUT', 'issue/INI-1', { fields: { summary: 'x' } })).status).toBe(204);
});

test('comments, work, links, watchers, votes and properties', async () => {
  const made = await world.send('milo', 'POST', 'issue/INI-5/comment', {
    body: 'seen by [~bill]',
    visibility: { type: 'role', value: 'Developers' },
  });
  expect(made).toMatchObject({
    status: 201,
    json: {
      body: 'seen by [~bill]',
      author: { name: 'milo' },
      visibility: { type: 'role', value: 'Developers' },
    },
  });
  const hidden = await world.send('joan', 'GET', `issue/INI-5/comment/${made.json['id']}`);
  expect(hidden.status).toBe(404);
  const work = await world.send('milo', 'POST', 'issue/INI-5/worklog', {
    timeSpent: '1h',
    comment: '*hard*',
  });
  expect(work).toMatchObject({ status: 201, json: { timeSpentSeconds: 3600, comment: '*hard*' } });
  expect((await world.send('milo', 'GET', 'issue/INI-5/worklog')).json).toMatchObject({ total: 1 });
  const link = { type: { name: 'Blocks' }, inwardIssue: { key: 'INI-5' }, outwardIssue: { key: 'INI-7' } };
  expect((await world.send('milo', 'POST', 'issueLink', link)).status).toBe(201);
  expect((await world.send('milo', 'POST', 'issue/INI-5/watchers', 'milo')).status).toBe(204);
  expect((await world.send('milo', 'POST', 'issue/INI-5/watchers', 'bill')).status).toBe(204);
  expect((await world.send('milo', 'DELETE', 'issue/INI-5/watchers?username=bill')).status).toBe(204);
  const watchers = await world.send('milo', 'GET', 'issue/INI-5/watchers');
  expect((watchers.json['watchers'] as Json[]).map((row) => row['name'])).toEqual(['joan', 'milo']);
  expect((await world.send('milo', 'POST', 'issue/INI-5/votes')).status).toBe(200);
  expect((await world.send('milo', 'DELETE', 'issue/INI-5/votes')).status).toBe(204);
  const property = 'issue/INI-5/properties/concord';
  expect((await world.send('milo', 'PUT', property, { a: [1] })).status).toBe(201);
  expect((await world.send('milo', 'PUT', property, { b: 2 })).status).toBe(200);
  expect((await world.send('milo', 'DELETE', property)).status).toBe(204);
  const remote = { globalId: 'g=1', object: { url: 'https://example.com/x', title: 'x' } };
  expect((await world.send('milo', 'POST', 'issue/INI-5/remotelink', remote)).status).toBe(200);
  expect((await world.send('milo', 'GET', 'issue/INI-5/remotelink?globalId=g%3D1')).json).toMatchObject({
    globalId: 'g=1',
  });
});
