/** Archiving, properties of many issues, old create metadata, suggestions, limits and mails. */
import { type Bench, benchOf, bug } from './jira-bench';

const LONG = 60_000;

async function bugOf(bench: Bench, summary: string): Promise<{ id: string; key: string }> {
  return (await bench.post('issue', bug(summary))).body;
}

const found = async (bench: Bench, jql: string) =>
  (await bench.get(`search/jql?jql=${encodeURIComponent(jql)}&fields=key`)).body.issues.map(
    (row: { key: string }) => row.key,
  );

test('an archived issue is read by key, not found by search, and changes no more', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = await bugOf(bench, 'to the attic');
  const answer = await bench.put('issue/archive', { issueIdsOrKeys: [key, 'SUP-99999'] });
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      numberOfIssuesUpdated: 1,
      errors: { issuesNotFound: { count: 1, issueIdsOrKeys: ['SUP-99999'], message: 'Issue not found.' } },
    },
  ]);
  expect((await bench.get(`issue/${key}?fields=summary`)).status).toBe(200);
  expect(await found(bench, `key = ${key}`)).toEqual([]);
  expect((await bench.put(`issue/${key}`, { fields: { summary: 'no' } })).status).toBe(403);
  expect((await bench.put('issue/unarchive', { issueIdsOrKeys: [key] })).body.numberOfIssuesUpdated).toBe(1);
  expect(await found(bench, `key = ${key}`)).toEqual([key]);
});

test('archiving by JQL is a task; people and apps without administration may not', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = await bugOf(bench, 'by query');
  const answer = await bench.post('issue/archive', { jql: `key = ${key}` });
  expect([answer.status, answer.body]).toEqual([202, expect.stringMatching(/\/rest\/api\/3\/task\/\d+$/)]);
  bench.pass(LONG);
  const task = await bench.get(new URL(answer.body).pathname);
  expect(task.body).toMatchObject({
    status: 'COMPLETE',
    progress: 100,
    result: { numberOfIssuesUpdated: 1 },
  });
  bench.as('app');
  expect((await bench.post('issue/archive', { jql: `key = ${key}` })).status).toBe(403);
  expect((await bench.put('issue/archive', { issueIdsOrKeys: [key] })).status).toBe(403);
});

test('properties of many issues are set and deleted by tasks, all or nothing', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const [one, two] = [await bugOf(bench, 'one'), await bugOf(bench, 'two')];
  const ids = [Number(one.id), Number(two.id)];
  const set = await bench.post('issue/properties', { entitiesIds: ids, properties: { mark: { n: 1 } } });
  expect([set.status, set.body]).toEqual([303, undefined]);
  bench.pass(LONG);
  expect((await bench.get(new URL(set.headers.get('location') ?? '').pathname)).body.status).toBe('COMPLETE');
  expect((await bench.get(`issue/${two.key}/properties/mark`)).body.value).toEqual({ n: 1 });
  const multi = {
    issues: [
      { issueID: ids[0], properties: { mark: 2 } },
      { issueID: 1, properties: { a: 1 } },
    ],
  };
  const each = await bench.post('issue/properties/multi', multi);
  bench.pass(LONG);
  const { result } = (await bench.get(new URL(each.headers.get('location') ?? '').pathname)).body;
  expect(result).toMatchObject({ updated: [ids[0]], errors: { 1: [expect.any(String)] } });
  expect((await bench.put('issue/properties/seen', { value: 1, filter: { entityIds: ids } })).status).toBe(
    303,
  );
  const gone = await bench.call('DELETE', 'issue/properties/mark', { entityIds: ids, currentValue: 2 });
  expect(gone.status).toBe(303);
  bench.pass(LONG);
  expect((await bench.get(`issue/${one.key}/properties/mark`)).status).toBe(404);
  expect((await bench.get(`issue/${two.key}/properties/mark`)).status).toBe(200);
  expect((await bench.get(`issue/${one.key}/properties/seen`)).body.value).toBe(1);
});

test.each([
  [{ entitiesIds: [], properties: { a: 1 } }, 'At least one issue'],
  [{ entitiesIds: [1], properties: { a: 1 } }, 'The issue with id 1 does not exist'],
  [{ entitiesIds: [1], properties: {} }, 'At least one property'],
  [{ entitiesIds: ['x'] }, 'Invalid request payload'],
])('POST issue/properties refuses %j', async (body, text) => {
  const bench = benchOf('acme');
  const answer = await bench.post('issue/properties', body);
  expect([answer.status, answer.body.errorMessages[0]]).toEqual([400, expect.stringContaining(text)]);
});

test('the old create metadata still answers, with fields on request', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const plain = (await bench.get('issue/createmeta?projectKeys=SUP&issuetypeNames=Bug')).body;
  expect(plain.projects.map((row: { key: string }) => row.key)).toEqual(['SUP']);
  expect(plain.projects[0].issuetypes).toEqual([expect.not.objectContaining({ fields: expect.anything() })]);
  const whole = await bench.get('issue/createmeta?projectKeys=SUP&expand=projects.issuetypes.fields');
  expect(whole.body.projects[0].issuetypes[0].fields.summary).toMatchObject({
    required: true,
    key: 'summary',
  });
  bench.as('nobody');
  expect((await bench.get('issue/createmeta')).status).toBe(401);
});

test('the picker suggests from history and from a search, with the match in bold', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = await bugOf(bench, 'Blue <boat>');
  await bench.get(`issue/${key}?updateHistory=true`);
  const { sections } = (await bench.get('issue/picker?query=boat&currentJQL=project%3DSUP')).body;
  expect(sections.map((row: { id: string }) => row.id)).toEqual(['hs', 'cs']);
  expect(sections[0].issues[0]).toMatchObject({
    key,
    summary: 'Blue &lt;<b>boat</b>&gt;',
    summaryText: 'Blue <boat>',
  });
  const without = await bench.get(`issue/picker?query=boat&currentIssueKey=${key}`);
  expect(without.body.sections[0]).toMatchObject({ issues: [], msg: 'No matching issues.' });
});

test.each([
  [{ to: { reporter: true } }, 400, 'No recipients were defined for notification.'],
  [{ to: { assignee: true } }, 400, 'The issue has no assignee who could be notified.'],
  [
    { to: { users: [{ accountId: 'nobody' }] } },
    400,
    "The user with the account id 'nobody' does not exist.",
  ],
  [{ to: { groups: [{ name: 'nothing' }] } }, 400, "The group 'nothing' does not exist."],
])('notify %j', async (body, status, text) => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { key } = await bugOf(bench, 'mail');
  const answer = await bench.post(`issue/${key}/notify`, { subject: 's', textBody: 't', ...body });
  expect([answer.status, answer.body.errorMessages]).toEqual([status, [text]]);
});

test('limits, events and watching', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const { id } = await bugOf(bench, 'watched');
  expect((await bench.get('issue/limit/report')).body.limits.comment).toBe(5000);
  expect((await bench.get('events')).body[0]).toEqual({ id: 1, name: 'Issue Created' });
  const before = (await bench.post('issue/watching', { issueIds: [id, '1'] })).body.issuesIsWatching;
  await bench.post(`issue/${id}/watchers`);
  const after = (await bench.post('issue/watching', { issueIds: [id] })).body.issuesIsWatching;
  expect([before['1'], after[id]]).toEqual([false, true]);
});
