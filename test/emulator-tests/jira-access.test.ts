/** Who sees and does what: 401, 403 and 404, restricted comments, security levels, projects closed to the app. */
import { benchOf, bug, says } from './jira-bench';

test('without credentials there is only server information', async () => {
  const bench = benchOf('acme');
  bench.as('nobody');
  expect((await bench.get('serverInfo')).status).toBe(200);
  for (const path of ['issue/SUP-3', 'myself', 'search/jql?jql=project=SUP', 'project/search', 'field']) {
    expect([path, (await bench.get(path)).status]).toEqual([path, 401]);
  }
});

test('an unknown operation is 501 and names itself', async () => {
  const answer = await benchOf('acme').get('dashboard');
  expect(answer.status).toBe(501);
  expect(answer.headers.get('x-emulator-refused')).toBe('GET /rest/api/3/dashboard');
});

test('the app sees neither the closed project nor its canaries, until an administrator lets it in', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  expect((await bench.get('issue/HR-1')).body.errorMessages).toEqual([
    'Issue does not exist or you do not have permission to see it.',
  ]);
  expect((await bench.get('project/HR')).status).toBe(404);
  const seen = await bench.get('search/jql?jql=created%20%3E%20-5000d&fields=*all&maxResults=100');
  expect(seen.body.issues.length).toBeGreaterThan(45);
  expect(JSON.stringify(seen.body)).not.toMatch(/CANARY-ACME-(HR|ADMIN|SECURITY|GROUP)/);
  bench.as('Ada');
  const app = bench.site.ensureAppUser({ id: '5f0c4d2e-0000-4000-8000-1234567890ab', name: 'Sync app' });
  await bench.post('project/HR/role/10003', { user: [app.accountId] });
  bench.as('app');
  expect((await bench.get('issue/HR-1')).status).toBe(200);
  bench.as('Ada');
  await bench.call('DELETE', `project/SUP/role/10003?user=${encodeURIComponent(app.accountId)}`);
  bench.as('app');
  expect((await bench.get('issue/SUP-3')).status).toBe(404);
});

test('a security level hides an issue from those outside it', async () => {
  const bench = benchOf('acme');
  bench.as('Carla');
  expect((await bench.get('issue/SUP-16')).status).toBe(404);
  expect((await bench.get('issue/SUP-17')).status).toBe(200);
  bench.as('Ben');
  expect((await bench.get('issue/SUP-16')).status).toBe(200);
});

test('a comment restricted to a role is read by its members only', async () => {
  const bench = benchOf('acme');
  const texts = async () => JSON.stringify((await bench.get('issue/SUP-3/comment')).body);
  bench.as('Ben');
  expect(await texts()).toContain('CANARY-ACME-ADMIN-COMMENT');
  const restricted = (await bench.get('issue/SUP-3/comment')).body.comments.find(
    (row: { visibility?: unknown }) => row.visibility,
  );
  bench.as('Carla');
  expect(await texts()).not.toContain('CANARY-ACME-ADMIN-COMMENT');
  expect((await bench.get(`issue/SUP-3/comment/${restricted.id}`)).status).toBe(404);
  expect((await bench.get(`comment/${restricted.id}/properties`)).status).toBe(404);
  expect(JSON.stringify((await bench.get('issue/SUP-3')).body.fields.comment)).not.toContain('CANARY');
  expect((await bench.post('comment/list', { ids: [Number(restricted.id)] })).body.values).toEqual([]);
});

test('who may browse but not act is refused with 403, and with 400 where the document says so', async () => {
  const bench = benchOf('acme');
  bench.as('Frank');
  expect((await bench.put('issue/SUP-3', { fields: { summary: 'x' } })).status).toBe(403);
  expect((await bench.call('DELETE', 'issue/SUP-3')).status).toBe(403);
  expect((await bench.put('issue/SUP-3/assignee', { accountId: null })).status).toBe(403);
  const comment = (await bench.post('issue/SUP-3/comment', { body: says('I may comment') })).body;
  expect((await bench.put(`issue/SUP-3/comment/${comment.id}`, { body: says('and edit mine') })).status).toBe(
    200,
  );
  bench.as('Carla');
  expect((await bench.put(`issue/SUP-3/comment/${comment.id}`, { body: says('not others') })).status).toBe(
    400,
  );
  expect((await bench.put('issue/SUP-3?notifyUsers=false', { fields: { summary: 'quiet' } })).status).toBe(
    403,
  );
});

