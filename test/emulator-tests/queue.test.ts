/** Queues behave as the platform's: what the unmodified SDK pushes is delivered at least once, late, doubled and unordered. */
import {
  InvocationError,
  InvocationErrorCode,
  InvocationLimitReachedError,
  RateLimitError,
  Queue as SdkQueue,
} from '@forge/events';
import type { Installation } from '../emulator/seam';
import type { Queue } from '../emulator/services/contracts';
import { createQueue } from '../emulator/services/queue/create-queue';
import { createTestPersistence, createTestWorld, failed, succeeded, type TestWorld } from './service-world';

const CONSUMERS = [
  { key: 'worker', queue: 'work', functionKey: 'work' },
  { key: 'long', queue: 'bulk', functionKey: 'bulk', timeoutSeconds: 900 },
];
const HOUR = 3_600_000;

let world: TestWorld;
let queue: Queue;

beforeEach(() => {
  world = createTestWorld();
  queue = createQueue({ ...world, consumers: CONSUMERS });
});

/** The SDK's queue, whose calls go to the emulator's. */
function sdk(key = 'work', root?: string, installation: Installation = world.acme) {
  const client = (path: string, init?: { body?: unknown }) =>
    queue.handle(installation, path, init?.body, root);
  return new SdkQueue({ key }, client as never);
}

const bodies = () => world.invocations.map(({ payload }) => (payload as { body: { n: number } }).body.n);
const events = () => world.invocations.map(({ payload }) => payload as Record<string, never>);

test('an event reaches its consumer in the documented shape', async () => {
  const { jobId } = await sdk().push({
    body: { n: 1 },
    delayInSeconds: 30,
    concurrency: { key: 'c', limit: 2 },
  });
  await world.clock.advance(29_000);
  expect([world.invocations.length, queue.pending().map(({ appDelayed }) => appDelayed)]).toEqual([
    0,
    [true],
  ]);
  await world.clock.advance(1000);
  expect(world.invocations).toMatchObject([
    { kind: 'consumer', functionKey: 'work', moduleKey: 'worker', root: jobId },
  ]);
  expect(events()).toEqual([
    {
      body: { n: 1 },
      queueName: 'work',
      jobId,
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      delayInSeconds: 30,
      concurrency: { key: 'c', limit: 2 },
    },
  ]);
  expect([queue.pending(), world.underWay()]).toEqual([[], 0]);
});

test('events due together come in a seeded random order, each once', async () => {
  await sdk().push(Array.from({ length: 20 }, (_, n) => ({ body: { n } })));
  await world.clock.advance(0);
  const first = bodies();
  expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(first).not.toEqual([...first].sort((a, b) => a - b));
});

test('the same seed gives the same order, another seed another', async () => {
  const orderOf = async (seed: number) => {
    world = createTestWorld(seed);
    queue = createQueue({ ...world, consumers: CONSUMERS });
    await sdk().push(Array.from({ length: 20 }, (_, n) => ({ body: { n } })));
    await world.clock.advance(0);
    return bodies();
  };
  const first = await orderOf(3);
  expect(await orderOf(3)).toEqual(first);
  expect(await orderOf(4)).not.toEqual(first);
});

test('a job tells its counts and can be cancelled', async () => {
  const { jobId } = await sdk().push([{ body: { n: 1 } }, { body: { n: 2 }, delayInSeconds: 60 }]);
  await world.clock.advance(10);
  expect(await sdk().getStats(jobId)).toEqual({ success: 1, inProgress: 1, failed: 0 });
  await sdk().cancel(jobId);
  await world.clock.advance(HOUR);
  expect(bodies()).toEqual([1]);
  await expect(sdk().getStats('unknown')).rejects.toThrow('unknown');
  await expect(sdk('bulk').getStats(jobId)).rejects.toThrow(jobId);
});

