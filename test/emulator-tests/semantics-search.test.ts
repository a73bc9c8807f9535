/** Search: ids alone, tokens, bounds, and an index that lags and is not monotonic (jira.md section 5, Search). */
import { createRandom } from '../emulator/core/random';
import { type Bench, benchOf, bug, says } from './jira-bench';

const LAG = 60_000;

async function keys(bench: Bench, jql: string, more: Record<string, unknown> = {}): Promise<string[]> {
  const answer = await bench.post('search/jql', { jql, fields: ['summary'], maxResults: 100, ...more });
  expect(answer.status).toBe(200);
  return answer.body.issues.map((issue: { key: string }) => issue.key);
}

test('without `fields` an issue is its id and nothing else; `fields` is undefined [live]', async () => {
  const bench = benchOf('acme');
  for (const answer of [
    await bench.post('search/jql', { jql: 'key = SUP-3' }),
    await bench.get('search/jql?jql=key%20%3D%20SUP-3'),
  ]) {
    expect(answer.body).toEqual({ issues: [{ id: expect.stringMatching(/^\d+$/) }], isLast: true });
  }
});

test('there is no total, and nextPageToken is absent on the last page [spec]', async () => {
  const bench = benchOf('acme');
  const first = (await bench.post('search/jql', { jql: 'project = SUP ORDER BY key', maxResults: 15 })).body;
  expect(Object.keys(first).sort()).toEqual(['isLast', 'issues', 'nextPageToken']);
  const last = (
    await bench.post('search/jql', {
      jql: 'project = SUP ORDER BY key',
      maxResults: 15,
      nextPageToken: first.nextPageToken,
    })
  ).body;
  expect(Object.keys(last).sort()).toEqual(['isLast', 'issues']);
  expect(last.isLast).toBe(true);
});

test('a token of another query and a token of nobody are 400', async () => {
  const bench = benchOf('acme');
  const { nextPageToken } = (await bench.post('search/jql', { jql: 'project = SUP', maxResults: 2 })).body;
  expect((await bench.post('search/jql', { jql: 'project = DEV', nextPageToken })).status).toBe(400);
  expect((await bench.post('search/jql', { jql: 'project = SUP', nextPageToken: 'x' })).status).toBe(400);
});

test.each([
  ['POST', 'search/jql', { jql: '' }],
  ['POST', 'search/jql', { jql: 'ORDER BY created DESC' }],
  ['POST', 'search/approximate-count', { jql: '' }],
  ['POST', 'search/approximate-count', { jql: 'order by key' }],
])('an unbounded query is refused: %s %s %j [spec]', async (method, path, body) => {
  const answer = await benchOf('acme').call(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages[0]).toMatch(/Unbounded JQL queries are not allowed/);
});

test('bare words are a text search; an unfinished quotation is 400 [live]', async () => {
  const bench = benchOf('acme');
  expect(await keys(bench, 'byte order mark')).toEqual(['DEV-19']);
  expect((await bench.post('search/jql', { jql: '"open' })).status).toBe(400);
  expect((await bench.post('search/jql', { jql: 'summary ~ "open' })).status).toBe(400);
});

test('at most 50 issues are reconciled and at most 7 fields sorted by [spec]', async () => {
  const bench = benchOf('acme');
  const ids = (count: number) => Array.from({ length: count }, (_, at) => 10_000 + at);
  const ask = (more: Record<string, unknown>) => bench.post('search/jql', { jql: 'project = SUP', ...more });
  expect((await ask({ reconcileIssues: ids(50) })).status).toBe(200);
  expect((await ask({ reconcileIssues: ids(51) })).status).toBe(400);
  expect((await ask({ properties: ['a', 'b', 'c', 'd', 'e', 'f'] })).status).toBe(400);
  expect((await ask({ jql: `project = SUP ORDER BY ${Array(8).fill('key').join(', ')}` })).status).toBe(400);
});

