/** What runs functions besides pages: webtriggers, queues, events, schedules, lifecycle; and functions that call each other. */
import { uninstall } from '../emulator/platform/lifecycle';
import { type RuntimeWorld, startRuntimeWorld } from './runtime-world';

let runtime: RuntimeWorld;
beforeAll(async () => {
  runtime = await startRuntimeWorld({ slots: 1 });
  await runtime.world.settle({ timeoutMs: 10_000 });
}, 60_000);
afterAll(() => runtime.stop());

const settled = async () =>
  expect(await runtime.world.settle({ timeoutMs: 10_000 })).toMatchObject({ ok: true });

test('the app hears of its installation', async () => {
  expect(await runtime.value('acme', 'read', { key: 'installed' })).toMatchObject({
    eventType: 'avi:forge:installed:app',
    installerAccountId: 'admin-acme',
  });
});

test('a function on one site calls the webtrigger of another', async () => {
  const url = await runtime.value('globex', 'mailboxUrl');
  expect(await runtime.value('acme', 'fetch', { url, body: 'good morning' })).toEqual({
    value: { status: 200, text: 'got good morning' },
  });
  expect(await runtime.value('globex', 'read', { key: 'mail' })).toEqual({
    method: 'POST',
    body: 'good morning',
  });
  expect(await runtime.value('acme', 'read', { key: 'mail' })).toBeNull();
  expect(runtime.platform.webtriggers.traffic().at(-1)).toMatchObject({
    from: 'acme',
    to: 'globex',
    requestBody: 'good morning',
    responseBody: 'got good morning',
  });
});

test('callers that wait for callees do not block each other, however few instances there are', async () => {
  const acme = await runtime.value('acme', 'mailboxUrl');
  const globex = await runtime.value('globex', 'mailboxUrl');
  const calls = Array.from({ length: 6 }, (_, at) =>
    runtime.value(at % 2 ? 'acme' : 'globex', 'fetch', {
      url: at % 2 ? globex : acme,
      body: `relay:${at % 2 ? acme : globex} number ${at}`,
    }),
  );
  const answers = await Promise.all(calls);
  expect(answers).toEqual(
    answers.map((_, at) => ({ value: { status: 200, text: `relayed 200 got number ${at}` } })),
  );
});

test('a pushed item is consumed on its own site, without a user', async () => {
  await runtime.value('acme', 'push', { order: 7, asUser: true }, 'user-1');
  await settled();
  expect(await runtime.value('acme', 'read', { key: 'worked' })).toEqual({
    body: { order: 7, asUser: true },
    queue: 'work',
  });
  expect(await runtime.value('acme', 'read', { key: 'worked-as-user' })).toMatchObject({
    thrown: { name: 'PROXY_ERR', message: expect.stringContaining('AUTH_TYPE_UNAVAILABLE') },
  });
  expect(await runtime.value('globex', 'read', { key: 'worked' })).toBeNull();
});

test('a product event runs the trigger of its site', async () => {
  runtime.sites.acme.emit({
    eventType: 'avi:jira:updated:issue',
    payload: { issue: { id: '10001' } },
    actor: { kind: 'user', accountId: 'user-1' },
  });
  await settled();
  expect(await runtime.value('acme', 'read', { key: 'event' })).toMatchObject({
    eventType: 'avi:jira:updated:issue',
    issue: { id: '10001' },
  });
  expect(await runtime.value('globex', 'read', { key: 'event' })).toBeNull();
});

test('a lost event never arrives; settle does not wait for it', async () => {
  runtime.platform.faults.set({ eventLoss: { site: 'globex' } });
  runtime.sites.globex.emit({
    eventType: 'avi:jira:updated:issue',
    payload: { issue: { id: '1' } },
    actor: { kind: 'user', accountId: 'user-1' },
  });
  await settled();
  runtime.platform.faults.set({ clear: true });
  expect(await runtime.value('globex', 'read', { key: 'event' })).toBeNull();
});

test('a webtrigger whose answer is lost ran all the same', async () => {
  const url = await runtime.value('globex', 'mailboxUrl');
  runtime.platform.faults.set({ webtriggerLoss: { site: 'globex', lost: 'response' } });
  expect(await runtime.value('acme', 'fetch', { url, body: 'into the void' })).toMatchObject({
    thrown: { name: 'TypeError', message: 'fetch failed' },
  });
  runtime.platform.faults.set({ clear: true });
  expect(await runtime.value('globex', 'read', { key: 'mail' })).toMatchObject({ body: 'into the void' });
});

test('a schedule fires when told', async () => {
  const installation = runtime.platform.installations.on('acme');
  if (!installation) throw new Error('not installed');
  expect(await runtime.platform.scheduler.fire(installation, 'tick')).toMatchObject({ ok: true });
  expect(await runtime.value('acme', 'read', { key: 'ticks' })).toBe(1);
});

test('an uninstall says farewell and takes the data with it', async () => {
  const url = await runtime.value('globex', 'mailboxUrl');
  runtime.platform.variables.set('FAREWELL_URL', String(url));
  const results = await uninstall(runtime.platform, runtime.sites.acme);
  expect(results).toMatchObject([{ ok: true }]);
  expect(await runtime.value('globex', 'read', { key: 'mail' })).toMatchObject({ body: 'farewell' });
  expect(await runtime.call('acme', 'seen')).toMatchObject({
    message: expect.stringContaining('not installed'),
  });
});