test.each(['threw', 'timeout', 'crash', 'memory'] as const)(
  'a function that fails (%s) is tried again with growing waits, until 24 hours are over',
  async (reason) => {
    world.answer = () => failed(reason);
    const { jobId } = await sdk().push({ body: { n: 1 } });
    await world.clock.advance(1000);
    expect(events()).toHaveLength(2);
    expect(events()[1]).toMatchObject({
      retryContext: { retryCount: 1, retryReason: expect.stringMatching(/^FUNCTION_/) },
    });
    expect(queue.pending()).toMatchObject([{ appDelayed: false, what: expect.stringContaining('retry 2') }]);
    await world.clock.advance(23 * HOUR);
    const many = events().length;
    expect(many).toBeGreaterThan(90);
    await world.clock.advance(24 * HOUR);
    expect(await sdk().getStats(jobId)).toEqual({ success: 0, inProgress: 0, failed: 1 });
    expect(world.stats.of('acme', 'queueDropped')).toBe(1);
  },
);

test('a returned InvocationError is a retry at the time it names, with its data', async () => {
  const error = new InvocationError({
    retryAfter: 120,
    retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED,
    retryData: { page: 3 },
  });
  world.answer = ({ payload }) =>
    succeeded((payload as { retryContext?: object }).retryContext ? 'ok' : error);
  const startTime = new Date(world.clock.now()).toISOString();
  await sdk().push({ body: { n: 1 } });
  await world.clock.advance(119_000);
  expect([events().length, queue.pending()[0]?.appDelayed]).toEqual([1, true]);
  await world.clock.advance(1000);
  expect(events()[1]).toMatchObject({
    retryContext: {
      retryCount: 1,
      retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED',
      retryData: { page: 3 },
      retentionWindow: { startTime, remainingTimeMs: 24 * HOUR - 120_000 },
    },
  });
  expect(queue.pending()).toEqual([]);
});

test.each([
  ['retryData over 4 KB', { n: 1 }, { text: 'x'.repeat(4096) }],
  [
    'event and retryData over 200 KB together',
    { n: 1, text: 'x'.repeat(203_000) },
    { text: 'x'.repeat(4000) },
  ],
])('%s: the retry is lost', async (_what, body, retryData) => {
  world.answer = () => succeeded({ _retry: true, retryOptions: { retryAfter: 1, retryData } });
  await sdk().push({ body });
  await world.clock.advance(HOUR);
  expect([events().length, world.stats.of('acme', 'queueDropped')]).toEqual([1, 1]);
});

test.each([
  ['a day', 86_400, 900],
  ['nothing', 0, 1],
])('a retry after %s comes within 1 to 900 seconds', async (_what, retryAfter, seconds) => {
  world.answer = ({ payload }) =>
    succeeded(
      (payload as { retryContext?: object }).retryContext
        ? 'ok'
        : { _retry: true, retryOptions: { retryAfter } },
    );
  await sdk().push({ body: { n: 1 } });
  await world.clock.advance(seconds * 1000 - 1);
  expect(events()).toHaveLength(1);
  await world.clock.advance(1);
  expect(events()).toHaveLength(2);
});

test('a concurrency key bounds what runs at once, over all queues; blocked events come later', async () => {
  const open: (() => void)[] = [];
  world.answer = () => new Promise((resolve) => open.push(() => resolve(succeeded())));
  const concurrency = { key: 'pair-7', limit: 1 };
  await sdk().push([
    { body: { n: 1 }, concurrency },
    { body: { n: 2 }, concurrency },
  ]);
  await sdk('bulk').push({ body: { n: 3 }, concurrency });
  await world.clock.advance(HOUR);
  expect(world.invocations).toHaveLength(1);
  open.shift()?.();
  await world.clock.advance(15 * 60_000);
  expect(world.invocations).toHaveLength(2);
  open.shift()?.();
  await world.clock.advance(15 * 60_000);
  expect([...bodies()].sort()).toEqual([1, 2, 3]);
});

test('faults double and delay a delivery', async () => {
  world.queueFate = { copies: 2, delayMs: 5000 };
  const { jobId } = await sdk().push({ body: { n: 1 } });
  await world.clock.advance(4999);
  expect(events()).toEqual([]);
  await world.clock.advance(1);
  expect(events()).toHaveLength(2);
  expect(events()[0]).toEqual(events()[1]);
  expect(await sdk().getStats(jobId)).toEqual({ success: 1, inProgress: 0, failed: 0 });
});

