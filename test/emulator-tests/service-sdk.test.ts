/** Limits of the services as a function of the app meets them: through the unmodified packages, over the platform's door. */
import { SDK_SURFACE } from '../emulator/coverage/sdk-surface';
import { type RuntimeWorld, startRuntimeWorld } from './runtime-world';

let runtime: RuntimeWorld;
beforeAll(async () => {
  runtime = await startRuntimeWorld();
  await runtime.world.settle({ timeoutMs: 10_000 });
}, 60_000);
afterAll(() => runtime.stop());

interface Step {
  name: string;
  args?: unknown[];
  new?: boolean;
}
const sdk = (from: string, ...steps: Step[]) => runtime.value('acme', 'sdk', { from, steps }, 'user-1');
const kvs = (name: string, ...args: unknown[]) => sdk('kvs', { name: 'kvs' }, { name, args });
const push = (events: unknown, key = 'work') =>
  sdk('events', { name: 'Queue', args: [{ key }], new: true }, { name: 'push', args: [events] });

test.each<[string, () => Promise<unknown>, string]>([
  ['an empty key', () => kvs('set', '', 1), 'KEY_TOO_SHORT'],
  ['a key of 501 characters', () => kvs('set', 'k'.repeat(501), 1), 'KEY_TOO_LONG'],
  ['a key with a slash', () => kvs('get', 'a/b'), 'INVALID_KEY'],
  ['a value over 240 KiB', () => kvs('set', 'k', 'v'.repeat(240 * 1024)), 'MAX_SIZE'],
  ['a secret over 128 KiB', () => kvs('setSecret', 'k', 'v'.repeat(128 * 1024)), 'MAX_SIZE'],
  ['a lifetime of nothing', () => kvs('set', 'k', 1, { ttl: { value: 0, unit: 'DAYS' } }), 'INVALID_TTL'],
  [
    'a batch of 26',
    () =>
      kvs(
        'batchSet',
        Array.from({ length: 26 }, (_, n) => ({ key: `k${n}`, value: n })),
      ),
    'TOO_MANY_BATCH_ENTITIES',
  ],
  [
    'an undeclared entity',
    () => sdk('kvs', { name: 'kvs' }, { name: 'entity', args: ['ghost'] }, { name: 'get', args: ['k'] }),
    'SCHEMA_NOT_FOUND',
  ],
  [
    'an integer of 2^31',
    () =>
      sdk(
        'kvs',
        { name: 'kvs' },
        { name: 'entity', args: ['note'] },
        { name: 'set', args: ['k', { rank: 2 ** 31 }] },
      ),
    'INCORRECT_PROPERTY_TYPE',
  ],
  [
    'a page of 101',
    () =>
      sdk(
        'kvs',
        { name: 'kvs' },
        { name: 'query', args: [] },
        { name: 'limit', args: [101] },
        { name: 'getMany', args: [] },
      ),
    'LIST_QUERY_LIMIT_EXCEEDED',
  ],
])('kvs refuses %s in a function', async (_what, work, code) => {
  expect(await work()).toMatchObject({ thrown: { code } });
});

test('FAIL_IF_EXISTS lets one writer win', async () => {
  expect(await kvs('set', 'once', 1, { keyPolicy: 'FAIL_IF_EXISTS' })).toEqual({ value: null });
  expect(await kvs('set', 'once', 2, { keyPolicy: 'FAIL_IF_EXISTS' })).toMatchObject({
    thrown: { code: 'KEY_CONFLICT' },
  });
});

test.each<[string, () => Promise<unknown>, string]>([
  ['no events', () => push([]), 'No events pushed.'],
  ['51 events', () => push(Array(51).fill({ body: {} })), 'more than the 50 events'],
  ['over 200 KB', () => push({ body: { text: 'x'.repeat(205_000) } }), 'maximum payload size is 200KB'],
  ['a delay of 901 s', () => push({ body: {}, delayInSeconds: 901 }), 'between 0 and 900'],
  ['a queue name with a space', () => push({ body: {} }, 'a queue'), 'alphanumeric'],
  ['a queue without consumer', () => push({ body: {} }, 'nowhere'), '400'],
])('a push of %s is an error of the package', async (_what, work, message) => {
  expect(await work()).toMatchObject({ thrown: { message: expect.stringContaining(message) } });
});

test('a job of a function tells its counts; one that does not exist is an error', async () => {
  const { value } = (await push([{ body: { order: 1 } }, { body: { order: 2 }, delayInSeconds: 900 }])) as {
    value: { jobId: string };
  };
  await runtime.world.settle({ timeoutMs: 10_000 });
  const job = (id: string, verb: string) =>
    sdk(
      'events',
      { name: 'Queue', args: [{ key: 'work' }], new: true },
      { name: 'getJob', args: [id] },
      { name: verb, args: [] },
    );
  expect(await job(value.jobId, 'getStats')).toEqual({ value: { success: 1, inProgress: 1, failed: 0 } });
  expect(await job(value.jobId, 'cancel')).toEqual({ value: null });
  expect(await job(value.jobId, 'getStats')).toEqual({ value: { success: 1, inProgress: 0, failed: 0 } });
  expect(await job('ghost', 'cancel')).toMatchObject({
    thrown: { message: expect.stringContaining('ghost') },
  });
});

