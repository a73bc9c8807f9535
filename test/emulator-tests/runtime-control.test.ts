/** The control API over a running platform, and the doors of the sites. */
import type { Hono } from 'hono';
import { createControlApp } from '../emulator/control/control-app';
import { openDoor } from '../emulator/platform/open-door';
import { createSiteDoor } from '../emulator/platform/site-door';
import { FIXTURE_MODULE, type RuntimeWorld, startRuntimeWorld } from './runtime-world';

let runtime: RuntimeWorld;
let control: Hono;
const resets: (number | undefined)[] = [];

beforeAll(async () => {
  runtime = await startRuntimeWorld();
  const { world, platform } = runtime;
  control = createControlApp({ world, platform, reset: (seed) => resets.push(seed) });
  await world.settle({ timeoutMs: 10_000 });
}, 60_000);
afterAll(() => runtime.stop());

async function ask(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await control.request(path, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('health names the sites, their users and addresses', async () => {
  expect(await ask('/health')).toMatchObject({
    status: 200,
    body: {
      ok: true,
      sites: [
        {
          key: 'acme',
          name: 'acme',
          kind: 'cloud',
          publicUrl: 'https://acme.atlassian.net',
          users: [
            { name: 'Ada', email: 'ada@acme.example', token: 't', accountId: 'admin-acme', admin: true },
          ],
        },
        { key: 'globex' },
        { key: 'directory' },
      ],
    },
  });
});

test('a resolver call leaves its traces in counters, storage and log', async () => {
  await ask('/stats/reset', {});
  const call = {
    site: 'acme',
    module: FIXTURE_MODULE,
    functionKey: 'storeAndRead',
    payload: { key: 'c1', value: 5 },
  };
  expect(await ask('/invoke', call)).toEqual({ status: 200, body: { ok: true, body: 5 } });
  expect(await ask('/kvs?site=acme&prefix=c')).toMatchObject({ body: { values: { c1: 5 } } });
  expect(await ask('/stats')).toMatchObject({
    body: {
      sites: { acme: { invocations: { 'fn-resolver': 1 }, kvsWrites: 1, gbSeconds: expect.any(Number) } },
    },
  });
});

test.each([
  ['/invoke', { site: 'acme' }, 400, 'functionKey'],
  ['/invoke', { site: 'nowhere', module: 'm', functionKey: 'f' }, 404, 'there are acme, globex, directory'],
  ['/invoke', { site: 'acme', module: 'm', functionKey: 'f' }, 404, 'there are fixture-admin'],
  ['/settle', { timeoutMs: 'soon' }, 400, 'timeoutMs'],
  ['/faults', { eventLos: {} }, 400, 'eventLos'],
  ['/faults', { crashPoints: { call: 'kvs:*' } }, 400, 'when'],
  ['/faults', { eventLoss: { site: 'nowhere' } }, 404, 'No site nowhere'],
  ['/schedule', { site: 'acme', moduleKey: 'never' }, 404, 'never'],
  ['/clock', { advanceMs: 5 }, 409, '--virtual-clock'],
  ['/unknown', {}, 404, 'POST'],
])('%s %j answers %i', async (path, body, status, text) => {
  const answer = await ask(path, body);
  expect(answer.status).toBe(status);
  expect(answer.body['error']).toContain(text);
});

test('faults are listed with how often they struck, and cleared', async () => {
  await ask('/faults', { errors: { call: 'jira:*', status: 503 } });
  await runtime.value('acme', 'jiraAsApp', { what: 'field' });
  expect(await ask('/faults')).toMatchObject({ body: { active: [{ kind: 'errors', seen: 1, fired: 1 }] } });
  expect(await ask('/faults', { clear: true })).toEqual({ status: 200, body: { ok: true, active: [] } });
});

test('settle waits for what a queue still has to do', async () => {
  await runtime.value('acme', 'push', { order: 1 });
  expect(await ask('/settle', { timeoutMs: 10_000 })).toMatchObject({ body: { ok: true, left: [] } });
  expect(await runtime.value('acme', 'read', { key: 'worked' })).toMatchObject({ body: { order: 1 } });
});

test('a webtrigger can be called from outside', async () => {
  const url = new URL(String(await runtime.value('acme', 'mailboxUrl')));
  const response = await control.request(`/public/${url.host}${url.pathname}`, {
    method: 'POST',
    body: 'hello',
  });
  expect([response.status, await response.text()]).toEqual([200, 'got hello']);
  expect(await ask('/traffic')).toMatchObject({
    body: { calls: expect.arrayContaining([expect.objectContaining({ requestBody: 'hello' })]) },
  });
});

test('a page of another origin may not drive the emulator', async () => {
  expect(await ask('/reset', {}, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(resets).toEqual([]);
  await ask('/reset', { seed: 3 });
  expect(resets).toEqual([3]);
});

describe('the door of a site', () => {
  const who = async (headers: Record<string, string>) => {
    const door = createSiteDoor(runtime.platform, runtime.sites.acme, undefined);
    const response = await door.request('/rest/api/3/myself', { headers });
    return response.status === 200 ? ((await response.json()) as { actor: unknown }).actor : response.status;
  };
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const admin = { kind: 'user', accountId: 'admin-acme' };

  test('knows users by token, by session, and nobody else', async () => {
    expect(await who(basic('ada@acme.example:t'))).toEqual(admin);
    expect(await who(basic('ada@acme.example:wrong'))).toBe(401);
    expect(await who({})).toEqual({ kind: 'anonymous' });
    expect(await who({ cookie: 'emulator-user-acme=admin-acme' })).toEqual(admin);
    expect(await who({ 'sec-fetch-site': 'same-origin' })).toEqual(admin);
  });

  test('does not let another origin use the session', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site', cookie: 'emulator-user-acme=admin-acme' };
    expect(await who(foreign)).toEqual({ kind: 'anonymous' });
  });
});

test('an occupied port is a clear message', async () => {
  const first = await openDoor('acme', 0, () => new Response('here'));
  const port = Number(new URL(first.origin).port);
  await expect(openDoor('globex', port, () => new Response('too'))).rejects.toThrow(
    `Port ${port} (globex) is in use`,
  );
  await first.close();
});
