/** Boards: who sees them, what is on them, how they are made; evidence is the document of Jira Software 1.0. */
import { type Bench, benchOf, bug } from './jira-bench';

const AGILE = '/rest/agile/1.0';
const keysOf = (body: { issues: { key: string }[] }) => body.issues.map((issue) => issue.key);

async function task(bench: Bench, summary: string, fields: Record<string, unknown> = {}): Promise<string> {
  const made = await bench.post(
    'issue',
    bug(summary, { project: { key: 'DEV' }, issuetype: { name: 'Task' }, ...fields }),
  );
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body.key;
}

test('the board of a site has a closed, an active and a future sprint', async () => {
  for (const [site, id] of [
    ['acme', 1],
    ['globex', 7],
  ] as const) {
    const bench = benchOf(site);
    const boards = (await bench.get(`${AGILE}/board`)).body;
    expect([boards.total, boards.isLast, boards.values[0].id, boards.values[0].type]).toEqual([
      1,
      true,
      id,
      'scrum',
    ]);
    const sprints = (await bench.get(`${AGILE}/board/${id}/sprint`)).body.values;
    expect(sprints.map((row: { state: string }) => row.state)).toEqual(['closed', 'active', 'future']);
    expect(sprints.every((row: { originBoardId: number }) => row.originBoardId === id)).toBe(true);
  }
});

test('who cannot see the filter cannot see the board, and an administrator sees that it is there', async () => {
  const bench = benchOf('acme');
  expect((await bench.get(`${AGILE}/board/1`)).body.isPrivate).toBe(false);
  // As if the owner had taken the share of the filter back.
  const saved = bench.site.snapshot() as { filters: { shares: unknown }[] };
  bench.site.restore({ ...saved, filters: saved.filters.map((row) => ({ ...row, shares: [] })) });
  const answers = async () => [
    (await bench.get(`${AGILE}/board`)).body.total,
    (await bench.get(`${AGILE}/board/1`)).status,
    (await bench.get(`${AGILE}/board/1/issue`)).status,
    (await bench.get(`${AGILE}/board/filter/10900`)).status,
  ];
  bench.as('Dev');
  expect(await answers()).toEqual([1, 200, 200, 200]);
  bench.as('Ben');
  expect(await answers()).toEqual([0, 404, 404, 400]);
  expect((await bench.call('DELETE', `${AGILE}/board/1`)).status).toBe(404);
  bench.as('Ada');
  expect(await answers()).toEqual([0, 200, 404, 400]);
  const [shown] = (await bench.get(`${AGILE}/board?includePrivate=true`)).body.values;
  expect([shown.isPrivate, shown.name, shown.type]).toEqual([true, undefined, undefined]);
  expect((await bench.get(`${AGILE}/board/1`)).body).toEqual(shown);
  expect((await bench.call('DELETE', `${AGILE}/board/1`)).status).toBe(204);
  bench.as('nobody');
  expect((await bench.get(`${AGILE}/board/1`)).status).toBe(401);
});

test('a board is deleted by its administrators', async () => {
  const bench = benchOf('acme');
  bench.as('Ben');
  expect((await bench.call('DELETE', `${AGILE}/board/1`)).status).toBe(403);
  bench.as('Dev');
  expect((await bench.call('DELETE', `${AGILE}/board/1`)).status).toBe(204);
  expect((await bench.get(`${AGILE}/board/1`)).status).toBe(404);
  // Its sprints are still seen by those who see their issues.
  expect((await bench.get(`${AGILE}/sprint/42`)).status).toBe(200);
});

test('lists are narrowed by name, type, project and place', async () => {
  const bench = benchOf('acme');
  const total = async (query: string) => (await bench.get(`${AGILE}/board?${query}`)).body.total;
  expect(await total('name=dev')).toBe(1);
  expect(await total('name=other')).toBe(0);
  expect(await total('type=kanban')).toBe(0);
  expect(await total('type=scrum,kanban')).toBe(1);
  expect(await total('projectKeyOrId=DEV')).toBe(1);
  expect(await total('projectKeyOrId=SUP')).toBe(0);
  expect(await total('projectLocation=DEV')).toBe(1);
  expect(await total('projectLocation=DEV&negateLocationFiltering=true')).toBe(0);
  expect(await total('filterId=10900')).toBe(1);
  expect((await bench.get(`${AGILE}/board?type=wall`)).status).toBe(400);
  expect((await bench.get(`${AGILE}/board?projectKeyOrId=NONE`)).status).toBe(400);
});

