/** Webtriggers: addresses managed by the unmodified SDK, requests and answers as the platform shapes them, faults. */
import { webTrigger } from '@forge/api';
import type { Installation } from '../emulator/seam';
import type { WebtriggerModule, Webtriggers } from '../emulator/services/contracts';
import { createWebtriggers } from '../emulator/services/webtriggers/create-webtriggers';
import { createTestPersistence, createTestWorld, failed, succeeded, type TestWorld } from './service-world';

const MODULES: WebtriggerModule[] = [
  { key: 'partner', functionKey: 'receive', urlFormat: 'v2', response: { type: 'dynamic' } },
  { key: 'old', functionKey: 'receive' },
  {
    key: 'fixed',
    functionKey: 'receive',
    urlFormat: 'v2',
    response: {
      type: 'static',
      outputs: [{ key: 'taken', statusCode: 202, contentType: 'application/json', body: '{"ok":true}' }],
    },
  },
];
const APP = { appId: 'app-id', environmentId: 'env-id' };

let world: TestWorld;
let triggers: Webtriggers;

function start(persistence = createTestPersistence()): void {
  world = createTestWorld(1, persistence);
  triggers = createWebtriggers({ ...world, ...APP, webtriggers: MODULES });
}
beforeEach(() => {
  start();
  enter(world.acme);
});

/** Makes the SDK believe that it runs in this installation. */
function enter(installation: Installation, appId = APP.appId): void {
  const noMetric = { incr() {}, incrBy() {}, decr() {}, decrBy() {}, stop() {} };
  Object.assign(globalThis, {
    __forge_runtime__: {
      contextAri: installation.contextAri,
      appContext: { appId, environmentId: APP.environmentId },
      metrics: { counter: () => noMetric, timing: () => ({ measure: () => noMetric }) },
    },
    __forge_fetch__: (_meta: unknown, path: string, init: { body: string }) => {
      expect(path).toBe('/graphql');
      const { query, variables } = JSON.parse(init.body);
      return triggers.graphql(installation, query, variables);
    },
  });
}

const post = (url: string, body = 'hello', headers: Record<string, string> = {}) =>
  triggers.ingress(new Request(url, { method: 'POST', body, headers }), { site: 'globex' });
const answering = (statusCode: number, body = '', headers = {}) => {
  world.answer = () => succeeded({ statusCode, body, headers });
};

test('the SDK makes, finds, lists, rotates and deletes addresses', async () => {
  const first = await webTrigger.getUrl('partner');
  expect(first).toMatch(/^https:\/\/acme-installation\.webtrigger\.atlassian\.app\/public\/[A-Za-z0-9]{32}$/);
  expect(await webTrigger.getUrl('partner')).toBe(first);
  expect(triggers.urlOf(world.acme, 'partner')).toBe(first);
  const second = await webTrigger.getUrl('partner', true);
  expect(second).not.toBe(first);
  expect(await webTrigger.queryUrls('partner')).toEqual([
    { moduleKey: 'partner', url: first },
    { moduleKey: 'partner', url: second },
  ]);
  await webTrigger.deleteUrl(first);
  answering(200);
  expect([(await post(first)).status, (await post(second)).status]).toEqual([404, 200]);
  await expect(webTrigger.deleteUrl(first)).rejects.toThrow('does not exist');
  expect(await webTrigger.getUrl('old')).toMatch(/^https:\/\/app-id\.hello\.atlassian-dev\.net\/x1\//);
});

test.each<[string, () => Promise<unknown>]>([
  ['an unknown module', () => webTrigger.getUrl('nothing')],
  ['a shared secret', () => webTrigger.getUrl('partner', { secretKeyConfig: { key: 'aGVsbG8=' } })],
  [
    'another app',
    () => {
      enter(world.acme, 'another-app');
      return webTrigger.getUrl('partner');
    },
  ],
])('%s is refused an address', async (_what, work) => {
  await expect(work()).rejects.toThrow('Failed to get web trigger URL');
});

test('an installation cannot delete the address of another', async () => {
  const url = await webTrigger.getUrl('partner');
  enter(world.globex);
  await expect(webTrigger.deleteUrl(url)).rejects.toThrow('does not exist');
  answering(200);
  expect((await post(url)).status).toBe(200);
});

test('the function gets the request in the documented shape', async () => {
  answering(201, 'made', { 'x-many': ['a', 'b'], 'content-type': ['text/plain'] });
  const url = triggers.urlOf(world.acme, 'partner');
  const response = await post(`${url}/deep/path?a=1&a=2&b=`, 'grüße', { 'X-Own': 'v' });
  expect([response.status, await response.text()]).toEqual([201, 'made']);
  expect(response.headers.get('x-many')).toBe('a, b');
  expect(response.headers.get('x-ratelimit-remaining')).toBe('6999');
  expect(world.invocations).toMatchObject([
    {
      kind: 'webtrigger',
      functionKey: 'receive',
      moduleKey: 'partner',
      payload: {
        method: 'POST',
        body: 'grüße',
        path: `${new URL(url).pathname}/deep/path`,
        userPath: '/deep/path',
        queryParameters: { a: ['1', '2'], b: [''] },
        headers: { 'x-own': ['v'], host: ['acme-installation.webtrigger.atlassian.app'] },
      },
    },
  ]);
  expect('accountId' in (world.invocations[0] as object)).toBe(false);
});

test('addresses belong to one installation and survive a restart', async () => {
  const persistence = createTestPersistence();
  start(persistence);
  const url = triggers.urlOf(world.acme, 'partner');
  start(persistence);
  answering(200);
  expect(triggers.urlOf(world.acme, 'partner')).toBe(url);
  expect((await post(url.replace('acme-installation', 'globex-installation'))).status).toBe(404);
  expect((await post(`${url}x`)).status).toBe(404);
  triggers.forget(world.acme);
  expect((await post(url)).status).toBe(404);
  expect(triggers.urlOf(world.acme, 'partner')).not.toBe(url);
});

test.each([
  ['nothing', undefined, 500],
  ['no status', { body: 'x' }, 500],
  ['headers that are no lists', { statusCode: 200, headers: { a: 'b' } }, 500],
  ['a body that is no string', { statusCode: 200, body: { a: 1 } }, 500],
  ['an impossible status', { statusCode: 99 }, 500],
  ['a header that HTTP forbids', { statusCode: 200, headers: { 'bad header': ['x'] } }, 500],
  ['a body over 5 MB', { statusCode: 200, body: 'x'.repeat(5 * 1024 * 1024) }, 500],
  ['a status without a body', { statusCode: 204, body: '' }, 204],
])('a function answering %s gives %#', async (_what, value, status) => {
  world.answer = () => succeeded(value);
  expect((await post(triggers.urlOf(world.acme, 'partner'))).status).toBe(status);
});

test.each([
  ['timeout', 424],
  ['threw', 500],
  ['crash', 500],
] as const)('a function that ends by %s gives %i', async (reason, status) => {
  world.answer = () => failed(reason);
  expect((await post(triggers.urlOf(world.acme, 'partner'))).status).toBe(status);
});

test('a static webtrigger gives declared outputs only', async () => {
  const url = triggers.urlOf(world.acme, 'fixed');
  world.answer = () => succeeded({ outputKey: 'taken' });
  const response = await post(url);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    202,
    'application/json',
    '{"ok":true}',
  ]);
  world.answer = () => succeeded({ outputKey: 'other' });
  expect((await post(url)).status).toBe(500);
  answering(200);
  expect((await post(url)).status).toBe(500);
});

