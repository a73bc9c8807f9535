/** Sizes and numbers that Jira refuses: each limit of `jira/limits.ts` which no test of semantics hits. */
import { type Bench, benchOf, says } from './jira-bench';

const numbers = (count: number, from = 10_000) => Array.from({ length: count }, (_, at) => String(from + at));

/** A body that is refused for its size alone, and the same with one less, which is refused for another reason or taken. */
interface Sized {
  method: string;
  path: string;
  body: (count: number) => unknown;
  limit: number;
  text: string;
}

const SIZED: Record<string, Sized> = {
  'issues created at once': {
    method: 'POST',
    path: 'issue/bulk',
    body: (count) => ({
      issueUpdates: numbers(count).map((id) => ({
        fields: { project: { key: 'SUP' }, issuetype: { name: 'Bug' }, summary: `bug ${id}` },
      })),
    }),
    limit: 50,
    text: 'The maximum number of issues that can be created at once is 50.',
  },
  'issues fetched at once': {
    method: 'POST',
    path: 'issue/bulkfetch',
    body: (count) => ({ issueIdsOrKeys: numbers(count), fields: ['summary'] }),
    limit: 100,
    text: 'The maximum number of issues that can be fetched is 100.',
  },
  'properties fetched with issues': {
    method: 'POST',
    path: 'issue/bulkfetch',
    body: (count) => ({ issueIdsOrKeys: ['SUP-1'], properties: numbers(count) }),
    limit: 5,
    text: 'The maximum number of properties that can be fetched is 5.',
  },
  'properties of a search': {
    method: 'POST',
    path: 'search/jql',
    body: (count) => ({ jql: 'project = SUP', properties: numbers(count) }),
    limit: 5,
    text: 'At most 5 properties can be asked for.',
  },
  'issues of a bulk changelog': {
    method: 'POST',
    path: 'changelog/bulkfetch',
    body: (count) => ({ issueIdsOrKeys: numbers(count) }),
    limit: 1000,
    text: 'Between 1 and 1000 issues can be asked for.',
  },
  'fields of a bulk changelog': {
    method: 'POST',
    path: 'changelog/bulkfetch',
    body: (count) => ({ issueIdsOrKeys: ['SUP-1'], fieldIds: numbers(count) }),
    limit: 10,
    text: 'At most 10 fields can be asked for.',
  },
  'comments asked for by id': {
    method: 'POST',
    path: 'comment/list',
    body: (count) => ({ ids: numbers(count).map(Number) }),
    limit: 1000,
    text: 'Between 1 and 1000 ids can be asked for.',
  },
  'issues of a bulk operation': {
    method: 'POST',
    path: 'bulk/issues/delete',
    body: (count) => ({ selectedIssueIdsOrKeys: numbers(count, 9_000_000) }),
    limit: 1000,
    text: 'The maximum number of issues for one bulk operation is 1000.',
  },
  'fields of a bulk edit': {
    method: 'POST',
    path: 'bulk/issues/fields',
    body: (count) => ({
      selectedIssueIdsOrKeys: ['SUP-1'],
      selectedActions: numbers(count),
      editedFieldsInput: {},
    }),
    limit: 200,
    text: 'The maximum number of fields for one bulk edit is 200.',
  },
  'properties set in bulk': {
    method: 'POST',
    path: 'issue/properties',
    body: (count) => ({
      entitiesIds: [1],
      properties: Object.fromEntries(numbers(count).map((key) => [key, 1])),
    }),
    limit: 10,
    text: 'At most 10 properties can be set at once.',
  },
  'issues of a bulk property': {
    method: 'POST',
    path: 'issue/properties',
    body: (count) => ({ entitiesIds: numbers(count).map(Number), properties: { a: 1 } }),
    limit: 10_000,
    text: 'Invalid request payload',
  },
  'issues of several properties': {
    method: 'POST',
    path: 'issue/properties/multi',
    body: (count) => ({
      issues: numbers(count).map((id) => ({ issueID: Number(id), properties: { a: 1 } })),
    }),
    limit: 100,
    text: 'Invalid request payload',
  },
};

test.each(Object.keys(SIZED))('%s', async (name) => {
  const { method, path, body, limit, text } = SIZED[name] as Sized;
  const bench = benchOf('acme');
  bench.as('Ada');
  const within = await bench.call(method, path, body(limit));
  expect(JSON.stringify(within.body ?? '')).not.toContain(text);
  const beyond = await bench.call(method, path, body(limit + 1));
  expect(beyond.status).toBe(400);
  expect(JSON.stringify(beyond.body)).toContain(text);
});