test('a new board has columns by category and counts hours without story points', async () => {
  const bench = benchOf('acme');
  const made = await bench.post(`${AGILE}/board`, {
    name: 'Flow',
    type: 'kanban',
    filterId: 10900,
    location: { type: 'project', projectKeyOrId: 'DEV' },
  });
  expect([made.status, made.body.type, made.body.location.projectKey]).toEqual([201, 'kanban', 'DEV']);
  const path = `${AGILE}/board/${made.body.id}`;
  const { columnConfig, subQuery, estimation, ranking } = (await bench.get(`${path}/configuration`)).body;
  expect(columnConfig.columns.map((row: { name: string }) => row.name)).toEqual([
    'To Do',
    'In Progress',
    'Done',
  ]);
  expect([subQuery.query, estimation, ranking]).toEqual([
    expect.stringContaining('unreleasedVersions()'),
    undefined,
    { rankCustomFieldId: 10019 },
  ]);
  expect((await bench.get(`${path}/sprint`)).body.errorMessages).toEqual([
    'The board does not support sprints',
  ]);
  const quick = (await bench.get(`${path}/quickfilter`)).body.values;
  expect((await bench.get(`${path}/quickfilter/${quick[0].id}`)).body).toEqual(quick[0]);
  expect((await bench.call('DELETE', path)).status).toBe(204);
  expect((await bench.get(path)).status).toBe(404);
});

test('a wrong board is refused', async () => {
  const bench = benchOf('acme');
  const board = { name: 'B', type: 'scrum', filterId: 10900 };
  for (const wrong of [
    { ...board, name: '' },
    { ...board, name: 'x'.repeat(255) },
    { ...board, type: 'agility' },
    { ...board, filterId: 1 },
    { ...board, location: { type: 'project' } },
    { ...board, location: { type: 'user', projectKeyOrId: 'DEV' } },
    { ...board, colour: 'red' },
  ]) {
    expect([wrong, (await bench.post(`${AGILE}/board`, wrong)).status]).toEqual([wrong, 400]);
  }
});

test('the backlog holds what is open and in no sprint; the board holds more; epics are apart', async () => {
  const bench = benchOf('acme');
  const [waiting, planned] = [await task(bench, 'waits'), await task(bench, 'planned')];
  await bench.put(`issue/${planned}`, { fields: { customfield_10020: 43 } });
  const at = async (path: string) =>
    keysOf((await bench.get(`${AGILE}/board/1/${path}?maxResults=100&fields=summary`)).body);
  expect(await at('backlog')).toContain(waiting);
  expect(await at('backlog')).not.toContain(planned);
  expect(await at('issue')).toEqual(expect.arrayContaining([waiting, planned]));
  expect(await at('sprint/43/issue')).toContain(planned);
  const epics = (await bench.get(`${AGILE}/board/1/epic`)).body.values;
  expect(epics.length).toBeGreaterThan(0);
  for (const { key, id } of epics) {
    expect(await at('issue')).not.toContain(key);
    const children = (await bench.get(`search/jql?jql=parent=${key}&fields=key`)).body.issues;
    expect((await at(`epic/${id}/issue`)).length).toBeGreaterThanOrEqual(children.length);
  }
  expect(await at('epic/none/issue')).toContain(waiting);
});

test('lists narrow and order by JQL; without an order the rank decides', async () => {
  const bench = benchOf('acme');
  const [first, second] = [await task(bench, 'zz first'), await task(bench, 'zz second')];
  const list = async (jql: string) =>
    keysOf((await bench.get(`${AGILE}/board/1/issue?fields=summary&jql=${encodeURIComponent(jql)}`)).body);
  expect(await list('summary ~ zz')).toEqual([first, second]);
  expect(await list('summary ~ zz ORDER BY created DESC')).toEqual([second, first]);
  expect((await bench.get(`${AGILE}/board/1/issue?jql=nonsense+%3D+1`)).status).toBe(400);
  const lenient = await bench.get(`${AGILE}/board/1/issue?validateQuery=false&jql=nonsense+%3D+1`);
  expect([lenient.status, lenient.body.issues, lenient.body.warningMessages.length]).toEqual([200, [], 1]);
});

