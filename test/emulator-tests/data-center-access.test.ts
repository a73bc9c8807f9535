/** Who may do what at the Data Center site: visitors, tokens, the XSRF check, rate limits, files, projects and lists. */
import { createServerWorld, type Json, type ServerWorld, violationsOf } from './data-center-world';

let world: ServerWorld;
beforeEach(() => {
  world = createServerWorld();
});
afterEach(async () => {
  expect(await violationsOf(world.exchanges)).toEqual([]);
});

const names = (json: Json) => (json as unknown as Json[]).map((row) => row['name']);

test('visitors read what the scheme gives to anyone, and are asked to sign in elsewhere', async () => {
  const projects = await world.send(undefined, 'GET', 'project');
  expect((projects.json as unknown as Json[]).map((row) => row['key'])).toEqual(['TPS']);
  expect((await world.send(undefined, 'GET', 'issue/TPS-1')).status).toBe(200);
  expect((await world.send(undefined, 'GET', 'search?jql=')).json['total']).toBe(6);
  expect(await world.send(undefined, 'GET', 'issue/INI-1')).toMatchObject({
    status: 401,
    json: { errorMessages: [expect.any(String), 'Login Required'] },
  });
  const edit = await world.send(undefined, 'PUT', 'issue/TPS-1', { fields: { summary: 'x' } });
  expect(edit.status).toBe(401);
  expect((await world.send(undefined, 'GET', 'myself')).status).toBe(401);
  expect((await world.send(undefined, 'GET', 'serverInfo')).headers.get('x-ausername')).toBe('anonymous');
});

test('a hidden issue is forbidden, a missing one is not there', async () => {
  expect(await world.send('joan', 'GET', 'issue/INI-8')).toMatchObject({
    status: 403,
    json: { errorMessages: ['You do not have the permission to see the specified issue.'] },
  });
  expect(await world.send('joan', 'GET', 'issue/INI-999')).toMatchObject({
    status: 404,
    json: { errorMessages: ['Issue Does Not Exist'] },
  });
});

test('tokens are made, used, listed, expire and are revoked', async () => {
  const tokens = '/rest/pat/latest/tokens';
  expect(world.site.authenticate('petra', 'petra-password')?.accountId).toBe('JIRAUSER10101');
  expect(world.site.authenticate('petra@initech.example', 'petra-password')).toBeUndefined();
  expect(world.site.authenticate('petra', 'petra-token')).toBeUndefined();
  expect(world.site.authenticateToken('petra-token')?.username).toBe('petra');
  const made = await world.send('petra', 'POST', tokens, { name: 'agent', expirationDuration: 2 });
  expect(made).toMatchObject({
    status: 201,
    json: { name: 'agent', rawToken: expect.any(String), expiringAt: '2026-11-23T09:30:00.000Z' },
  });
  const raw = String(made.json['rawToken']);
  expect(world.site.authenticateToken(raw)?.username).toBe('petra');
  const listed = await world.send('petra', 'GET', tokens);
  expect(names(listed.json)).toEqual(['planted with the site', 'agent']);
  expect(listed.text).not.toContain(raw);
  const path = `${tokens}/${String(made.json['id'])}`;
  expect((await world.send('bill', 'DELETE', path)).status).toBe(404);
  world.pass(2 * 86_400_000);
  expect(world.site.authenticateToken(raw)).toBeUndefined();
  expect((await world.send('petra', 'DELETE', path)).status).toBe(204);
  expect(world.site.authenticateToken('petra-token')?.username).toBe('petra');
});

test('forms and foreign pages fail the XSRF check, programs pass it', async () => {
  const form = new FormData();
  form.append('file', new File(['hello'], 'a b.txt', { type: 'text/plain' }));
  const upload = (headers: Record<string, string>) =>
    world.send('petra', 'POST', 'issue/INI-9/attachments', form, headers);
  expect(await upload({})).toMatchObject({ status: 403, json: { errorMessages: ['XSRF check failed'] } });
  expect(await upload({ 'x-atlassian-token': 'no-check' })).toMatchObject({ status: 200 });
  const page = { origin: 'https://evil.example', 'user-agent': 'Mozilla/5.0' };
  const edit = { fields: { summary: 'from a page' } };
  expect((await world.send('petra', 'PUT', 'issue/INI-9', edit, page)).status).toBe(403);
  const own = { ...page, origin: 'https://jira.initech.example' };
  expect((await world.send('petra', 'PUT', 'issue/INI-9', edit, own)).status).toBe(204);
});

