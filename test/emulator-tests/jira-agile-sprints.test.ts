/** Sprints: birth, start, end and death, and what issues say of them; evidence is the document of Jira Software 1.0. */
import { type Bench, benchOf, bug } from './jira-bench';

const AGILE = '/rest/agile/1.0';
const SPRINT_FIELD = 'customfield_10020';
const DATES = { startDate: '2026-12-07T08:00:00.000Z', endDate: '2026-12-18T16:00:00.000Z' };

type Json = Record<string, unknown>;

async function task(bench: Bench, summary: string, fields: Json = {}): Promise<string> {
  const made = await bench.post(
    'issue',
    bug(summary, { project: { key: 'DEV' }, issuetype: { name: 'Task' }, ...fields }),
  );
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body.key;
}

async function made(bench: Bench, more: Json = {}): Promise<number> {
  const answer = await bench.post(`${AGILE}/sprint`, { name: 'Made', originBoardId: 1, ...more });
  expect([answer.status, answer.body.state]).toEqual([201, 'future']);
  return answer.body.id;
}

const keysIn = async (bench: Bench, jql: string) => {
  const { body } = await bench.get(`search/jql?fields=key&jql=${encodeURIComponent(jql)}`);
  return body.issues.map((row: { key: string }) => row.key);
};

async function sprintItems(bench: Bench, key: string): Promise<Json[]> {
  const { values } = (await bench.get(`issue/${key}/changelog`)).body;
  return values.flatMap((entry: { items: Json[] }) =>
    entry.items.filter((item) => item['field'] === 'Sprint'),
  );
}

test('a sprint is made in the future, with its name trimmed and its dates in UTC', async () => {
  const bench = benchOf('acme');
  const answer = await bench.post(`${AGILE}/sprint`, {
    name: '  Winter  ',
    originBoardId: 1,
    startDate: '2026-12-07T15:22:00.000+10:00',
    endDate: '2026-12-18T01:22:00.000+1000',
    goal: 'Snow',
  });
  expect([answer.status, answer.body]).toEqual([
    201,
    {
      id: expect.any(Number),
      self: `https://acme.atlassian.net/rest/agile/1.0/sprint/${answer.body.id}`,
      state: 'future',
      name: 'Winter',
      startDate: '2026-12-07T05:22:00.000Z',
      endDate: '2026-12-17T15:22:00.000Z',
      createdDate: expect.stringMatching(/Z$/),
      originBoardId: 1,
      goal: 'Snow',
    },
  ]);
  expect((await bench.get(`${AGILE}/sprint/${answer.body.id}`)).body).toEqual(answer.body);
});

test.each([
  [{ name: ' ' }, 400],
  [{ name: 'x'.repeat(31) }, 400],
  [{ startDate: 'soon' }, 400],
  [{ startDate: DATES.endDate, endDate: DATES.startDate }, 400],
  [{ state: 'active' }, 400],
  [{ originBoardId: undefined }, 400],
  [{ originBoardId: 99 }, 404],
])('a sprint with %j is refused', async (wrong, status) => {
  const bench = benchOf('acme');
  const body = { name: 'Wrong', originBoardId: 1, ...wrong };
  expect((await bench.post(`${AGILE}/sprint`, body)).status).toBe(status);
});

test('future, active, closed, and no other way', async () => {
  const bench = benchOf('acme');
  const id = await made(bench);
  const set = async (sprint: number, body: Json) => {
    const answer = await bench.post(`${AGILE}/sprint/${sprint}`, body);
    return answer.status === 200 ? answer.body.state : answer.body.errorMessages[0];
  };
  expect(await set(id, { state: 'closed' })).toMatch(/cannot change from 'future' to 'closed'/);
  expect(await set(id, { state: 'active' })).toMatch(/start date and an end date/);
  expect(await set(id, DATES)).toBe('future');
  expect(await set(id, { state: 'active' })).toMatch(/active already/);
  expect(await set(42, { state: 'closed' })).toBe('closed');
  expect(await set(id, { state: 'active' })).toBe('active');
  expect(await set(id, { state: 'future' })).toMatch(/cannot change from 'active' to 'future'/);
  expect(await set(id, { state: 'closed', completeDate: '2020-01-01T00:00:00.000Z' })).toBe('closed');
  const { completeDate } = (await bench.get(`${AGILE}/sprint/${id}`)).body;
  expect(completeDate).toMatch(/^2026-11-21T09:/);
  expect(await set(id, { state: 'active' })).toBe('closed');
});

