/** Ranks, epics and estimates: what moves, what the changelog says, what partial answers look like. */
import { type Bench, benchOf, bug } from './jira-bench';

const AGILE = '/rest/agile/1.0';
const RANK_FIELD = 'customfield_10019';

type Json = Record<string, unknown>;

async function task(bench: Bench, summary: string, fields: Json = {}): Promise<string> {
  const made = await bench.post(
    'issue',
    bug(summary, { project: { key: 'DEV' }, issuetype: { name: 'Task' }, ...fields }),
  );
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body.key;
}

async function tasks(bench: Bench, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let at = 0; at < count; at += 1) keys.push(await task(bench, `ranked ${at}`));
  return keys;
}

async function order(bench: Bench): Promise<string[]> {
  const jql = encodeURIComponent('summary ~ ranked ORDER BY Rank ASC');
  const { body } = await bench.get(`search/jql?fields=key&jql=${jql}`);
  return body.issues.map((row: { key: string }) => row.key);
}

const lastItems = async (bench: Bench, key: string) =>
  (await bench.get(`issue/${key}/changelog`)).body.values.at(-1)?.items;

test('a new issue ranks below all others, and the rank reads as recorded', async () => {
  const bench = benchOf('acme');
  const keys = await tasks(bench, 3);
  expect(await order(bench)).toEqual(keys);
  const { fields } = (await bench.get(`issue/${keys[0]}`)).body;
  expect(fields[RANK_FIELD]).toMatch(/^0\|[0-9a-z]{6}:[0-9a-z]*$/);
});

test('issues go before or after another, in the order given [rec: Rank from "" to "Ranked higher"]', async () => {
  const bench = benchOf('acme');
  const [a = '', b = '', c = '', d = ''] = await tasks(bench, 4);
  const rank = async (body: Json) => (await bench.call('PUT', `${AGILE}/issue/rank`, body)).status;
  bench.events.length = 0;
  expect(await rank({ issues: [d, c], rankBeforeIssue: a })).toBe(204);
  expect(await order(bench)).toEqual([d, c, a, b]);
  expect(bench.events.map((event) => event.eventType)).toEqual([
    'avi:jira:updated:issue',
    'avi:jira:updated:issue',
  ]);
  expect(await lastItems(bench, d)).toEqual([
    {
      field: 'Rank',
      fieldtype: 'custom',
      fieldId: RANK_FIELD,
      from: '',
      fromString: '',
      to: '',
      toString: 'Ranked higher',
    },
  ]);
  expect(await rank({ issues: [d], rankAfterIssue: b, rankCustomFieldId: 10019 })).toBe(204);
  expect(await order(bench)).toEqual([c, a, b, d]);
  expect((await lastItems(bench, d))[0].toString).toBe('Ranked lower');
  // Where it is already, nothing is written.
  const before = (await bench.get(`issue/${d}/changelog`)).body.total;
  expect(await rank({ issues: [d], rankAfterIssue: b })).toBe(204);
  expect((await bench.get(`issue/${d}/changelog`)).body.total).toBe(before);
});

test('there is always room between two neighbours', async () => {
  const bench = benchOf('acme');
  const [a = '', b = '', c = ''] = await tasks(bench, 3);
  for (let round = 0; round < 60; round += 1) {
    const [moved, anchor] = round % 2 === 0 ? [b, c] : [c, b];
    expect(
      (await bench.call('PUT', `${AGILE}/issue/rank`, { issues: [moved], rankBeforeIssue: anchor })).status,
    ).toBe(204);
    expect(await order(bench)).toEqual([a, moved, anchor]);
  }
});

test.each([
  [{ issues: ['DEV-2'] }],
  [{ issues: [], rankBeforeIssue: 'DEV-3' }],
  [{ issues: ['DEV-2'], rankBeforeIssue: 'DEV-3', rankAfterIssue: 'DEV-4' }],
  [{ issues: ['DEV-2'], rankBeforeIssue: 'DEV-2' }],
  [{ issues: ['DEV-2'], rankBeforeIssue: 'DEV-9999' }],
  [{ issues: ['DEV-2'], rankBeforeIssue: 'DEV-3', rankCustomFieldId: 10020 }],
  [{ issues: ['DEV-2'], rankBeforeIssue: 'DEV-3', why: 'so' }],
])('the rank request %j is refused', async (body) => {
  const bench = benchOf('acme');
  expect((await bench.call('PUT', `${AGILE}/issue/rank`, body)).status).toBe(400);
});

