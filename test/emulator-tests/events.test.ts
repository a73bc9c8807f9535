/** Product and lifecycle events reach the triggers that want them, and no others; faults and retries as documented. */
import { InvocationError } from '@forge/events';
import type { ProductEvent } from '../emulator/seam';
import type { EventDelivery } from '../emulator/services/contracts';
import { createEventDelivery } from '../emulator/services/events/create-event-delivery';
import { createTestWorld, failed, succeeded, type TestWorld } from './service-world';

const UPDATED = 'avi:jira:updated:issue';
const TRIGGERS = [
  {
    key: 'issues',
    functionKey: 'noteIssue',
    events: [UPDATED, 'avi:jira:created:issue'],
    filter: { ignoreSelf: true },
  },
  { key: 'audit', functionKey: 'audit', events: [{ eventType: UPDATED, filter: { ignoreSelf: false } }] },
  { key: 'lifecycle', functionKey: 'installed', events: ['avi:forge:installed:app'] },
];

let world: TestWorld;
let events: EventDelivery;

beforeEach(() => {
  world = createTestWorld();
  events = createEventDelivery({ ...world, triggers: TRIGGERS });
});

const byAda = { kind: 'user', accountId: 'ada' } as const;
const event = (more: Partial<ProductEvent> = {}): ProductEvent => ({
  eventType: UPDATED,
  payload: { issue: { id: '10001', key: 'ACME-1' } },
  actor: byAda,
  ...more,
});
const invoked = () => world.invocations.map(({ functionKey }) => functionKey);

test('every trigger that lists the event gets it in the documented shape', async () => {
  const timestamp = world.clock.now();
  const sent = event({ trace: 'secret of another app' });
  events.deliver(world.acme, sent);
  (sent.payload['issue'] as { key: string }).key = 'changed afterwards';
  expect(events.pending()).toMatchObject([{ appDelayed: false }, { appDelayed: false }]);
  await world.clock.advance(0);
  expect(invoked()).toEqual(['noteIssue', 'audit']);
  expect(world.invocations[0]).toMatchObject({
    kind: 'trigger',
    moduleKey: 'issues',
    installation: world.acme,
  });
  expect(world.invocations[0]?.payload).toEqual({
    issue: { id: '10001', key: 'ACME-1' },
    eventType: UPDATED,
    timestamp,
    selfGenerated: false,
    atlassianId: 'ada',
  });
  expect([events.pending(), world.underWay()]).toEqual([[], 0]);
});

test('events of the app itself are marked, carry its trace, and pass by who ignores them', async () => {
  const app = (accountId: string) => ({ kind: 'app', accountId, appId: 'app' }) as const;
  events.deliver(world.acme, event({ actor: app('acme-app-user'), trace: 'change-7' }));
  await world.clock.advance(0);
  expect(invoked()).toEqual(['audit']);
  expect(world.invocations[0]?.payload).toMatchObject({ selfGenerated: true, webhookTraceValue: 'change-7' });
  events.deliver(world.acme, event({ actor: app('another-app-user') }));
  await world.clock.advance(0);
  expect(invoked()).toEqual(['audit', 'noteIssue', 'audit']);
});

test('an event nobody lists is only counted', async () => {
  events.deliver(world.acme, event({ eventType: 'avi:jira:viewed:issue' }));
  await world.clock.advance(1000);
  expect([invoked(), world.stats.of('acme', 'events', 'avi:jira:viewed:issue')]).toEqual([[], 1]);
});

test('an event over 200 kB is dropped', async () => {
  events.deliver(world.acme, event({ payload: { text: 'x'.repeat(200_000) } }));
  await world.clock.advance(1000);
  expect([invoked(), world.stats.of('acme', 'eventsTooBig')]).toEqual([[], 1]);
});

test('faults lose, double, delay and reorder', async () => {
  const fates = [
    { copies: 0, delaysMs: [] },
    { copies: 2, delaysMs: [0, 180_000] },
    { copies: 1, delaysMs: [90_000] },
    { copies: 1, delaysMs: [1000] },
  ];
  world.eventFate = () => fates.shift() as never;
  events.deliver(world.acme, event());
  events.deliver(world.acme, event({ payload: { n: 2 } }));
  await world.clock.advance(0);
  expect(invoked()).toEqual(['audit']);
  await world.clock.advance(1000);
  await world.clock.advance(89_000);
  expect(invoked()).toEqual(['audit', 'audit', 'noteIssue']);
  await world.clock.advance(90_000);
  expect(invoked()).toEqual(['audit', 'audit', 'noteIssue', 'audit']);
  expect(world.stats.of('acme', 'eventsLost')).toBe(1);
});