test('what was acknowledged survives a restart, a running delivery is made again', async () => {
  const persistence = createTestPersistence();
  world = createTestWorld(1, persistence);
  queue = createQueue({ ...world, consumers: CONSUMERS });
  world.answer = () => new Promise(() => undefined);
  await sdk().push([{ body: { n: 1 } }, { body: { n: 2 }, delayInSeconds: 60 }]);
  await world.clock.advance(10);
  expect(bodies()).toEqual([1]);

  world = createTestWorld(1, persistence);
  queue = createQueue({ ...world, consumers: CONSUMERS });
  queue.resume(world.acme);
  queue.resume(world.acme);
  expect(queue.pending()).toHaveLength(2);
  await world.clock.advance(60_000);
  expect(bodies()).toEqual([1, 2]);
});

test.each([
  ['a queue name of 37 characters', [{ key: 'w', queue: 'q'.repeat(37), functionKey: 'f' }]],
  ['a queue name with a space', [{ key: 'w', queue: 'a queue', functionKey: 'f' }]],
  ['a timeout of 901 s', [{ key: 'w', queue: 'q', functionKey: 'f', timeoutSeconds: 901 }]],
  ['two consumers of one queue', [1, 2].map((n) => ({ key: `w${n}`, queue: 'q', functionKey: 'f' }))],
])('a manifest with %s stops the start', (_what, consumers) => {
  expect(() => createQueue({ ...world, consumers })).toThrow();
});

test('installations have their own queues', async () => {
  await sdk('work', undefined, world.globex).push({ body: { n: 1 } });
  await sdk().push({ body: { n: 2 }, delayInSeconds: 10 });
  queue.forget(world.acme);
  await world.clock.advance(HOUR);
  expect(world.invocations.map(({ installation }) => installation.id)).toEqual([world.globex.id]);
});

test('500 events a minute, 1000 pushes in one chain', async () => {
  const fifty = Array.from({ length: 50 }, (_, n) => ({ body: { n } }));
  for (let n = 0; n < 10; n += 1) await sdk().push(fifty);
  await expect(sdk().push({ body: { n: 1 } })).rejects.toBeInstanceOf(RateLimitError);
  for (let n = 0; n < 1000; n += 1) {
    if (n % 400 === 0) await world.clock.advance(60_000);
    await sdk('work', 'first-invocation').push({ body: { n } });
  }
  await world.clock.advance(60_000);
  await expect(sdk('work', 'first-invocation').push({ body: { n: 1 } })).rejects.toBeInstanceOf(
    InvocationLimitReachedError,
  );
  await sdk('work', 'another').push({ body: { n: 1 } });
});

test.each<[string, string, Record<string, unknown>, number]>([
  ['an unknown queue', 'publish', { queueName: 'nothing' }, 400],
  ['no events', 'publish', { payload: [] }, 400],
  ['51 events', 'publish', { payload: Array(51).fill({ body: {} }) }, 400],
  ['a body that is no object', 'publish', { payload: [{ body: [1] }] }, 400],
  ['a delay over 900 s', 'publish', { payload: [{ body: {}, delayInSeconds: 901 }] }, 400],
  ['another type', 'publish', { type: 'other' }, 400],
  ['a payload over 200 KB', 'publish', { payload: [{ body: { text: 'x'.repeat(205_000) } }] }, 413],
  [
    'over 100 KB for a long-running consumer',
    'publish',
    { queueName: 'bulk', payload: [{ body: { text: 'x'.repeat(103_000) } }] },
    413,
  ],
  ['an unknown path', 'peek', {}, 501],
])('%s is refused', async (_what, verb, change, status) => {
  const push = {
    queueName: 'work',
    jobId: 'job',
    type: 'avi:forge:app:event',
    schema: 'ari:cloud:ecosystem::forge/app-event-2',
    payload: [{ body: {} }],
    time: '2026-01-05T09:00:00.000Z',
    ...change,
  };
  const path = `/webhook/queue/${verb}/{contextAri}/{environmentId}/{appId}/{appVersion}`;
  expect((await queue.handle(world.acme, path, JSON.stringify(push))).status).toBe(status);
  expect(queue.pending()).toEqual([]);
});