test('some may be ranked, some not: 207 with the fate of each; none: 403', async () => {
  const bench = benchOf('acme');
  const mine = await task(bench, 'in DEV');
  // Noor works in SUP and looks on in DEV.
  bench.as('Noor');
  const body = { issues: ['SUP-1', mine], rankBeforeIssue: 'SUP-2' };
  const answer = await bench.call('PUT', `${AGILE}/issue/rank`, body);
  const seen = answer.body.entries.map((row: Json) => [
    row['issueKey'],
    row['status'],
    typeof row['issueId'],
  ]);
  expect([answer.status, seen]).toEqual([
    207,
    [
      ['SUP-1', 200, 'number'],
      [mine, 403, 'number'],
    ],
  ]);
  expect(answer.body.entries[1].errors).toEqual([expect.stringMatching(/permission to rank/)]);
  expect((await bench.call('PUT', `${AGILE}/issue/rank`, { ...body, issues: [mine] })).status).toBe(403);
});

test('issues move into a sprint and the backlog of a board at a place', async () => {
  const bench = benchOf('acme');
  const [a = '', b = '', c = ''] = await tasks(bench, 3);
  await bench.post(`${AGILE}/sprint/43/issue`, { issues: [c], rankBeforeIssue: a });
  expect(await order(bench)).toEqual([c, a, b]);
  const back = await bench.post(`${AGILE}/backlog/1/issue`, { issues: [c], rankAfterIssue: b });
  expect([back.status, await order(bench)]).toEqual([204, [a, b, c]]);
  const fields = ['Sprint', 'Rank', 'Sprint', 'Rank'];
  const { values } = (await bench.get(`issue/${c}/changelog`)).body;
  expect(values.map((entry: { items: { field: string }[] }) => entry.items[0]?.field)).toEqual(fields);
  expect((await bench.post(`${AGILE}/backlog/1/issue`, { issues: ['SUP-1'] })).status).toBe(400);
});

test('an issue of Jira Software has texts of version 2, sprint, epic and flag [rec: issue (agile 1.0, Cloud)]', async () => {
  const bench = benchOf('acme');
  const parent = { key: 'DEV-1' };
  const key = await task(bench, 'agile', { parent, customfield_10020: 42, labels: ['x'] });
  const { body } = await bench.get(`${AGILE}/issue/${key}`);
  expect(body.self).toBe(`https://acme.atlassian.net/rest/agile/1.0/issue/${body.id}`);
  expect([body.fields.flagged, body.fields.sprint.id, body.fields.closedSprints]).toEqual([
    false,
    42,
    undefined,
  ]);
  expect(body.fields.epic).toMatchObject({
    key: 'DEV-1',
    done: expect.any(Boolean),
    color: { key: 'color_1' },
  });
  const epic = (await bench.get(`${AGILE}/issue/DEV-1?fields=description,sprint`)).body;
  expect(Object.keys(epic.fields).sort()).toEqual(['description', 'sprint']);
  expect(typeof epic.fields.description).toBe('string');
  bench.as('nobody');
  expect((await bench.get(`${AGILE}/issue/${key}`)).status).toBe(401);
});

test('issues go to an epic and leave it, with the changelog of the parent', async () => {
  const bench = benchOf('acme');
  const [a = '', b = ''] = await tasks(bench, 2);
  expect((await bench.post(`${AGILE}/epic/DEV-1/issue`, { issues: [a, b] })).status).toBe(204);
  expect((await lastItems(bench, a))[0]).toMatchObject({
    field: 'IssueParentAssociation',
    from: null,
    toString: 'DEV-1',
  });
  const inside = async () =>
    (await bench.get(`${AGILE}/epic/DEV-1/issue?fields=summary&maxResults=100`)).body.issues.map(
      (row: { key: string }) => row.key,
    );
  expect(await inside()).toEqual(expect.arrayContaining([a, b]));
  expect((await bench.post(`${AGILE}/epic/none/issue`, { issues: [a] })).status).toBe(204);
  expect(await inside()).not.toContain(a);
  const none = (await bench.get(`${AGILE}/epic/none/issue?fields=summary&maxResults=100`)).body.issues;
  expect(none.map((row: { key: string }) => row.key)).toContain(a);
});

