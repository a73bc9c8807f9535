/** Scheduled triggers run at their interval, each installation at its own phase, and are not retried. */
import { createScheduler } from '../emulator/services/scheduler/create-scheduler';
import { createTestPersistence, createTestWorld, failed, succeeded } from './service-world';

const MINUTE = 60_000;
const MODULES = [
  { key: 'sweep', functionKey: 'sweep', interval: 'fiveMinute' },
  { key: 'report', functionKey: 'report', interval: 'day' },
];

test('timers begin about five minutes after the start and keep their interval', async () => {
  const world = createTestWorld();
  const scheduler = createScheduler({ ...world, scheduledTriggers: MODULES });
  scheduler.start(world.acme);
  scheduler.start(world.acme);
  await world.clock.advance(5 * MINUTE - 1);
  expect(world.invocations).toEqual([]);
  await world.clock.advance(MINUTE);
  expect(world.invocations.map(({ functionKey }) => functionKey).sort()).toEqual(['report', 'sweep']);
  await world.clock.advance(60 * MINUTE);
  expect(world.invocations.filter(({ functionKey }) => functionKey === 'sweep')).toHaveLength(13);
  expect(world.invocations.find(({ functionKey }) => functionKey === 'sweep')).toMatchObject({
    kind: 'scheduled',
    moduleKey: 'sweep',
    payload: {
      context: { cloudId: 'acme-cloud', moduleKey: 'sweep' },
      contextToken: expect.any(String),
    },
  });
  scheduler.stop(world.acme);
  await world.clock.advance(60 * MINUTE);
  expect(world.invocations).toHaveLength(14);
});

test('installations run apart, at a phase that survives a restart', async () => {
  const persistence = createTestPersistence();
  const world = createTestWorld(1, persistence);
  const scheduler = createScheduler({ ...world, scheduledTriggers: MODULES });
  scheduler.start(world.acme);
  scheduler.start(world.globex);
  const [acme, , globex] = scheduler.next();
  expect(acme?.at).not.toBe(globex?.at);
  await world.clock.advance(7 * MINUTE);
  scheduler.stop(world.acme);
  scheduler.stop(world.globex);

  await world.clock.advance(11 * MINUTE);
  const again = createScheduler({ ...world, scheduledTriggers: MODULES });
  again.start(world.acme);
  const next = again.next()[0]?.at ?? 0;
  expect((next - (acme?.at ?? 0)) % (5 * MINUTE)).toBe(0);
  expect(next - world.clock.now()).toBeLessThanOrEqual(5 * MINUTE);
  expect(next).toBeGreaterThan(world.clock.now());
});

test('fire runs a module now and tells how it went; errors are not retried', async () => {
  const world = createTestWorld();
  const scheduler = createScheduler({ ...world, scheduledTriggers: MODULES });
  world.answer = () => succeeded('ignored');
  expect(await scheduler.fire(world.acme, 'sweep')).toMatchObject({ ok: true });
  world.answer = () => failed('threw');
  expect(await scheduler.fire(world.acme, 'sweep')).toMatchObject({ ok: false, reason: 'threw' });
  await world.clock.advance(4 * MINUTE);
  expect(world.invocations).toHaveLength(2);
  await expect(scheduler.fire(world.acme, 'nothing')).rejects.toThrow('not in the manifest');
});

test('a timer that wants a licence is silent without one', async () => {
  const world = createTestWorld();
  const scheduledTriggers = [{ ...(MODULES[0] as (typeof MODULES)[0]), filter: { appIsLicensed: true } }];
  const scheduler = createScheduler({ ...world, scheduledTriggers, isLicensed: () => false });
  scheduler.start(world.acme);
  await world.clock.advance(60 * MINUTE);
  expect(world.invocations).toEqual([]);
});

test.each([
  ['six timers', Array.from({ length: 6 }, (_, n) => ({ key: `t${n}`, functionKey: 'f', interval: 'day' }))],
  ['two five-minute timers', [1, 2].map((n) => ({ key: `t${n}`, functionKey: 'f', interval: 'fiveMinute' }))],
  ['an unknown interval', [{ key: 't', functionKey: 'f', interval: 'month' }]],
  ['an unknown filter', [{ key: 't', functionKey: 'f', interval: 'day', filter: { weekends: false } }]],
])('a manifest with %s stops the start', (_what, scheduledTriggers) => {
  expect(() => createScheduler({ ...createTestWorld(), scheduledTriggers })).toThrow();
});
