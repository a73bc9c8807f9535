/** The Data Center site in a whole world: its door, its pages, its webhooks over HTTP, and no app on it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type RunningWorld, startWorld } from '../emulator/start-world';

type Json = Record<string, unknown>;

let running: RunningWorld;
let base: string;
beforeAll(async () => {
  running = await startWorld({
    appDirectory: join(__dirname, '../fixtures/forge-app'),
    bundleDirectory: resolve(__dirname, '../../dist/fixture-forge-app'),
    buildUi: false,
  });
  base = running.addresses.sites['initech'] ?? '';
}, 120_000);
afterAll(() => running.stop());

const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

async function rest(authorization: string | undefined, method: string, path: string, body?: unknown) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, json: (isJson ? JSON.parse(text) : {}) as Json, text };
}

async function control(path: string, body?: unknown): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${running.addresses.console}/__emulator${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

test('health tells how to sign in', async () => {
  const { json } = await control('/health');
  const site = (json['sites'] as Json[]).find((each) => each['key'] === 'initech');
  expect(site).toMatchObject({
    kind: 'datacenter',
    baseUrl: base,
    publicUrl: 'https://jira.initech.example',
  });
  const users = (site?.['users'] ?? []) as Json[];
  expect(users[0]).toEqual({
    name: 'Bill Harper',
    email: 'bill@initech.example',
    token: 'bill-token',
    accountId: 'JIRAUSER10100',
    admin: true,
    username: 'bill',
    password: 'bill-password',
  });
});

test('a name with its password and a token open the door, nothing else does', async () => {
  const who = async (authorization: string | undefined) => {
    const { status, json } = await rest(authorization, 'GET', '/rest/api/2/myself');
    return status === 200 ? json['name'] : status;
  };
  expect(await who(basic('petra', 'petra-password'))).toBe('petra');
  expect(await who('Bearer petra-token')).toBe('petra');
  expect(await who(basic('petra', 'wrong'))).toBe(401);
  expect(await who('Bearer wrong')).toBe(401);
  expect(await who(basic('todd', 'todd-password'))).toBe(401);
  expect(await who(undefined)).toBe(401);
  const acme = running.addresses.sites['acme'] ?? '';
  const onCloud = await fetch(`${acme}/rest/api/3/myself`, {
    headers: { authorization: 'Bearer petra-token' },
  });
  expect(onCloud.status).toBe(401);
});

test('no app can be put on it', async () => {
  expect(running.world.site('initech')?.installation).toBeUndefined();
  expect(await control('/install', { site: 'initech' })).toMatchObject({ status: 409 });
});

test('coverage lists its operations apart from those of Cloud', async () => {
  const { json } = await control('/coverage');
  const operations = json['operations'] as Json[];
  const server = json['dataCenter'] as Json[];
  expect(operations.some((each) => String(each['path']).startsWith('/rest/pat/'))).toBe(false);
  expect(server.filter((each) => each['level'] !== 'refused').length).toBeGreaterThanOrEqual(130);
  expect(server.find((each) => each['path'] === '/rest/api/2/dashboard')).toMatchObject({ level: 'refused' });
});

describe('webhooks', () => {
  let server: Server;
  let posts: Json[];
  let url: string;
  beforeAll(async () => {
    posts = [];
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        posts.push(JSON.parse(Buffer.concat(parts).toString()) as Json);
        response.end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  });
  afterAll(() => server.close());

  test('leave over HTTP, and settle waits for them', async () => {
    const bill = basic('bill', 'bill-password');
    const hook = { name: 'agent', url, events: ['jira:issue_updated'] };
    expect((await rest(bill, 'POST', '/rest/webhooks/1.0/webhook', hook)).status).toBe(201);
    await control('/faults', { eventDelay: { site: 'initech', ms: 300 }, eventDuplication: { copies: 2 } });
    const edit = { fields: { summary: 'over the wire' } };
    expect((await rest('Bearer petra-token', 'PUT', '/rest/api/2/issue/INI-9', edit)).status).toBe(204);
    expect((await control('/settle', { timeoutMs: 10_000 })).json).toMatchObject({ ok: true });
    await control('/faults', { clear: true });
    expect(posts.map((post) => post['webhookEvent'])).toEqual(['jira:issue_updated', 'jira:issue_updated']);
    expect(posts[0]).toMatchObject({ user: { name: 'petra' }, issue: { key: 'INI-9' } });
    const stats = (await control('/stats')).json['sites'] as Record<string, Json>;
    expect(stats['initech']?.['webhooks']).toEqual({ 'jira:issue_updated answered 200': 2 });
  });
});

describe('pages', () => {
  const page = async (path: string, cookie = '') => {
    const response = await fetch(`${base}${path}`, { headers: { 'sec-fetch-site': 'none', cookie } });
    return { status: response.status, text: await response.text() };
  };

  test('one can look at projects, lists and issues by hand', async () => {
    expect((await page('/projects')).text).toContain('Initech Platform');
    const list = await page('/issues/?jql=project%20%3D%20TPS');
    expect(list.text).toContain('Weekly report 46');
    expect(list.text).not.toContain('INI-1');
    const issue = await page('/browse/INI-4');
    expect(issue.text).toContain('Import stops at a line');
    expect(issue.text).toContain('<table>');
    const [, file = ''] = /href="(\/secure\/attachment\/[^"]+sample\.csv)"/.exec(issue.text) ?? [];
    expect((await page(file)).text).toContain('hour,requests,errors');
    expect((await page('/browse/INI-999')).status).toBe(404);
  });

  test('they show what the chosen person may see, and nothing of the app', async () => {
    const asJoan = 'emulator-user-initech=JIRAUSER10104';
    expect((await page('/browse/INI-8')).status).toBe(200);
    expect((await page('/browse/INI-8', asJoan)).status).toBe(404);
    expect((await page('/jira/settings/apps')).status).toBe(404);
    expect((await page('/projects')).text).not.toMatch(/jira:|iframe/);
  });
});