test('a request over 5 MB never reaches the function', async () => {
  expect((await post(triggers.urlOf(world.acme, 'partner'), 'x'.repeat(5 * 1024 * 1024))).status).toBe(413);
  expect(world.invocations).toEqual([]);
});

test('300 calls a second, 7000 a minute', async () => {
  answering(200);
  const url = triggers.urlOf(world.acme, 'partner');
  let passed = 0;
  for (let second = 0; second < 24; second += 1) {
    for (let n = 0; n < 301; n += 1) if ((await post(url)).status === 200) passed += 1;
    await world.clock.advance(1000);
  }
  expect(passed).toBe(7000);
  const refused = await post(url);
  expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
  expect(refused.headers.get('x-ratelimit-reset')).toBe(
    String(Math.ceil((world.clock.now() + 1) / 60_000) * 60),
  );
  await world.clock.advance(60_000);
  expect((await post(url)).status).toBe(200);
});

test('a lost request never runs, a lost answer did run, a doubled one runs twice', async () => {
  answering(202, 'taken');
  const url = triggers.urlOf(world.acme, 'partner');
  world.webtriggerFate = { delayMs: 0, lost: 'request' };
  expect((await post(url)).headers.get('x-emulator-fault')).toBe('connection-lost');
  expect(world.invocations).toHaveLength(0);
  world.webtriggerFate = { delayMs: 0, lost: 'response' };
  expect((await post(url)).headers.get('x-emulator-fault')).toBe('connection-lost');
  expect(world.invocations).toHaveLength(1);
  world.webtriggerFate = { delayMs: 0, copies: 2 };
  expect((await post(url)).status).toBe(202);
  await world.clock.advance(0);
  expect(world.invocations).toHaveLength(3);
  expect(triggers.traffic().map(({ from, to, status, fault }) => [from, to, status, fault])).toEqual([
    ['globex', 'acme', 0, 'request-lost'],
    ['globex', 'acme', 202, 'response-lost'],
    ['globex', 'acme', 202, 'duplicated'],
  ]);
});

test('a delayed call is under way until it is answered', async () => {
  answering(202, 'taken');
  world.webtriggerFate = { delayMs: 3000 };
  let status = 0;
  void post(triggers.urlOf(world.acme, 'partner')).then((response) => {
    status = response.status;
  });
  await world.clock.advance(2999);
  expect([status, world.underWay(), world.invocations.length]).toEqual([0, 1, 0]);
  await world.clock.advance(1);
  await world.clock.advance(0);
  expect([status, world.underWay(), world.invocations.length]).toEqual([202, 0, 1]);
});

const staticWith = (outputs: { key: string; statusCode: number; contentType?: string; body?: string }[]) => ({
  key: 'a',
  functionKey: 'f',
  response: { type: 'static' as const, outputs },
});

test.each<[string, WebtriggerModule]>([
  [
    '21 outputs',
    staticWith(Array.from({ length: 21 }, (_, n) => ({ key: `o${n}`, statusCode: 200, body: 'x' }))),
  ],
  ['a long key of an output', staticWith([{ key: 'o'.repeat(256), statusCode: 200, body: 'x' }])],
  [
    'a long content type',
    staticWith([{ key: 'o', statusCode: 200, contentType: `text/${'x'.repeat(251)}`, body: 'x' }]),
  ],
  ['authentication', { key: 'a', functionKey: 'f', request: { authentication: 'hmacSharedSecret' } }],
  [
    'a long body',
    {
      key: 'a',
      functionKey: 'f',
      response: { type: 'static', outputs: [{ key: 'o', statusCode: 200, body: 'x'.repeat(1025) }] },
    },
  ],
])('a manifest with %s stops the start', (_what, module) => {
  expect(() => createWebtriggers({ ...world, ...APP, webtriggers: [module] })).toThrow('webtrigger "a"');
});