test('webtriggers are made, listed and deleted by a function; a shared secret is refused', async () => {
  const web = (name: string, ...args: unknown[]) => sdk('api', { name: 'webTrigger' }, { name, args });
  const first = (await web('getUrl', 'mailbox')) as { value: string };
  const second = (await web('getUrl', 'mailbox', { forceCreate: true })) as { value: string };
  expect(second.value).not.toBe(first.value);
  expect(await web('queryUrls', 'mailbox')).toEqual({
    value: [first, second].map(({ value }) => ({ moduleKey: 'mailbox', url: value })),
  });
  expect(await web('deleteUrl', second.value)).toEqual({ value: null });
  expect(await web('deleteUrl', second.value)).toHaveProperty('thrown');
  expect(await web('getUrl', 'mailbox', { secretKeyConfig: { key: 'aGVsbG8=' } })).toHaveProperty('thrown');
});

test('a function knows its app and what it is permitted', async () => {
  const permissions = (name: string, ...args: unknown[]) =>
    sdk('api', { name: 'permissions' }, { name, args });
  expect(await sdk('api', { name: 'getAppContext', args: [] })).toMatchObject({
    value: {
      appAri: 'ari:cloud:ecosystem::app/0f1a5b3c-1111-4222-8333-444455556666',
      moduleKey: 'fixture-admin',
      environmentType: 'DEVELOPMENT',
    },
  });
  expect(await permissions('hasScope', 'read:jira-work')).toEqual({ value: true });
  expect(await permissions('hasScope', 'write:jira-work')).toEqual({ value: false });
  expect(await permissions('canFetchFrom', 'backend', 'https://api.example.com')).toEqual({ value: true });
  expect(await permissions('canFetchFrom', 'backend', 'https://evil.example')).toEqual({ value: false });
  expect(await permissions('canLoadResource', 'images', 'https://evil.example/x.png')).toEqual({
    value: false,
  });
  expect(await permissions('hasPermission', { scopes: ['read:jira-work', 'write:jira-work'] })).toMatchObject(
    { value: { granted: false, missing: { scopes: ['write:jira-work'] } } },
  );
});

test('a bound function keeps the invocation that bound it', async () => {
  const first = await runtime.value('acme', 'bind');
  expect(await runtime.value('globex', 'bound')).toEqual({ bound: first, now: expect.any(String) });
  expect(((await runtime.value('globex', 'bound')) as { now: string }).now).not.toBe(first);
});

const ROUTE = { route: '/rest/api/3/myself' };
const ARGUMENTS: Record<string, unknown[]> = {
  requestGraph: ['{ me { user { accountId } } }'],
  requestTeamworkGraph: ['{ me { user { accountId } } }'],
  reportPersonalData: [[{ accountId: 'a', updatedAt: '2026-01-01T00:00:00.000Z' }]],
  publish: [[{ key: 'an-event' }]],
  invokeRemote: ['remote', { path: '/x' }],
  invokeService: ['service', { path: '/x' }],
  __requestAtlassianAsUser: ['/x'],
  createTranslationFunction: ['en-US'],
  getTranslations: ['en-US'],
  withProvider: ['google', 'google-apis'],
};

/** `asUser().requestGraph` as steps; what hands out another call is followed by it. */
function stepsOf(call: string): Step[] {
  const steps = call.split('.').map((part): Step => {
    const name = part.replace(/\(\)$/, '');
    return part.endsWith('()') ? { name, args: [] } : { name };
  });
  const last = steps.at(-1) as Step;
  last.args = ARGUMENTS[last.name] ?? [ROUTE];
  return last.name === 'withProvider' ? [...steps, { name: 'fetch', args: ['/x'] }] : steps;
}

const REFUSED = SDK_SURFACE.filter(
  (row) => row.level === 'refused' && ['@forge/api', '@forge/events'].includes(row.package),
).map((row) => [row.package.replace('@forge/', ''), row.call] as const);

test.each(REFUSED)('%s refuses %s loudly', async (from, call) => {
  const answer = (await sdk(from, ...stepsOf(call))) as { value?: { type?: string; status?: number } };
  // Most throw; appEvents gives its error as a value.
  if (answer.value !== undefined) expect(answer.value.type).toBe('error');
  else expect(answer).toHaveProperty('thrown');
});

test('what another product or context is asked ends in 501 and on the counter', async () => {
  const ask = (...steps: Step[]) => sdk('api', { name: 'asApp', args: [] }, ...steps);
  expect(await ask({ name: 'requestConfluence', args: [{ route: '/wiki' }] })).toMatchObject({
    thrown: { status: 501 },
  });
  const elsewhere = [
    { name: 'withContext', args: ['ari:cloud:jira::site/other'] },
    { name: 'requestJira', args: [ROUTE] },
  ];
  expect(await ask(...elsewhere)).toMatchObject({ thrown: { status: 501 } });
  const here = [
    { name: 'withContext', args: ['ari:cloud:jira::site/cloud-acme'] },
    { name: 'requestJira', args: [ROUTE] },
  ];
  expect(await ask(...here)).not.toHaveProperty('thrown');
  expect(JSON.stringify(runtime.world.stats())).toContain('notEmulated');
});