/** Whether a new issue is found, asked every two seconds for the length of the lag. */
async function sightings(seed: number): Promise<boolean[]> {
  const bench = benchOf('acme', { random: createRandom(seed) });
  bench.site.setIndexLag(LAG);
  const { key } = (await bench.post('issue', bug('Flicker'))).body;
  const seen: boolean[] = [];
  for (let asked = 0; asked < LAG / 2_000 + 2; asked += 1) {
    seen.push((await keys(bench, 'summary ~ Flicker')).includes(key));
  }
  return seen;
}

test('a new issue appears, vanishes and appears again before it stays [live]', async () => {
  const seen = await sightings(3);
  expect(seen[0]).toBe(false);
  expect(seen.slice(-2)).toEqual([true, true]);
  const turns = seen.filter((now, at) => at > 0 && now !== seen[at - 1]).length;
  expect(turns).toBeGreaterThanOrEqual(3);
});

test('the same seed flickers the same way, another one otherwise', async () => {
  const first = await sightings(3);
  expect(await sightings(3)).toEqual(first);
  const others = await Promise.all([4, 5, 6].map(sightings));
  expect(others.some((seen) => JSON.stringify(seen) !== JSON.stringify(first))).toBe(true);
});

test('an edited issue is found by its old and its new value in turns, a deleted one still for a while [live]', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(LAG);
  await bench.put('issue/SUP-5', { fields: { labels: ['moved'] } });
  await bench.call('DELETE', 'issue/SUP-22');
  const states = new Set<string>();
  for (let asked = 0; asked < LAG / 4_000; asked += 1) {
    states.add(
      [await keys(bench, 'labels = moved'), await keys(bench, 'labels = usability')].map(String).join('|'),
    );
  }
  expect(states).toContain('|SUP-22');
  expect(states.size).toBeGreaterThan(1);
  bench.pass(LAG);
  expect(await keys(bench, 'labels = moved')).toEqual(['SUP-5']);
  expect(await keys(bench, 'labels = usability')).toEqual([]);
});

test('reconcileIssues shows the named issues as they are, and no others [spec]', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(LAG);
  const one = (await bench.post('issue', bug('Fresh one'))).body;
  await bench.post('issue', bug('Fresh two'));
  expect(await keys(bench, 'summary ~ Fresh', { reconcileIssues: [Number(one.id)] })).toEqual([one.key]);
});

test('bulkfetch, GET and jql/match read the store, whatever the index has [spec]', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(LAG);
  const { id, key } = (await bench.post('issue', bug('Fresh'))).body;
  expect(await keys(bench, 'summary ~ Fresh')).toEqual([]);
  const fetched = (await bench.post('issue/bulkfetch', { issueIdsOrKeys: [id], fields: ['summary'] })).body;
  expect(fetched.issues[0]).toMatchObject({ key, fields: { summary: 'Fresh' } });
  expect((await bench.get(`issue/${id}`)).status).toBe(200);
  const matched = await bench.post('jql/match', { issueIds: [Number(id)], jqls: ['summary ~ Fresh'] });
  expect(matched.body.matches[0].matchedIssues).toEqual([Number(id)]);
});

test('a comment is found when the index has caught up, not before', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(LAG);
  await bench.post('issue/SUP-5/comment', { body: says('quagmire') });
  expect(await keys(bench, 'comment ~ quagmire')).toEqual([]);
  expect(await keys(bench, 'text ~ quagmire', { reconcileIssues: [await idOf(bench, 'SUP-5')] })).toEqual([
    'SUP-5',
  ]);
  bench.pass(LAG);
  expect(await keys(bench, 'comment ~ quagmire')).toEqual(['SUP-5']);
});

const idOf = async (bench: Bench, key: string) => Number((await bench.get(`issue/${key}`)).body.id);

test('what the index had before a restart it has after it', async () => {
  const bench = benchOf('acme');
  const before = await keys(bench, 'labels = usability');
  await bench.put(`issue/${before[0]}`, { fields: { labels: [] } });
  const saved = JSON.parse(JSON.stringify(bench.site.snapshot()));
  bench.site.restore(saved);
  bench.site.setIndexLag(LAG);
  expect(await keys(bench, 'labels = usability')).toEqual(before);
  bench.pass(LAG);
  expect(await keys(bench, 'labels = usability')).toEqual(before.slice(1));
});
