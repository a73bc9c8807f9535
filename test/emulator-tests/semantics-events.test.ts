/** Product events of a site (jira.md section 5, Forge events; forge-platform.md section 5) [doc]. Delivery has its own tests. */
import { type Bench, benchOf, bug, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: payloads of every shape
type Json = any;

const types = (bench: Bench) => bench.events.map((event) => event.eventType);
const payloadOf = (bench: Bench, type: string): Json =>
  bench.events.findLast((event) => event.eventType === type)?.payload;

async function made(bench: Bench, more: Record<string, unknown> = {}): Promise<string> {
  const { key } = (await bench.post('issue', bug('Watched', more))).body;
  bench.events.length = 0;
  return key;
}

const idOf = (bench: Bench, name: string) =>
  bench.site.users().find((user) => user.name.startsWith(name))?.accountId ?? '';

const THIN = [
  'assignee',
  'created',
  'creator',
  'issuetype',
  'project',
  'reporter',
  'status',
  'summary',
  'updated',
];

test('the issue of every event has a subset of fields only', async () => {
  const bench = benchOf('acme');
  const key = await made(bench, { description: says('Not told'), labels: ['not-told'] });
  await bench.put(`issue/${key}`, { fields: { summary: 'x', assignee: { accountId: idOf(bench, 'Ben') } } });
  await bench.post(`issue/${key}/comment`, { body: says('Not told either') });
  await bench.call('DELETE', `issue/${key}`);
  expect(bench.events.length).toBeGreaterThanOrEqual(4);
  for (const { payload } of bench.events) {
    const { issue } = payload as Json;
    expect(Object.keys(issue).sort()).toEqual(['fields', 'id', 'key']);
    expect(Object.keys(issue.fields).sort()).toEqual(THIN);
    expect(JSON.stringify(payload)).not.toMatch(/not-told|Not told/);
  }
});

test('assigned comes in addition to updated, with the same changelog', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  const ben = idOf(bench, 'Ben');
  await bench.put(`issue/${key}/assignee`, { accountId: ben });
  expect(types(bench)).toEqual(['avi:jira:updated:issue', 'avi:jira:assigned:issue']);
  const updated = payloadOf(bench, 'avi:jira:updated:issue');
  expect(payloadOf(bench, 'avi:jira:assigned:issue').changelog).toEqual(updated.changelog);
  expect(updated.associatedUsers).toContainEqual({ accountId: ben });
});

test('updated has the changelog with ids and texts, and null for empty', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  await bench.put(`issue/${key}`, { fields: { duedate: '2027-01-02' } });
  expect(payloadOf(bench, 'avi:jira:updated:issue').changelog).toEqual({
    id: expect.stringMatching(/^\d+$/),
    items: [
      {
        field: 'duedate',
        fieldtype: 'jira',
        fieldId: 'duedate',
        from: null,
        fromString: null,
        to: '2027-01-02',
        toString: '2027-01-02 00:00:00.0',
      },
    ],
  });
});

test('there is no transition event: updated tells of both statuses', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  await bench.post(`issue/${key}/transitions`, { transition: { id: '121' } });
  expect(types(bench)).toEqual(['avi:jira:updated:issue']);
  const payload = payloadOf(bench, 'avi:jira:updated:issue');
  expect(payload.associatedStatuses.map((row: Json) => row.name)).toEqual(['To Do', 'In Progress']);
  expect(payload.changelog.items[0]).toMatchObject({ field: 'status', fromString: 'To Do' });
});

test('commented fires for a new and for an edited comment; there is no updated:comment', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  const { id } = (await bench.post(`issue/${key}/comment`, { body: says('One') })).body;
  await bench.put(`issue/${key}/comment/${id}`, { body: says('Two') });
  await bench.call('DELETE', `issue/${key}/comment/${id}`);
  expect(types(bench)).toEqual([
    'avi:jira:commented:issue',
    'avi:jira:commented:issue',
    'avi:jira:deleted:comment',
  ]);
});

test('nothing cascades: a deleted issue is one event, whatever hung on it', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  await bench.post('issue', bug('Part', { issuetype: { name: 'Sub-task' }, parent: { key } }));
  await bench.post(`issue/${key}/comment`, { body: says('x') });
  await bench.post(`issue/${key}/worklog`, { timeSpent: '1h' });
  const form = new FormData();
  form.append('file', new File(['x'], 'x.txt'));
  await bench.call('POST', `issue/${key}/attachments`, form, { 'x-atlassian-token': 'no-check' });
  await bench.post('issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key },
    outwardIssue: { key: 'SUP-5' },
  });
  bench.events.length = 0;
  expect((await bench.call('DELETE', `issue/${key}?deleteSubtasks=true`)).status).toBe(204);
  expect(types(bench)).toEqual(['avi:jira:deleted:issue']);
});

