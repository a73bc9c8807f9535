/** 401, 403, 404 and 400: who may not see gets 404, who may see but not act what the document says of the operation. */
import { benchOf, says } from './jira-bench';

const NO_ISSUE = 'Issue does not exist or you do not have permission to see it.';

test.each(['issue/HR-1', 'issue/NOPE-1', 'issue/99999999', 'issue/SUP-99999'])(
  'GET %s without Browse, or without such an issue, is the same 404 [live]',
  async (path) => {
    const bench = benchOf('acme');
    bench.as('Ben');
    const answer = await bench.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ errorMessages: [NO_ISSUE], errors: {} });
  },
);

/** Operations on an issue that the caller cannot see. */
test.each<[method: string, path: string, body: unknown]>([
  ['PUT', 'issue/HR-1', { fields: { summary: 'x' } }],
  ['DELETE', 'issue/HR-1', undefined],
  ['PUT', 'issue/HR-1/assignee', { accountId: null }],
  ['GET', 'issue/HR-1/editmeta', undefined],
  ['GET', 'issue/HR-1/changelog', undefined],
  ['GET', 'issue/HR-1/transitions', undefined],
  ['POST', 'issue/HR-1/transitions', { transition: { id: '151' } }],
  ['GET', 'issue/HR-1/comment', undefined],
  ['POST', 'issue/HR-1/comment', { body: says('x') }],
  ['GET', 'issue/HR-1/worklog', undefined],
  ['POST', 'issue/HR-1/worklog', { timeSpent: '1h' }],
  ['GET', 'issue/HR-1/remotelink', undefined],
  ['GET', 'issue/HR-1/properties/x', undefined],
  ['PUT', 'issue/HR-1/properties/x', 1],
  ['GET', 'issue/HR-1/watchers', undefined],
  [
    'POST',
    'issueLink',
    { type: { name: 'Blocks' }, inwardIssue: { key: 'SUP-3' }, outwardIssue: { key: 'HR-1' } },
  ],
  ['GET', 'project/HR', undefined],
])('%s %s without Browse is 404 [live, spec]', async (method, path, body) => {
  const bench = benchOf('acme');
  bench.as('Ben');
  expect((await bench.call(method, path, body)).status).toBe(404);
});

/** Frank reads SUP as a viewer: what the document says for each operation that he may not do. */
test.each<[method: string, path: string, body: unknown, status: number]>([
  ['PUT', 'issue/SUP-3', { fields: { summary: 'x' } }, 403],
  ['DELETE', 'issue/SUP-3', undefined, 403],
  ['PUT', 'issue/SUP-3/assignee', { accountId: null }, 403],
  ['POST', 'issue/SUP-3/transitions', { transition: { id: '151' } }, 400],
  ['POST', 'issue/SUP-3/worklog', { timeSpent: '1h' }, 400],
  [
    'POST',
    'issueLink',
    { type: { name: 'Blocks' }, inwardIssue: { key: 'SUP-3' }, outwardIssue: { key: 'SUP-4' } },
    404,
  ],
  ['POST', 'issue/SUP-3/remotelink', { object: { url: 'https://a.example', title: 'A' } }, 403],
  ['PUT', 'issue/SUP-3/properties/x', 1, 403],
])(
  '%s %s by somebody who may only read is as documented: %j -> %i [spec]',
  async (method, path, body, status) => {
    const bench = benchOf('acme');
    bench.as('Frank');
    expect((await bench.call(method, path, body)).status).toBe(status);
    expect(bench.events).toEqual([]);
  },
);

test('editing or deleting the comment of another is 400 [spec], and so is it for a worklog', async () => {
  const bench = benchOf('acme');
  bench.as('Ben');
  const comment = (await bench.post('issue/SUP-3/comment', { body: says('mine') })).body;
  const worklog = (await bench.post('issue/SUP-3/worklog', { timeSpent: '1h' })).body;
  bench.as('Carla');
  expect((await bench.put(`issue/SUP-3/comment/${comment.id}`, { body: says('yours') })).status).toBe(400);
  expect((await bench.call('DELETE', `issue/SUP-3/comment/${comment.id}`)).status).toBe(400);
  expect((await bench.put(`issue/SUP-3/worklog/${worklog.id}`, { timeSpent: '2h' })).status).toBe(400);
  expect((await bench.call('DELETE', `issue/SUP-3/worklog/${worklog.id}`)).status).toBe(400);
});

test('who loses the project role gets 404 for the project and its issues, not 403 [live]', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  expect((await bench.get('project/DEV')).status).toBe(200);
  const app = bench.site.ensureAppUser({ id: '5f0c4d2e-0000-4000-8000-1234567890ab', name: 'Sync app' });
  bench.as('Ada');
  await bench.call('DELETE', `project/DEV/role/10003?user=${encodeURIComponent(app.accountId)}`);
  bench.as('app');
  expect((await bench.get('project/DEV')).status).toBe(404);
  expect((await bench.get('issue/DEV-3')).status).toBe(404);
  expect((await bench.post('search/jql', { jql: 'project = DEV' })).status).toBe(400);
});

test('creating in a project without Browse is an unknown project [spec]', async () => {
  const bench = benchOf('acme');
  bench.as('Ben');
  const fields = { project: { key: 'HR' }, issuetype: { name: 'Task' }, summary: 'x' };
  const hidden = await bench.post('issue', { fields });
  expect([hidden.status, hidden.body.errors]).toEqual([400, { project: 'valid project is required' }]);
});

test('no credentials are 401 before anything else is looked at [spec]', async () => {
  const bench = benchOf('acme');
  bench.as('nobody');
  for (const [method, path, body] of [
    ['GET', 'issue/SUP-3'],
    ['PUT', 'issue/NOPE-1', { fields: {} }],
    ['POST', 'issue', {}],
    ['POST', 'search/jql', { jql: '' }],
  ] as const) {
    expect([path, (await bench.call(method, path, body)).status]).toEqual([path, 401]);
  }
});
