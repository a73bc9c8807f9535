/** Events on their way survive a restart of a persisted world: those that wait and those whose function was running. */
import { createEventDelivery } from '../emulator/services/events/create-event-delivery';
import { createTestPersistence, createTestWorld, type TestWorld } from './service-world';

const UPDATED = 'avi:jira:updated:issue';
const trigger = (key: string) => ({ key, functionKey: 'noteIssue', events: [UPDATED] });
const byAda = { kind: 'user', accountId: 'ada' } as const;
const persistence = createTestPersistence();

/** A run of the emulator over the same saved state, its clock going on. */
function startRun(at: number, keys = ['issues']) {
  const world = createTestWorld(1, persistence);
  const delivery = createEventDelivery({ ...world, triggers: keys.map(trigger) });
  return world.clock.advance(at - world.clock.now()).then(() => {
    delivery.resume(world.acme);
    return { world, delivery };
  });
}

const keysOf = (world: TestWorld) =>
  world.invocations.map(({ payload }) => (payload as { issue: { key: string } }).issue.key);

test('what waited and what ran is delivered after the restart, once, and then no more', async () => {
  const first = createTestWorld().clock.now();
  const before = await startRun(first);
  before.world.eventFate = () => ({ copies: 1, delaysMs: [0] });
  before.delivery.deliver(before.world.acme, {
    eventType: UPDATED,
    payload: { issue: { key: 'ACME-1' } },
    actor: byAda,
  });
  await before.world.clock.advance(10);
  before.world.eventFate = () => ({ copies: 2, delaysMs: [5000, 60_000] });
  before.delivery.deliver(before.world.acme, {
    eventType: UPDATED,
    payload: { issue: { key: 'ACME-2' } },
    actor: byAda,
  });
  before.world.eventFate = () => ({ copies: 1, delaysMs: [0] });
  // This function never comes back: the emulator is stopped while it runs.
  before.world.answer = () => new Promise(() => undefined);
  before.delivery.deliver(before.world.acme, {
    eventType: UPDATED,
    payload: { issue: { key: 'ACME-3' } },
    actor: byAda,
  });
  await before.world.clock.advance(10);
  expect(keysOf(before.world)).toEqual(['ACME-1', 'ACME-3']);

  const after = await startRun(first + 10_000);
  expect(after.delivery.pending().map(({ dueAt }) => dueAt - first)).toEqual([10, 5010, 60_010]);
  await after.world.clock.advance(0);
  expect(keysOf(after.world).sort()).toEqual(['ACME-2', 'ACME-3']);
  await after.world.clock.advance(60_000);
  expect(keysOf(after.world)).toHaveLength(3);

  const last = await startRun(first + 100_000);
  await last.world.clock.advance(100_000);
  expect(keysOf(last.world)).toEqual([]);
});

test('a retry keeps its count over a restart; a trigger that is gone gets nothing', async () => {
  const first = createTestWorld().clock.now();
  const before = await startRun(first, ['issues', 'old']);
  before.world.answer = () => ({
    ok: true,
    value: {
      _retry: true,
      retryOptions: { retryAfter: 600, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { n: 1 } },
    },
    durationMs: 1,
  });
  before.delivery.deliver(before.world.acme, {
    eventType: UPDATED,
    payload: { issue: { key: 'ACME-4' } },
    actor: byAda,
  });
  await before.world.clock.advance(10);
  const after = await startRun(first + 1000, ['issues']);
  await after.world.clock.advance(600_000);
  expect(after.world.invocations).toMatchObject([
    { moduleKey: 'issues', payload: { retryContext: { retryCount: 1, retryData: { n: 1 } } } },
  ]);
});

test('an uninstalled app finds nothing when it comes back', async () => {
  const first = createTestWorld().clock.now();
  const before = await startRun(first);
  before.world.eventFate = () => ({ copies: 1, delaysMs: [60_000] });
  before.delivery.deliver(before.world.acme, {
    eventType: UPDATED,
    payload: { issue: { key: 'ACME-5' } },
    actor: byAda,
  });
  before.delivery.forget(before.world.acme);
  const after = await startRun(first + 1000);
  expect(after.delivery.pending()).toEqual([]);
});