test('of more than 1000 named issues the first 1000 are archived: 412', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const names = ['SUP-1', ...numbers(1000, 9_000_000)];
  const answer = await bench.put('issue/archive', { issueIdsOrKeys: names });
  expect([answer.status, answer.body.errorMessages]).toEqual([
    412,
    ['Only the first 1000 issues of the request were processed.'],
  ]);
  expect((await bench.put(`issue/SUP-1`, { fields: { summary: 'no' } })).status).toBe(403);
});

test('100,000 issues are archived by one query, not one more', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id } = (await bench.get('issue/SUP-1')).body;
  multiply(bench, 'issues', (row) => row['id'] === id, 100_000);
  const answer = await bench.post('issue/archive', { jql: 'project = SUP' });
  expect([answer.status, answer.body.errorMessages]).toEqual([
    400,
    ['At most 100000 issues can be archived by one request.'],
  ]);
}, 60_000);

test('a search page has 50 issues unless asked, 100 with fields and 5000 of ids', async () => {
  const bench = benchOf('acme');
  const { id } = (await bench.get('issue/SUP-1')).body;
  multiply(bench, 'issues', (row) => row['id'] === id, 5100);
  const found = async (body: object) => {
    const answer = await bench.post('search/jql', { jql: 'project = SUP', ...body });
    return answer.body.issues.length;
  };
  expect(await found({})).toBe(50);
  expect(await found({ maxResults: 6000, fields: ['summary'] })).toBe(100);
  expect(await found({ maxResults: 6000 })).toBe(5000);
}, 30_000);

type Row = Record<string, unknown> & { id: string };

/** Copies the first row that `like` holds for, under new ids, until the table has `count` rows more; as if written long ago. */
function multiply(bench: Bench, table: string, like: (row: Row) => boolean, count: number): void {
  const snapshot = bench.site.snapshot() as Record<string, Row[]>;
  const rows = snapshot[table] ?? [];
  const model = rows.find(like);
  if (!model) throw new Error(`no such row in ${table}`);
  const copies = numbers(count, 5_000_000).map((id) => ({ ...model, id, key: `SUP-${id}` }));
  const { searchIndex: _, ...tables } = snapshot;
  bench.site.restore({ ...tables, [table]: [...rows, ...copies] });
}

interface PerIssue {
  table: string;
  limit: number;
  add: (bench: Bench) => ReturnType<Bench['post']>;
}

const linkTo = (key: string) => ({
  type: { name: 'Relates' },
  inwardIssue: { key: 'SUP-1' },
  outwardIssue: { key },
});

function upload(bench: Bench): ReturnType<Bench['post']> {
  const form = new FormData();
  form.append('file', new File(['text'], 'a.txt'));
  return bench.call('POST', 'issue/SUP-1/attachments', form, { 'x-atlassian-token': 'no-check' });
}

const PER_ISSUE: Record<string, PerIssue> = {
  comments: {
    table: 'comments',
    limit: 5000,
    add: (bench) => bench.post('issue/SUP-1/comment', { body: says('more') }),
  },
  worklogs: {
    table: 'worklogs',
    limit: 5000,
    add: (bench) => bench.post('issue/SUP-1/worklog', { timeSpent: '1m' }),
  },
  attachments: { table: 'attachments', limit: 2000, add: upload },
  'issue links': {
    table: 'links',
    limit: 2000,
    add: (bench) => bench.post('issueLink', linkTo(`SUP-${3 + bench.events.length}`)),
  },
};

test.each(Object.keys(PER_ISSUE))(
  'an issue has so many %s and no more: 413',
  async (name) => {
    const { table, limit, add } = PER_ISSUE[name] as PerIssue;
    const bench = benchOf('acme');
    bench.as('Ada');
    const rowsBefore = new Set(
      ((bench.site.snapshot() as Record<string, Row[]>)[table] ?? []).map(({ id }) => id),
    );
    expect((await add(bench)).status).toBeLessThan(300);
    const { id } = (await bench.get('issue/SUP-1?fields=summary')).body;
    const ofIssue = ((bench.site.snapshot() as Record<string, Row[]>)[table] ?? []).filter((row) =>
      Object.values(row).includes(id),
    );
    multiply(bench, table, (row) => !rowsBefore.has(row.id), limit - ofIssue.length);
    const beyond = await add(bench);
    expect(beyond.status).toBe(413);
    expect(beyond.body.errorMessages[0]).toBe(`The issue has reached the limit of ${limit} ${name}.`);
  },
  30_000,
);