test('permissions are told as they are', async () => {
  const bench = benchOf('acme');
  bench.as('app');
  const { permissions } = (
    await bench.get('mypermissions?projectKey=SUP&permissions=BROWSE_PROJECTS,EDIT_ISSUES,ADMINISTER')
  ).body;
  expect([
    permissions.BROWSE_PROJECTS.havePermission,
    permissions.EDIT_ISSUES.havePermission,
    permissions.ADMINISTER.havePermission,
  ]).toEqual([true, true, false]);
  const check = await bench.post('permissions/check', {
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects: [10001, 10002, 10003], issues: [] }],
  });
  expect(check.body.projectPermissions).toEqual([
    { permission: 'BROWSE_PROJECTS', projects: [10001, 10002], issues: [] },
  ]);
});

test('mail addresses are shown only where the profile allows', async () => {
  const bench = benchOf('acme');
  const found = (await bench.get('user/search?query=Elin')).body[0];
  expect(found).not.toHaveProperty('emailAddress');
  expect((await bench.get('user/search?query=Ben')).body[0].emailAddress).toBe('ben@acme.example');
});

test('the two worlds share no id and no word where it matters', async () => {
  const [acme, globex] = [benchOf('acme'), benchOf('globex')];
  const ids = (bench: typeof acme) =>
    Object.entries(bench.site.snapshot() as Record<string, { id: string }[]>)
      .filter(([table]) =>
        [
          'issues',
          'comments',
          'options',
          'attachments',
          'users',
          'statuses',
          'issueTypes',
          'projects',
        ].includes(table),
      )
      .flatMap(([, rows]) => rows.map((row) => row.id));
  const left = new Set(ids(acme));
  expect(ids(globex).filter((id) => left.has(id))).toEqual([]);
  const issues = (bench: typeof acme) => (bench.site.snapshot() as { issues: unknown[] }).issues.length;
  expect([issues(acme), issues(globex)]).toEqual([60, 40]);
});

test('snapshot and restore bring a site back exactly', async () => {
  const bench = benchOf('acme');
  const saved = JSON.parse(JSON.stringify(bench.site.snapshot()));
  await bench.post('issue', bug('Gone again'));
  bench.site.restore(saved);
  expect(JSON.parse(JSON.stringify(bench.site.snapshot()))).toEqual(saved);
  expect((await bench.post('issue', bug('Same key'))).body.key).toBe('SUP-23');
});

test('the app reads a comment restricted to a role that it was put into', async () => {
  const acme = benchOf('acme');
  acme.as('app');
  expect(JSON.stringify((await acme.get('issue/SUP-4/comment')).body)).toContain('CANARY-ACME-ROLE-COMMENT');
  acme.as('Frank');
  expect(JSON.stringify((await acme.get('issue/SUP-4/comment')).body)).not.toContain('CANARY');
  const globex = benchOf('globex');
  globex.as('app');
  expect(JSON.stringify((await globex.get('issue/GSD-2/comment')).body)).toContain(
    'CANARY-GLOBEX-INTERNAL-NOTE',
  );
});

test('a field in the trash is gone from lists, issues and screens until it is restored', async () => {
  const bench = benchOf('acme');
  const has = async () => 'customfield_10031' in (await bench.get('issue/SUP-3')).body.fields;
  expect((await bench.post('field/customfield_10031/trash')).status).toBe(200);
  expect(await has()).toBe(false);
  expect(
    (await bench.get('field')).body.some((field: { id: string }) => field.id === 'customfield_10031'),
  ).toBe(false);
  expect((await bench.put('issue/SUP-3', { fields: { customfield_10031: null } })).status).toBe(400);
  await bench.post('field/customfield_10031/restore');
  expect(await has()).toBe(true);
});