test('the bytes of an attachment are at /secure, whole or in part', async () => {
  const form = new FormData();
  form.append('file', new File(['0123456789'], 'digits.txt', { type: 'text/plain' }));
  const made = await world.send('petra', 'POST', 'issue/INI-9/attachments', form, {
    'x-atlassian-token': 'no-check',
  });
  const [file] = made.json as unknown as Json[];
  const content = String(file?.['content']);
  expect(content).toBe(`https://jira.initech.example/secure/attachment/${String(file?.['id'])}/digits.txt`);
  const path = new URL(content).pathname;
  expect((await world.send('petra', 'GET', path)).text).toBe('0123456789');
  const part = await world.send('petra', 'GET', path, undefined, { range: 'bytes=2-4' });
  expect(part).toMatchObject({ status: 206, text: '234' });
  expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
  expect((await world.send('petra', 'GET', path, undefined, { range: 'bytes=20-' })).status).toBe(416);
  expect((await world.send(undefined, 'GET', path)).status).toBe(401);
  const facts = await world.send('petra', 'GET', `attachment/${String(file?.['id'])}`);
  expect(facts.json).toMatchObject({ filename: 'digits.txt', size: 10, author: { name: 'petra' } });
  expect((await world.send('petra', 'DELETE', `attachment/${String(file?.['id'])}`)).status).toBe(204);
  expect((await world.send('petra', 'GET', path)).status).toBe(404);
});

test('rate limiting is off until it is switched on, and counts each person alone', async () => {
  for (let round = 0; round < 5; round++) await world.send('petra', 'GET', 'serverInfo');
  world.site.setRateLimit({ capacity: 2, fillRate: 1, intervalSeconds: 10 });
  const ask = (user: string) => world.send(user, 'GET', 'serverInfo');
  const first = await ask('petra');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  expect(first.headers.get('retry-after')).toBe('0');
  await ask('petra');
  const refused = await ask('petra');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('10');
  expect(refused.headers.get('x-ratelimit-fillrate')).toBe('1');
  expect((await ask('samir')).status).toBe(200);
  world.pass(10_000);
  expect((await ask('petra')).status).toBe(200);
});

test('projects, roles, versions and components', async () => {
  const project = await world.send('bill', 'GET', 'project/INI');
  expect(project.json).toMatchObject({ key: 'INI', lead: { name: 'petra' }, archived: false });
  expect(project.json).not.toHaveProperty('simplified');
  const role = 'project/INI/role/10001';
  expect((await world.send('bill', 'POST', role, { user: ['joan'] })).json).toMatchObject({
    actors: expect.arrayContaining([expect.objectContaining({ name: 'joan' })]),
  });
  expect((await world.send('bill', 'DELETE', `${role}?user=joan`)).status).toBe(204);
  const version = await world.send('petra', 'POST', 'version', { name: '11.1', projectId: 10300 });
  expect(version).toMatchObject({ status: 201, json: { name: '11.1', projectId: 10300 } });
  const component = await world.send('petra', 'POST', 'component', {
    name: 'Mail',
    project: 'INI',
    leadUserName: 'samir',
  });
  expect(component).toMatchObject({ status: 201, json: { name: 'Mail', lead: { name: 'samir' } } });
  expect((await world.send('joan', 'POST', 'component', { name: 'x', project: 'INI' })).status).toBe(403);
  expect((await world.send('bill', 'GET', 'project/INI/securitylevel')).json).toMatchObject({
    levels: [{ name: 'Leads only' }],
  });
});