test('of a closed sprint only name and goal change', async () => {
  const bench = benchOf('acme');
  const before = (await bench.get(`${AGILE}/sprint/41`)).body;
  const answer = await bench.post(`${AGILE}/sprint/41`, { name: 'Old', goal: 'Over', ...DATES });
  expect(answer.body).toEqual({ ...before, name: 'Old', goal: 'Over' });
});

test('a full update empties what it does not name, a partial one keeps it', async () => {
  const bench = benchOf('acme');
  const id = await made(bench, { ...DATES, goal: 'Kept' });
  const partial = (await bench.post(`${AGILE}/sprint/${id}`, { name: 'Part' })).body;
  expect([partial.goal, partial.startDate]).toEqual(['Kept', DATES.startDate]);
  const full = (await bench.put(`${AGILE}/sprint/${id}`, { name: 'Full', state: 'future' })).body;
  expect([full.goal, full.startDate, full.endDate]).toEqual(['', undefined, undefined]);
  expect((await bench.put(`${AGILE}/sprint/${id}`, { name: 'No state' })).status).toBe(400);
});

test('openSprints(), closedSprints() and futureSprints() follow the state', async () => {
  const bench = benchOf('acme');
  const id = await made(bench, DATES);
  const key = await task(bench, 'travels');
  await bench.post(`${AGILE}/sprint/${id}/issue`, { issues: [key] });
  const where = async () => ({
    open: (await keysIn(bench, `key = ${key} AND Sprint in openSprints()`)).length,
    closed: (await keysIn(bench, `key = ${key} AND Sprint in closedSprints()`)).length,
    future: (await keysIn(bench, `key = ${key} AND Sprint in futureSprints()`)).length,
  });
  expect(await where()).toEqual({ open: 0, closed: 0, future: 1 });
  await bench.post(`${AGILE}/sprint/42`, { state: 'closed' });
  await bench.post(`${AGILE}/sprint/${id}`, { state: 'active' });
  expect(await where()).toEqual({ open: 1, closed: 0, future: 0 });
  await bench.post(`${AGILE}/sprint/${id}`, { state: 'closed' });
  expect(await where()).toEqual({ open: 0, closed: 1, future: 0 });
  // Not done: it stands in the backlog again, and the sprint stays with it.
  const backlog = (await bench.get(`${AGILE}/board/1/backlog?maxResults=100`)).body.issues;
  const found = backlog.find((row: { key: string }) => row.key === key);
  expect([found.fields.sprint, found.fields.closedSprints[0].id]).toEqual([null, id]);
});

test('moving into a sprint writes the changelog, tells of an update, and keeps closed sprints [rec: comma-joined ids]', async () => {
  const bench = benchOf('acme');
  const key = await task(bench, 'moves', { [SPRINT_FIELD]: 41 });
  bench.events.length = 0;
  expect((await bench.post(`${AGILE}/sprint/43/issue`, { issues: [key] })).status).toBe(204);
  expect(bench.events.map((event) => event.eventType)).toEqual(['avi:jira:updated:issue']);
  expect((await bench.post(`${AGILE}/backlog/issue`, { issues: [key] })).status).toBe(204);
  expect(await sprintItems(bench, key)).toEqual([
    expect.objectContaining({ from: '41', to: '41, 43', toString: 'DEV Sprint 17, DEV Sprint 19' }),
    expect.objectContaining({
      fieldtype: 'custom',
      fieldId: SPRINT_FIELD,
      from: '41, 43',
      to: '41',
      toString: 'DEV Sprint 17',
    }),
  ]);
  const { fields } = (await bench.get(`issue/${key}`)).body;
  expect(fields[SPRINT_FIELD]).toEqual([
    {
      id: 41,
      name: 'DEV Sprint 17',
      state: 'closed',
      boardId: 1,
      goal: 'Finish the tariff import',
      startDate: '2026-10-19T08:00:00.000Z',
      endDate: '2026-10-30T16:00:00.000Z',
      completeDate: '2026-10-30T16:05:00.000Z',
    },
  ]);
});