test('pages by position and by token give the same issues, and a count how many', async () => {
  const bench = benchOf('acme');
  const whole = (await bench.get(`${AGILE}/board/1/issue?maxResults=100&fields=summary`)).body;
  const pieces: string[] = [];
  for (let startAt = 0; startAt < whole.total; startAt += 7) {
    const page = (await bench.get(`${AGILE}/board/1/issue?startAt=${startAt}&maxResults=7&fields=summary`))
      .body;
    pieces.push(...keysOf(page));
  }
  expect(pieces).toEqual(keysOf(whole));
  const tokens: string[] = [];
  let token = '';
  do {
    const path = `/rest/software/1.0/board/1/issue?maxResults=7&fields=summary&nextPageToken=${token}`;
    const { body } = await bench.get(path);
    tokens.push(...keysOf(body));
    token = body.nextPageToken ?? '';
    expect(body.isLast).toBe(token === '');
  } while (token !== '');
  expect(tokens).toEqual(keysOf(whole));
  const count = await bench.get('/rest/software/1.0/board/1/issue/approximate-count');
  expect(count.body).toEqual({ count: whole.total });
});

test('an agile list follows the index, unless issues are reconciled', async () => {
  const bench = benchOf('acme');
  bench.site.setIndexLag(3_600_000);
  const key = await task(bench, 'not indexed yet');
  const { id } = (await bench.get(`issue/${key}`)).body;
  const path = '/rest/software/1.0/board/1/issue?maxResults=100&fields=summary';
  expect(keysOf((await bench.get(path)).body)).not.toContain(key);
  expect(keysOf((await bench.get(`${path}&reconcileIssues=${id}`)).body)).toContain(key);
});

test('projects and versions of the board', async () => {
  const bench = benchOf('acme');
  const { values } = (await bench.get(`${AGILE}/board/1/project`)).body;
  expect(values.map((row: { key: string }) => row.key)).toEqual(['DEV']);
  const versions = (await bench.get(`${AGILE}/board/1/version?released=false`)).body.values;
  expect(versions.map((row: { name: string }) => row.name)).toEqual(['5.8.1', '6.0.0']);
});

test('properties of boards and sprints are replaced whole, and only by those who may', async () => {
  const bench = benchOf('acme');
  for (const holder of ['board/1', 'sprint/42']) {
    const path = `${AGILE}/${holder}/properties/flow`;
    bench.as('Dev');
    expect((await bench.put(path, { a: 1, b: 2 })).status).toBe(201);
    expect((await bench.put(path, { b: 3 })).status).toBe(200);
    expect((await bench.get(path)).body).toEqual({ key: 'flow', value: { b: 3 } });
    expect((await bench.get(`${AGILE}/${holder}/properties`)).body.keys).toHaveLength(1);
    bench.as('Noor');
    expect((await bench.put(path, 1)).status).toBe(holder === 'board/1' ? 404 : 403);
    bench.as('Dev');
    expect((await bench.call('DELETE', path)).status).toBe(204);
    expect((await bench.get(path)).status).toBe(404);
  }
});

test('a project made of a board template comes with its board', async () => {
  const bench = benchOf('acme');
  bench.as('Ada');
  const project = { name: 'Fresh', key: 'FRESH', leadAccountId: (await bench.get('myself')).body.accountId };
  const template = 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic';
  expect((await bench.post('project', { ...project, projectTemplateKey: template })).status).toBe(201);
  const { values } = (await bench.get(`${AGILE}/board?projectKeyOrId=FRESH`)).body;
  expect(values).toMatchObject([{ name: 'FRESH board', type: 'scrum', location: { projectKey: 'FRESH' } }]);
  const sprint = { name: 'First', originBoardId: values[0].id };
  expect((await bench.post(`${AGILE}/sprint`, sprint)).status).toBe(201);
});
