/** What hangs on an issue: properties, links, remote links, worklogs (jira.md section 5). */
import { type Bench, benchOf, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;
const bodyOf = async (bench: Bench, path: string): Promise<Json> => (await bench.get(path)).body;

describe('properties', () => {
  test.each([
    ['issue', 'issue/SUP-5/properties/sync'],
    ['project', 'project/SUP/properties/sync'],
  ])(
    'of an %s: 201 first, 200 later, both empty; the raw value, replaced and not merged [obs cstk, live]',
    async (_of, path) => {
      const bench = benchOf('acme');
      const first = await bench.put(path, { a: 1 });
      const second = await bench.put(path, { b: 2 });
      expect([first.status, first.body, second.status, second.body]).toEqual([
        201,
        undefined,
        200,
        undefined,
      ]);
      expect(await bodyOf(bench, path)).toEqual({ key: 'sync', value: { b: 2 } });
      expect((await bench.call('DELETE', path)).status).toBe(204);
      expect((await bench.get(path)).status).toBe(404);
      expect((await bench.call('DELETE', path)).status).toBe(404);
    },
  );

  test.each([['a string'], [12], [true], [[1, 2]], [{ deep: { er: null } }]])(
    '%j is a value',
    async (value) => {
      const bench = benchOf('acme');
      expect((await bench.put('issue/SUP-5/properties/p', value)).status).toBe(201);
      expect((await bodyOf(bench, 'issue/SUP-5/properties/p')).value).toEqual(value);
    },
  );

  test('32,768 bytes and 255 characters of key are taken, one more is not [doc]', async () => {
    const bench = benchOf('acme');
    const put = async (key: string, size: number) =>
      (await bench.put(`issue/SUP-5/properties/${key}`, 'x'.repeat(size - 2))).status;
    expect([await put('a', 32_768), await put('a', 32_769)]).toEqual([201, 400]);
    expect([await put('k'.repeat(255), 10), await put('k'.repeat(256), 10)]).toEqual([201, 400]);
    // Bytes, not characters: each of these takes two.
    expect((await bench.put('issue/SUP-5/properties/b', 'é'.repeat(16_384))).status).toBe(400);
  });

  test('a property leaves `updated` and the changelog alone', async () => {
    const bench = benchOf('acme');
    const before = (await bodyOf(bench, 'issue/SUP-5')).fields.updated;
    await bench.put('issue/SUP-5/properties/p', 1);
    expect((await bodyOf(bench, 'issue/SUP-5')).fields.updated).toBe(before);
  });
});

describe('links', () => {
  const blocks = (from: string, to: string) => ({
    type: { name: 'Blocks' },
    inwardIssue: { key: from },
    outwardIssue: { key: to },
  });
  const linksOf = async (bench: Bench, key: string): Promise<Json[]> =>
    (await bodyOf(bench, `issue/${key}`)).fields.issuelinks;

  test('201 with an empty body; each end carries the other, one id on both sides [live]', async () => {
    const bench = benchOf('acme');
    const answer = await bench.post('issueLink', blocks('SUP-6', 'SUP-7'));
    expect([answer.status, answer.body]).toEqual([201, undefined]);
    const [there] = await linksOf(bench, 'SUP-6');
    const [back] = await linksOf(bench, 'SUP-7');
    expect(there.id).toBe(back.id);
    expect(there).toMatchObject({
      type: { name: 'Blocks', outward: 'blocks' },
      outwardIssue: { key: 'SUP-7' },
    });
    expect(there).not.toHaveProperty('inwardIssue');
    expect(back.inwardIssue.key).toBe('SUP-6');
  });

  test('the same link again makes no second one', async () => {
    const bench = benchOf('acme');
    for (const _ of [1, 2])
      expect((await bench.post('issueLink', blocks('SUP-6', 'SUP-7'))).status).toBe(201);
    expect(await linksOf(bench, 'SUP-6')).toHaveLength(1);
  });

  test('a comment that is refused takes the link with it [spec]', async () => {
    const bench = benchOf('acme');
    const answer = await bench.post('issueLink', { ...blocks('SUP-6', 'SUP-7'), comment: { body: 'plain' } });
    expect(answer.status).toBe(400);
    expect(await linksOf(bench, 'SUP-6')).toEqual([]);
    await bench.post('issueLink', { ...blocks('SUP-6', 'SUP-7'), comment: { body: says('Linked') } });
    expect((await bodyOf(bench, 'issue/SUP-6')).fields.comment.comments.at(-1).body).toEqual(says('Linked'));
  });

  test('an unknown type or issue is 404, a link to itself 400 [spec]', async () => {
    const bench = benchOf('acme');
    expect(
      (await bench.post('issueLink', { ...blocks('SUP-6', 'SUP-7'), type: { name: 'Hugs' } })).status,
    ).toBe(404);
    expect((await bench.post('issueLink', blocks('SUP-6', 'SUP-999'))).status).toBe(404);
    expect((await bench.post('issueLink', blocks('SUP-6', 'SUP-6'))).status).toBe(400);
  });

  test('an end that the reader may not see is left out', async () => {
    const bench = benchOf('acme');
    await bench.post('issueLink', blocks('SUP-6', 'SUP-16'));
    expect(await linksOf(bench, 'SUP-6')).toHaveLength(1);
    bench.as('Carla');
    expect(await linksOf(bench, 'SUP-6')).toEqual([]);
  });

  test('a remote link with the same globalId is updated in place: 201, then 200 [live, spec]', async () => {
    const bench = benchOf('acme');
    const post = (title: string) =>
      bench.post('issue/SUP-6/remotelink', { globalId: 'g=1', object: { url: 'https://a.example', title } });
    const [first, second] = [await post('One'), await post('Two')];
    expect([first.status, second.status, second.body.id]).toEqual([201, 200, first.body.id]);
    const all = await bodyOf(bench, 'issue/SUP-6/remotelink');
    expect(all.map((row: Json) => row.object.title)).toEqual(['Two']);
    expect((await bench.get('issue/SUP-6/remotelink?globalId=g%3D1')).body.id).toBe(first.body.id);
  });
});

describe('worklogs', () => {
  test.each([
    ['1h 30m', 5_400],
    ['1d', 28_800],
    ['1w', 144_000],
    ['2h', 7_200],
    ['45', 2_700],
  ])('"%s" is %i seconds [live]', async (timeSpent, seconds) => {
    const made = await benchOf('acme').post('issue/SUP-5/worklog', { timeSpent });
    expect([made.status, made.body.timeSpentSeconds]).toEqual([201, seconds]);
  });

  test.each(['soon', '1x', '-1h', '', '0m'])('"%s" is 400 [live]', async (timeSpent) => {
    expect((await benchOf('acme').post('issue/SUP-5/worklog', { timeSpent })).status).toBe(400);
  });

  test.each<[query: string, remaining: string | undefined]>([
    ['', '2h'],
    ['?adjustEstimate=auto', '2h'],
    ['?adjustEstimate=leave', '3h'],
    ['?adjustEstimate=new&newEstimate=5h', '5h'],
    ['?adjustEstimate=manual&reduceBy=30m', '2h 30m'],
  ])('an hour moves the time tracking, with %s to %s left [live, spec]', async (query, remaining) => {
    const bench = benchOf('acme');
    await bench.put('issue/SUP-5', {
      fields: { timetracking: { originalEstimate: '4h', remainingEstimate: '3h' } },
    });
    expect((await bench.post(`issue/SUP-5/worklog${query}`, { timeSpent: '1h' })).status).toBe(201);
    const { timetracking } = (await bodyOf(bench, 'issue/SUP-5')).fields;
    expect(timetracking).toMatchObject({ timeSpent: '1h', remainingEstimate: remaining });
  });

  test('a worklog is restricted like a comment, on create and on edit [spec]', async () => {
    const bench = benchOf('acme');
    const visibility = { type: 'group', value: 'support-leads' };
    const { id } = (await bench.post('issue/SUP-5/worklog', { timeSpent: '1h', visibility })).body;
    bench.as('Carla');
    expect((await bench.get(`issue/SUP-5/worklog/${id}`)).status).toBe(404);
    bench.as('Ada');
    await bench.put(`issue/SUP-5/worklog/${id}`, { timeSpent: '2h' });
    expect((await bodyOf(bench, `issue/SUP-5/worklog/${id}`)).visibility).toMatchObject(visibility);
    expect((await bench.put(`issue/SUP-5/worklog/${id}`, { visibility: null })).status).toBe(400);
    const role = { type: 'role', value: 'Administrators' };
    await bench.put(`issue/SUP-5/worklog/${id}`, { timeSpent: '2h', visibility: role });
    expect((await bodyOf(bench, `issue/SUP-5/worklog/${id}`)).visibility).toMatchObject(role);
  });

  test('an edit and a deletion move it back [live]', async () => {
    const bench = benchOf('acme');
    const { id } = (await bench.post('issue/SUP-5/worklog', { timeSpent: '3h' })).body;
    const spent = async () => (await bodyOf(bench, 'issue/SUP-5')).fields.timespent;
    await bench.put(`issue/SUP-5/worklog/${id}`, { timeSpent: '1h' });
    expect(await spent()).toBe(3_600);
    await bench.call('DELETE', `issue/SUP-5/worklog/${id}`);
    expect(await spent()).toBe(0);
    expect((await bench.get(`issue/SUP-5/worklog/${id}`)).status).toBe(404);
  });
});
