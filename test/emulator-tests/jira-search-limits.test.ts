/** Search with its lag, reading in bulk, events, and the three rate limits. */
import { POINTS_PER_HOUR } from '../emulator/jira/limits';
import { type Bench, benchOf, bug, says } from './jira-bench';

const keysOf = (answer: { body: { issues: { key: string }[] } }) =>
  answer.body.issues.map((issue) => issue.key);

async function search(bench: Bench, jql: string, more: Record<string, unknown> = {}) {
  return bench.post('search/jql', { jql, fields: ['summary'], ...more });
}

test('search gives ids alone when no fields are asked for, and no total', async () => {
  const answer = await benchOf('acme').post('search/jql', { jql: 'project = SUP', maxResults: 2 });
  expect(answer.body).toEqual({
    issues: [{ id: expect.any(String) }, { id: expect.any(String) }],
    isLast: false,
    nextPageToken: expect.any(String),
  });
});

test('pages follow each other by token and the last one has none', async () => {
  const bench = benchOf('acme');
  const all = keysOf(await search(bench, 'project = DEV ORDER BY key ASC', { maxResults: 100 }));
  const paged: string[] = [];
  let token: string | undefined;
  do {
    const more = token === undefined ? {} : { nextPageToken: token };
    const answer = await search(bench, 'project = DEV ORDER BY key ASC', { maxResults: 10, ...more });
    paged.push(...keysOf(answer));
    token = answer.body.nextPageToken;
    expect(answer.body.isLast).toBe(token === undefined);
  } while (token !== undefined);
  expect(paged).toEqual(all);
  expect(all).toHaveLength(28);
});

const queries: [jql: string, keys: string[]][] = [
  ['status = "In Review" AND project = SUP', ['SUP-4']],
  ['assignee = currentUser() AND project = SUP', ['SUP-16']],
  ['labels = performance ORDER BY created', ['SUP-3', 'DEV-4']],
  [
    'priority >= High AND project = SUP AND statusCategory != Done ORDER BY key',
    ['SUP-1', 'SUP-3', 'SUP-7', 'SUP-15', 'SUP-21'],
  ],
  ['parent = SUP-3 ORDER BY key', ['SUP-11', 'SUP-13']],
  ['text ~ "byte order mark"', ['DEV-19']],
  ['Severity = "S1 Outage" ORDER BY key', ['DEV-4', 'SUP-3']],
  ['cf[10032] ~ Nordwind ORDER BY key', ['SUP-5', 'SUP-21']],
  ['fixVersion = "5.8.1"', ['DEV-4']],
  ['resolution = Duplicate', ['SUP-12']],
  ['due < "2026-11-01" AND project = SUP', ['SUP-2']],
];

test.each(queries)('finds by %s', async (jql, keys) => {
  const found = keysOf(await search(benchOf('acme'), jql));
  expect(jql.includes('ORDER') ? found : found.sort()).toEqual(keys);
});

test('unbounded, broken and removed searches are refused', async () => {
  const bench = benchOf('acme');
  expect((await search(bench, 'ORDER BY created')).status).toBe(400);
  expect((await search(bench, 'summary ~ "open')).status).toBe(400);
  expect((await search(bench, 'project = NOPE')).status).toBe(400);
  expect((await bench.post('search/approximate-count', { jql: '' })).status).toBe(400);
  expect((await bench.get('search?jql=project=SUP')).status).toBe(410);
});

test('the index lags: new, changed and deleted issues show later, reconciled and fetched ones at once', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(60_000);
  const made = (await bench.post('issue', bug('Fresh'))).body;
  await bench.put('issue/SUP-5', { fields: { labels: ['moved'] } });
  await bench.call('DELETE', 'issue/SUP-22');
  const jql = 'project = SUP AND (summary ~ Fresh OR labels in (moved, usability))';
  expect(keysOf(await search(bench, jql))).toEqual(['SUP-22']);
  expect(keysOf(await search(bench, jql, { reconcileIssues: [Number(made.id)] }))).toEqual([
    made.key,
    'SUP-22',
  ]);
  expect(
    (await bench.post('issue/bulkfetch', { issueIdsOrKeys: [made.key], fields: ['summary'] })).body.issues,
  ).toHaveLength(1);
  bench.pass(61_000);
  expect(keysOf(await search(bench, jql)).sort()).toEqual(['SUP-23', 'SUP-5']);
});

test('bulkfetch answers what there is and names the rest', async () => {
  const bench = benchOf('acme');
  const answer = await bench.post('issue/bulkfetch', {
    issueIdsOrKeys: ['SUP-5', 'SUP-999', '10040'],
    fields: ['summary'],
  });
  expect(keysOf(answer)).toHaveLength(2);
  expect(answer.body.issueErrors).toEqual([{ id: 'SUP-999', errorMessage: expect.any(String) }]);
  expect(answer.headers.get('x-emulator-points')).toBe('3');
  const many = await bench.post('issue/bulkfetch', {
    issueIdsOrKeys: Array.from({ length: 101 }, (_, n) => `SUP-${n}`),
  });
  expect(many.status).toBe(400);
});

const prices: [method: string, path: string, body: unknown, points: string][] = [
  ['GET', 'issue/SUP-5', undefined, '2'],
  ['PUT', 'issue/SUP-5', { fields: { summary: 'x' } }, '1'],
  ['POST', 'issue/SUP-5/comment', { body: says('x') }, '1'],
  ['POST', 'search/jql', { jql: 'project = SUP', maxResults: 10 }, '11'],
  ['GET', 'myself', undefined, '3'],
];

