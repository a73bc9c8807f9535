/** Comments: documents and strings, restriction, properties, jsdPublic (jira.md section 5, Comments/ADF). */
import { type Bench, benchOf, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;
const add = (bench: Bench, text: string, more: Record<string, unknown> = {}) =>
  bench.post('issue/SUP-4/comment', { body: says(text), ...more });
const texts = async (bench: Bench) => JSON.stringify((await bench.get('issue/SUP-4/comment')).body.comments);

test('`updated` equals `created` on create, and only `updated` moves on edit [live]', async () => {
  const bench = benchOf('acme');
  const made = (await add(bench, 'One')).body;
  expect(made.updated).toBe(made.created);
  const edited = (await bench.put(`issue/SUP-4/comment/${made.id}`, { body: says('Two') })).body;
  expect(edited.created).toBe(made.created);
  expect(edited.updated > made.updated).toBe(true);
});

test('DELETE is 204, then the comment is 404 [live]', async () => {
  const bench = benchOf('acme');
  const { id } = (await add(bench, 'Gone soon')).body;
  expect((await bench.call('DELETE', `issue/SUP-4/comment/${id}`)).status).toBe(204);
  for (const method of ['GET', 'DELETE'])
    expect((await bench.call(method, `issue/SUP-4/comment/${id}`)).status).toBe(404);
});

test('version 3 speaks documents, version 2 strings, of the same stored comment [live]', async () => {
  const bench = benchOf('acme');
  const { id } = (await bench.post('/rest/api/2/issue/SUP-4/comment', { body: 'Plain words' })).body;
  expect((await bench.get(`issue/SUP-4/comment/${id}`)).body.body).toEqual(says('Plain words'));
  const listed = (await bench.get('/rest/api/2/issue/SUP-4/comment')).body.comments;
  expect(listed.find((row: Json) => row.id === id).body).toBe('Plain words');
  expect((await bench.post('issue/SUP-4/comment', { body: 'Plain words' })).status).toBe(400);
});

test.each<[name: string, visibility: Record<string, unknown>, reads: string[], not: string[]]>([
  ['role', { type: 'role', value: 'Administrators' }, ['Ada', 'Ben'], ['Carla', 'Frank', 'app']],
  ['role by id', { type: 'role', identifier: '10007' }, ['Ben', 'Carla', 'app'], ['Frank', 'Noor']],
  ['group', { type: 'group', value: 'support-leads' }, ['Ada', 'Ben'], ['Carla', 'app']],
])(
  'a comment for a %s is read by its members only, whatever else they may [doc]',
  async (_name, visibility, reads, not) => {
    const bench = benchOf('acme');
    bench.as('Ben');
    const { id } = (await add(bench, 'For some', { visibility })).body;
    for (const who of reads) {
      bench.as(who);
      expect([who, await texts(bench)]).toEqual([who, expect.stringContaining('For some')]);
    }
    for (const who of not) {
      bench.as(who);
      expect([who, (await texts(bench)).includes('For some')]).toEqual([who, false]);
      expect((await bench.get(`issue/SUP-4/comment/${id}`)).status).toBe(404);
      expect((await bench.get('search/jql?jql=comment%20~%20%22For%20some%22')).body.issues).toEqual([]);
    }
  },
);

test('one may restrict to a role or group one is in, to no other [doc]', async () => {
  const bench = benchOf('acme');
  bench.as('Carla');
  for (const visibility of [
    { type: 'role', value: 'Administrators' },
    { type: 'group', value: 'support-leads' },
  ]) {
    const answer = await add(bench, 'x', { visibility });
    expect([answer.status, answer.body.errors.commentLevel]).toEqual([
      400,
      expect.stringMatching(/not a member/),
    ]);
  }
});

test('an edit keeps the restriction unless it names another; null is not one [spec]', async () => {
  const bench = benchOf('acme');
  const { id } = (await add(bench, 'x', { visibility: { type: 'group', value: 'support-leads' } })).body;
  const edit = (more: Record<string, unknown>) =>
    bench.put(`issue/SUP-4/comment/${id}`, { body: says('y'), ...more });
  expect((await edit({})).body.visibility).toMatchObject({ type: 'group', value: 'support-leads' });
  expect((await edit({ visibility: null })).status).toBe(400);
  const role = { type: 'role', value: 'Administrators' };
  expect((await edit({ visibility: role })).body.visibility).toMatchObject(role);
});

test('properties are written with the comment, at once, and shown on request [spec]', async () => {
  const bench = benchOf('acme');
  const { id } = (await add(bench, 'x', { properties: [{ key: 'origin', value: { id: 7 } }] })).body;
  expect((await bench.get(`comment/${id}/properties/origin`)).body).toEqual({
    key: 'origin',
    value: { id: 7 },
  });
  expect((await bench.get(`issue/SUP-4/comment/${id}`)).body).not.toHaveProperty('properties');
  expect((await bench.get(`issue/SUP-4/comment/${id}?expand=properties`)).body.properties).toEqual([
    { key: 'origin', value: { id: 7 } },
  ]);
  await bench.put(`issue/SUP-4/comment/${id}`, { body: says('y'), properties: [{ key: 'other', value: 1 }] });
  expect((await bench.get(`comment/${id}/properties`)).body.keys.map((row: Json) => row.key)).toEqual([
    'origin',
    'other',
  ]);
});

test('jsdPublic is told and not taken; internal is the property sd.public.comment [doc]', async () => {
  const bench = benchOf('acme');
  expect((await add(bench, 'x', { jsdPublic: false })).body.jsdPublic).toBe(true);
  const properties = [{ key: 'sd.public.comment', value: { internal: true } }];
  expect((await add(bench, 'x', { properties })).body.jsdPublic).toBe(false);
});

test('comments come oldest first, by page, newest first on request', async () => {
  const bench = benchOf('acme');
  for (const text of ['p', 'q', 'r']) await add(bench, text);
  const all = (await bench.get('issue/SUP-4/comment')).body;
  const newest = (await bench.get('issue/SUP-4/comment?orderBy=-created&maxResults=2')).body;
  expect(newest.comments.map((row: Json) => row.id)).toEqual(
    all.comments
      .slice(-2)
      .reverse()
      .map((row: Json) => row.id),
  );
  expect(newest).toMatchObject({ startAt: 0, maxResults: 2, total: all.total });
});