test('files, links and work have events of their own', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  const form = new FormData();
  form.append('file', new File(['x'], 'x.txt'));
  const [file] = (
    await bench.call('POST', `issue/${key}/attachments`, form, { 'x-atlassian-token': 'no-check' })
  ).body;
  await bench.call('DELETE', `attachment/${file.id}`);
  const work = (await bench.post(`issue/${key}/worklog`, { timeSpent: '1h' })).body;
  await bench.put(`issue/${key}/worklog/${work.id}`, { timeSpent: '2h' });
  await bench.call('DELETE', `issue/${key}/worklog/${work.id}`);
  await bench.post('issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key },
    outwardIssue: { key: 'SUP-5' },
  });
  const [link] = (await bench.get(`issue/${key}`)).body.fields.issuelinks;
  await bench.call('DELETE', `issueLink/${link.id}`);
  const own = types(bench).filter((type) => !type.endsWith(':issue'));
  expect(own).toEqual([
    'avi:jira:created:attachment',
    'avi:jira:deleted:attachment',
    'avi:jira:created:worklog',
    'avi:jira:updated:worklog',
    'avi:jira:deleted:worklog',
    'avi:jira:created:issuelink',
    'avi:jira:deleted:issuelink',
  ]);
  expect(payloadOf(bench, 'avi:jira:created:issuelink')).toMatchObject({
    id: link.id,
    sourceProjectId: '10001',
    issueLinkType: { name: 'Blocks' },
  });
});

test('a link change updates both issues without a changelog [obs]', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  await bench.post('issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key },
    outwardIssue: { key: 'SUP-5' },
  });
  const updates = bench.events.filter((event) => event.eventType === 'avi:jira:updated:issue');
  expect(updates.map((event) => (event.payload as Json).issue.key).sort()).toEqual([key, 'SUP-5'].sort());
  expect(updates.every((event) => !('changelog' in event.payload))).toBe(true);
});

test('mentions have events: in the description new names only, in a comment each', async () => {
  const bench = benchOf('acme');
  const mention = (...ids: string[]) => ({
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: ids.map((id) => ({ type: 'mention', attrs: { id } })) }],
  });
  const [ben, carla] = [idOf(bench, 'Ben'), idOf(bench, 'Carla')];
  const key = await made(bench, { description: mention(ben) });
  await bench.put(`issue/${key}`, { fields: { description: mention(ben, carla) } });
  expect(payloadOf(bench, 'avi:jira:mentioned:issue').mentionedAccountIds).toEqual([carla]);
  await bench.post(`issue/${key}/comment`, { body: mention(ben) });
  expect(payloadOf(bench, 'avi:jira:mentioned:comment').mentionedAccountIds).toEqual([ben]);
});

test('who did it and with which trace goes along, so that delivery can tell the own app from others', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  bench.as('app');
  await bench.call(
    'PUT',
    `issue/${key}`,
    { fields: { summary: 'By the app' } },
    { 'x-atlassian-webhook-trace': 'run-7' },
  );
  bench.as('Ben');
  await bench.put(`issue/${key}`, { fields: { summary: 'By Ben' } });
  expect(bench.events.map(({ actor, trace }) => [actor.kind, trace])).toEqual([
    ['app', 'run-7'],
    ['user', undefined],
  ]);
});

test('properties, watchers and votes are silent; a refused write is too', async () => {
  const bench = benchOf('acme');
  const key = await made(bench);
  await bench.put(`issue/${key}/properties/p`, { a: 1 });
  await bench.post(`issue/${key}/watchers`, idOf(bench, 'Ben'));
  await bench.put(`issue/${key}`, { fields: { summary: '' } });
  expect(bench.events).toEqual([]);
});

test('creating tells of the creation, and of the assignee if there is one', async () => {
  const bench = benchOf('acme');
  await bench.post('issue', bug('Given', { assignee: { accountId: idOf(bench, 'Ben') } }));
  expect(types(bench)).toEqual(['avi:jira:created:issue', 'avi:jira:assigned:issue']);
});