test.each(prices)('%s %s costs as documented', async (method, path, body, points) => {
  expect((await benchOf('acme').call(method, path, body)).headers.get('x-emulator-points')).toBe(points);
});

test('events: types, thin issue, changelog, statuses, trace, and who did it', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  const { key } = (await bench.post('issue', bug('Watched'))).body;
  await bench.call(
    'PUT',
    `issue/${key}`,
    { fields: { priority: { name: 'High' } } },
    { 'x-atlassian-webhook-trace': 't-1' },
  );
  const ben = bench.site.users().find((user) => user.name.startsWith('Ben'))?.accountId;
  await bench.put(`issue/${key}/assignee`, { accountId: ben });
  await bench.post(`issue/${key}/transitions`, { transition: { id: '151' } });
  const comment = (await bench.post(`issue/${key}/comment`, { body: says('one') })).body;
  await bench.put(`issue/${key}/comment/${comment.id}`, { body: says('two') });
  await bench.call('DELETE', `issue/${key}/comment/${comment.id}`);
  await bench.call('DELETE', `issue/${key}`);
  expect(bench.events.map((event) => event.eventType.slice(9))).toEqual([
    'created:issue',
    'updated:issue',
    'updated:issue',
    'assigned:issue',
    'updated:issue',
    'commented:issue',
    'commented:issue',
    'deleted:comment',
    'deleted:issue',
  ]);
  const [, edited, , , moved, commented] = bench.events;
  expect(edited?.trace).toBe('t-1');
  expect(edited?.actor).toMatchObject({ kind: 'app' });
  const issue = edited?.payload['issue'] as { fields: object };
  expect(Object.keys(issue.fields).sort()).toEqual([
    'assignee',
    'created',
    'creator',
    'issuetype',
    'project',
    'reporter',
    'status',
    'summary',
    'updated',
  ]);
  expect(edited?.payload['changelog']).toMatchObject({ items: [{ field: 'priority', toString: 'High' }] });
  expect(moved?.payload['associatedStatuses']).toHaveLength(2);
  expect(commented?.payload['comment']).not.toHaveProperty('body');
});

test('a refused write makes no event, and a link change tells of no changelog', async () => {
  const bench = benchOf('acme');
  await bench.put('issue/SUP-5', { fields: { summary: '' } });
  expect(bench.events).toEqual([]);
  await bench.post('issueLink', {
    type: { name: 'Relates' },
    inwardIssue: { key: 'SUP-4' },
    outwardIssue: { key: 'SUP-6' },
  });
  expect(bench.events.map((event) => event.eventType.slice(9))).toEqual([
    'updated:issue',
    'updated:issue',
    'created:issuelink',
  ]);
  expect(bench.events[0]?.payload).not.toHaveProperty('changelog');
});

/** Writes as fast as they come: the bench's own pause is taken back. */
async function burst(
  bench: Bench,
  count: number,
  write: (n: number) => Promise<{ status: number; headers: Headers }>,
) {
  const answers = [];
  for (let n = 0; n < count; n++) {
    bench.pass(-2_000);
    answers.push(await write(n));
  }
  return answers;
}

test('twenty writes to one issue in two seconds, then 429 with its headers', async () => {
  const bench = benchOf('acme');
  const answers = await burst(bench, 21, (n) =>
    bench.put('issue/SUP-5', { fields: { summary: `Number ${n}` } }),
  );
  expect(answers.filter((answer) => answer.status === 204)).toHaveLength(20);
  const last = answers.at(-1);
  expect(last?.status).toBe(429);
  expect(last?.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write');
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect((await bench.put('issue/SUP-4', { fields: { summary: 'Another issue' } })).status).toBe(204);
  bench.pass(2_000);
  expect((await bench.put('issue/SUP-5', { fields: { summary: 'Again' } })).status).toBe(204);
});

test('an endpoint that is asked too fast answers jira-burst-based', async () => {
  const bench = benchOf('acme');
  const answers = await burst(bench, 101, () => bench.get('project/SUP'));
  expect(answers.at(-1)?.headers.get('ratelimit-reason')).toBe('jira-burst-based');
  expect((await bench.get('project/DEV')).status).toBe(200);
});

test('the app pays points by the hour, people do not', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  const first = await bench.post('search/jql', { jql: 'created > -5000d', maxResults: 5000 });
  const price = Number(first.headers.get('x-emulator-points'));
  expect(first.headers.get('x-ratelimit-remaining')).toBe(String(POINTS_PER_HOUR - price));
  for (let spent = price; spent < POINTS_PER_HOUR; spent += price) {
    bench.pass(-1_980);
    await bench.post('search/jql', { jql: 'created > -5000d', maxResults: 5000 });
  }
  const over = await bench.get('issue/SUP-5');
  expect(over.status).toBe(429);
  expect(over.headers.get('ratelimit-reason')).toBe('jira-quota-global-based');
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(600);
  bench.as('Ada');
  expect((await bench.get('issue/SUP-5')).status).toBe(200);
  bench.as('app');
  bench.pass(3_600_000);
  expect((await bench.get('issue/SUP-5')).status).toBe(200);
});