test('only open sprints take issues, at most 50, and all or none', async () => {
  const bench = benchOf('acme');
  const key = await task(bench, 'one');
  const move = async (sprint: number, issues: string[]) =>
    (await bench.post(`${AGILE}/sprint/${sprint}/issue`, { issues })).status;
  expect(await move(41, [key])).toBe(400);
  expect(await move(43, [])).toBe(400);
  expect(
    await move(
      43,
      Array.from({ length: 51 }, (_each, at) => `DEV-${at}`),
    ),
  ).toBe(400);
  expect(await move(43, [key, 'DEV-9999'])).toBe(400);
  expect(await move(99, [key])).toBe(404);
  expect((await bench.get(`issue/${key}`)).body.fields[SPRINT_FIELD]).toBeNull();
});

test('a deleted sprint leaves its issues in the backlog', async () => {
  const bench = benchOf('acme');
  const id = await made(bench);
  const key = await task(bench, 'left behind', { [SPRINT_FIELD]: id });
  expect((await bench.call('DELETE', `${AGILE}/sprint/${id}`)).status).toBe(204);
  expect((await bench.get(`${AGILE}/sprint/${id}`)).status).toBe(404);
  expect((await bench.get(`issue/${key}`)).body.fields[SPRINT_FIELD]).toBeNull();
  expect((await sprintItems(bench, key)).at(-1)).toMatchObject({
    from: String(id),
    fromString: 'Made',
    to: '',
  });
});

test('swapping exchanges two places on the board', async () => {
  const bench = benchOf('acme');
  const [first, second] = [await made(bench), await made(bench)];
  const order = async () =>
    (await bench.get(`${AGILE}/board/1/sprint?state=future`)).body.values.map(
      (row: { id: number }) => row.id,
    );
  expect(await order()).toEqual([43, first, second]);
  expect((await bench.post(`${AGILE}/sprint/43/swap`, { sprintToSwapWith: second })).status).toBe(204);
  expect(await order()).toEqual([second, first, 43]);
  expect((await bench.post(`${AGILE}/sprint/43/swap`, { sprintToSwapWith: 99 })).status).toBe(404);
});

test('sprints are managed by those who have the permission in the projects of the board', async () => {
  const bench = benchOf('acme');
  const key = await task(bench, 'not to be moved');
  // A viewer of DEV: sees the board and its sprints, and changes nothing.
  bench.as('Noor');
  expect([
    (await bench.get(`${AGILE}/sprint/42`)).status,
    (await bench.post(`${AGILE}/sprint`, { name: 'N', originBoardId: 1 })).status,
    (await bench.post(`${AGILE}/sprint/43`, { name: 'N' })).status,
    (await bench.call('DELETE', `${AGILE}/sprint/43`)).status,
    (await bench.post(`${AGILE}/sprint/42/swap`, { sprintToSwapWith: 43 })).status,
    (await bench.post(`${AGILE}/sprint/43/issue`, { issues: [key] })).status,
    (await bench.post(`${AGILE}/backlog/issue`, { issues: [key] })).status,
  ]).toEqual([200, 403, 403, 403, 403, 403, 403]);
  bench.as('nobody');
  expect((await bench.get(`${AGILE}/sprint/42`)).status).toBe(401);
});