test('people are found by name, and only assignable ones may be assigned', async () => {
  const found = await world.send('bill', 'GET', 'user/search?username=jo');
  expect(names(found.json)).toEqual(['joan']);
  const all = await world.send('bill', 'GET', 'user/search?username=todd&includeInactive=true');
  expect(names(all.json)).toEqual(['todd']);
  const assignable = await world.send('bill', 'GET', 'user/assignable/search?project=INI');
  expect(names(assignable.json)).toEqual(['bill', 'petra', 'samir', 'milo', 'sync']);
  const joan = await world.send('bill', 'PUT', 'issue/INI-9/assignee', { name: 'joan' });
  expect(joan).toMatchObject({
    status: 400,
    json: { errors: { assignee: "User 'joan' cannot be assigned issues." } },
  });
  expect((await world.send('petra', 'GET', 'group/member?groupname=platform-team')).status).toBe(403);
  const members = await world.send('bill', 'GET', 'group/member?groupname=platform-team');
  expect(names(members.json['values'] as Json)).toEqual(['petra', 'samir', 'sync']);
  const mine = await world.send('joan', 'GET', 'mypermissions?projectKey=INI');
  expect(mine.json['permissions']).toMatchObject({
    EDIT_ISSUES: { havePermission: false },
    ADD_COMMENTS: { havePermission: true },
  });
});

const LISTS = [
  'field',
  'customFields',
  'customFields/10200/options',
  'issuetype',
  'issuetype/10011',
  'status',
  'status/Done',
  'statuscategory',
  'statuscategory/done',
  'priority',
  'priority/1',
  'resolution',
  'resolution/10000',
  'securitylevel/10030',
  'issueLinkType',
  'issueLinkType/10000',
  'role',
  'role/10001',
  'project/INI/role',
  'project/INI/statuses',
  'project/INI/versions',
  'project/INI/components',
  'permissions',
  'configuration',
  'serverInfo',
  'attachment/meta',
  'groups/picker?query=team',
  'groupuserpicker?query=p',
  'user/picker?query=p',
  'user?username=petra&expand=groups',
  'issue/INI-1/editmeta',
  'issue/INI-1/transitions?expand=transitions.fields',
  'issue/INI-1/comment',
  'issue/INI-1/remotelink',
  'issue/picker?query=report',
  'worklog/updated?since=0',
  'index/summary',
  'filter/favourite',
];

test.each(LISTS)('GET %s answers as the document says', async (path) => {
  expect((await world.send('bill', 'GET', path)).status).toBe(200);
});

test('an administrator re-indexes, nobody else', async () => {
  expect((await world.send('bill', 'GET', 'reindex')).status).toBe(404);
  expect((await world.send('petra', 'POST', 'reindex')).status).toBe(403);
  expect((await world.send('bill', 'POST', 'reindex')).status).toBe(202);
  expect((await world.send('bill', 'GET', 'reindex')).json).toMatchObject({
    currentProgress: 100,
    success: true,
  });
});

test('a saved filter finds its way into JQL', async () => {
  const made = await world.send('petra', 'POST', 'filter', { name: 'Mine', jql: 'assignee = petra' });
  expect(made).toMatchObject({ status: 200, json: { name: 'Mine', owner: { name: 'petra' } } });
  const id = String(made.json['id']);
  expect((await world.send('petra', 'GET', `search?jql=filter%20%3D%20${id}`)).json['total']).toBe(3);
  expect((await world.send('samir', 'GET', `filter/${id}`)).status).toBe(400);
  expect((await world.send('petra', 'PUT', `filter/${id}`, { jql: 'broken = ' })).status).toBe(400);
  expect((await world.send('petra', 'DELETE', `filter/${id}`)).status).toBe(204);
});

test('what it does not know it refuses aloud, and the list of operations says so', async () => {
  const answer = await world.send('bill', 'GET', 'dashboard');
  expect(answer.status).toBe(501);
  expect(answer.headers.get('x-emulator-refused')).toBe('GET /rest/api/2/dashboard');
  const listed = world.site.operations();
  const names = listed.map((each) => `${each.method} ${each.path}`);
  expect(new Set(names).size).toBe(names.length);
  expect(listed.find((each) => each.path === '/rest/api/2/dashboard')?.level).toBe('refused');
  expect(listed.filter((each) => each.level !== 'refused').length).toBeGreaterThanOrEqual(130);
});

test('no app can be installed, and state survives', async () => {
  expect(() => world.site.ensureAppUser({ id: 'x', name: 'x' })).toThrow(/Data Center/);
  await world.send('petra', 'PUT', 'issue/INI-9', { fields: { summary: 'kept' } });
  const other = createServerWorld();
  other.site.restore(JSON.parse(JSON.stringify(world.site.snapshot())));
  const { json } = await other.send('petra', 'GET', 'issue/INI-9?fields=summary');
  expect(json['fields']).toEqual({ summary: 'kept' });
  expect(other.site.authenticateToken('petra-token')?.username).toBe('petra');
});