test('a returned InvocationError is retried up to four times', async () => {
  world.answer = () =>
    succeeded(
      new InvocationError({
        retryAfter: 60,
        retryReason: 'FUNCTION_RETRY_REQUEST' as never,
        retryData: { n: 1 },
      }),
    );
  events.deliver(world.acme, event({ eventType: 'avi:jira:created:issue' }));
  await world.clock.advance(59_000);
  expect([invoked().length, events.pending()[0]?.appDelayed]).toEqual([1, true]);
  await world.clock.advance(3_600_000);
  expect(invoked()).toHaveLength(5);
  expect(world.invocations[4]?.payload).toMatchObject({
    retryContext: { retryCount: 4, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { n: 1 } },
  });
  expect(world.stats.of('acme', 'eventsGivenUp')).toBe(1);
});

test('a retry waits 900 seconds at most', async () => {
  world.answer = ({ payload }) =>
    succeeded(
      (payload as { retryContext?: object }).retryContext
        ? 'ok'
        : { _retry: true, retryOptions: { retryAfter: 86_400 } },
    );
  events.deliver(world.acme, event({ eventType: 'avi:jira:created:issue' }));
  await world.clock.advance(899_999);
  expect(invoked()).toHaveLength(1);
  await world.clock.advance(1);
  expect(invoked()).toHaveLength(2);
});

test('retryData over 4 KB: the retry is lost', async () => {
  world.answer = () => succeeded({ _retry: true, retryOptions: { retryData: { text: 'x'.repeat(4096) } } });
  events.deliver(world.acme, event({ eventType: 'avi:jira:created:issue' }));
  await world.clock.advance(3_600_000);
  expect([invoked().length, world.stats.of('acme', 'eventsGivenUp')]).toEqual([1, 1]);
});

test.each([
  ['threw', 1],
  ['timeout', 4],
  ['crash', 4],
] as const)('a function that ends by %s runs %i times', async (reason, times) => {
  world.answer = () => failed(reason);
  events.deliver(world.acme, event({ eventType: 'avi:jira:created:issue' }));
  await world.clock.advance(3_600_000);
  expect(invoked()).toHaveLength(times);
});

test('lifecycle events reach their trigger; a forgotten installation gets nothing more', async () => {
  events.deliverLifecycle(world.globex, 'avi:forge:installed:app', {
    id: 'ari:installation',
    installerAccountId: 'ada',
  });
  events.deliver(world.acme, event());
  events.forget(world.acme);
  await world.clock.advance(0);
  expect(invoked()).toEqual(['installed']);
  expect(world.invocations[0]?.payload).toEqual({
    eventType: 'avi:forge:installed:app',
    id: 'ari:installation',
    installerAccountId: 'ada',
  });
});

test('without a licence, triggers that want one are silent', async () => {
  const triggers = [
    { ...TRIGGERS[0], key: 'paid', functionKey: 'paid', events: [UPDATED], filter: { appIsLicensed: true } },
  ];
  for (const licensed of [false, true]) {
    const delivery = createEventDelivery({ ...world, triggers, isLicensed: () => licensed });
    delivery.deliver(world.acme, event());
    await world.clock.advance(0);
    expect(invoked()).toEqual(licensed ? ['paid'] : []);
  }
});

test.each([
  ['an expression over a variable it does not have', { filter: { expression: 'issue.key == "A-1"' } }],
  ['onError without an expression', { filter: { ignoreSelf: true, onError: 'RECEIVE' } }],
  ['an empty filter', { filter: {} }],
  ['payload includes', { payload: { include: { propertyPaths: ['a'] } } }],
  ['an unknown filter', { filter: { ignoreOthers: true } }],
])('a manifest with %s stops the start', (_what, more) => {
  const triggers = [{ key: 'issues', functionKey: 'f', events: [UPDATED], ...more }];
  expect(() => createEventDelivery({ ...world, triggers })).toThrow();
});