test('only what the hierarchy allows goes to an epic, all or none', async () => {
  const bench = benchOf('acme');
  const [a = ''] = await tasks(bench, 1);
  const move = async (epic: string, issues: string[]) =>
    (await bench.post(`${AGILE}/epic/${epic}/issue`, { issues })).status;
  expect(await move('DEV-1', [a, 'DEV-1'])).toBe(400);
  expect((await bench.get(`issue/${a}`)).body.fields.parent).toBeUndefined();
  expect(await move(a, ['DEV-2'])).toBe(404);
  expect(await move('DEV-1', [a, a])).toBe(400);
  bench.as('Noor');
  expect(await move('DEV-1', [a])).toBe(403);
});

test('an epic has a name, a colour and an end of its own; its summary is that of the issue', async () => {
  const bench = benchOf('acme');
  const change = { name: 'Tariffs', summary: 'All about tariffs', color: { key: 'color_9' }, done: true };
  const { body } = await bench.post(`${AGILE}/epic/DEV-1`, change);
  expect(body).toEqual({ ...change, id: expect.any(Number), key: 'DEV-1', self: expect.any(String) });
  expect((await bench.get(`${AGILE}/epic/${body.id}`)).body).toEqual(body);
  expect((await lastItems(bench, 'DEV-1'))[0]).toMatchObject({
    field: 'summary',
    toString: 'All about tariffs',
  });
  const done = (await bench.get(`${AGILE}/board/1/epic?done=true`)).body.values;
  expect(done.map((row: { key: string }) => row.key)).toContain('DEV-1');
  expect((await bench.post(`${AGILE}/epic/DEV-1`, { color: { key: 'red' } })).status).toBe(400);
  expect((await bench.get(`${AGILE}/epic/DEV-2`)).status).toBe(404);
  bench.as('Noor');
  expect((await bench.post(`${AGILE}/epic/DEV-1`, change)).status).toBe(403);
});

test('epics are ranked among each other', async () => {
  const bench = benchOf('acme');
  const epics = async (): Promise<string[]> =>
    (await bench.get(`${AGILE}/board/1/epic`)).body.values.map((row: { key: string }) => row.key);
  const [first = '', second = ''] = await epics();
  expect((await bench.call('PUT', `${AGILE}/epic/${second}/rank`, { rankBeforeEpic: first })).status).toBe(
    204,
  );
  expect((await epics()).slice(0, 2)).toEqual([second, first]);
  expect((await bench.call('PUT', `${AGILE}/epic/${first}/rank`, { rankBeforeEpic: 'DEV-2' })).status).toBe(
    404,
  );
});

test('an estimate goes to the field of the board, whatever the screen', async () => {
  const bench = benchOf('acme');
  const key = await task(bench, 'to estimate');
  const path = `${AGILE}/issue/${key}/estimation?boardId=1`;
  expect((await bench.get(path)).body).toEqual({ fieldId: 'customfield_10016' });
  expect((await bench.put(path, { value: '8.0' })).body).toEqual({ fieldId: 'customfield_10016', value: 8 });
  expect((await bench.get(`issue/${key}`)).body.fields.customfield_10016).toBe(8);
  expect((await lastItems(bench, key))[0]).toMatchObject({ field: 'Story Points', toString: '8' });
  expect((await bench.put(path, { value: 'many' })).status).toBe(400);
  expect((await bench.get(`${AGILE}/issue/${key}/estimation`)).status).toBe(400);
  expect((await bench.get(`${AGILE}/issue/SUP-1/estimation?boardId=1`)).status).toBe(404);
  bench.as('Noor');
  expect((await bench.put(path, { value: '1' })).status).toBe(403);
});
