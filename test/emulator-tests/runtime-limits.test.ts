/** Limits that real functions in real processes run into. */
import { uninstall } from '../emulator/platform/lifecycle';
import { DEADLINE_SECONDS, INVOCATION_LIMITS } from '../emulator/platform/limits';
import { type RuntimeWorld, startRuntimeWorld } from './runtime-world';

const MIB = 1024 * 1024;

let runtime: RuntimeWorld;
beforeAll(async () => {
  runtime = await startRuntimeWorld({ slots: 2, variables: { TELL_DEADLINE: 'yes' } });
  await runtime.world.settle({ timeoutMs: 20_000 });
}, 60_000);
afterAll(() => runtime.stop());

const installationOn = (site: string) => {
  const installation = runtime.platform.installations.on(site);
  if (!installation) throw new Error(`not installed on ${site}`);
  return installation;
};

test('a log of over 200 KB is cut', async () => {
  await runtime.value('acme', 'chatter', { lines: 50, text: 'x'.repeat(8 * 1024) });
  await runtime.world.settle({ timeoutMs: 10_000 });
  const lines = runtime.platform.log.recent().filter((line) => line.functionKey === 'fn-resolver');
  const kept = lines.filter(({ text }) => text.startsWith('line '));
  const bytes = kept.reduce((sum, { text }) => sum + text.length, 0);
  expect(bytes).toBeLessThanOrEqual(INVOCATION_LIMITS.logBytes);
  expect(bytes).toBeGreaterThan(INVOCATION_LIMITS.logBytes - 10 * 1024);
  expect(lines.at(-1)?.text).toContain('Log limit');
});

test('arguments and result of a function are at most 5 MB', async () => {
  const result = await runtime.platform.invoker.invoke({
    installation: installationOn('acme'),
    kind: 'consumer',
    functionKey: 'fn-worker',
    moduleKey: 'worker',
    payload: 'x'.repeat(5 * MIB),
  });
  expect(result).toMatchObject({ ok: false, message: 'Function request payload is over 5 MB' });
  expect(await runtime.call('acme', 'answerMuch', { characters: 5 * MIB - 100 })).toMatchObject({ ok: true });
  expect(await runtime.call('acme', 'answerMuch', { characters: 5 * MIB })).toMatchObject({
    message: expect.stringContaining('Function response payload is over 5 MB'),
  });
});

test('buffers count as memory too', async () => {
  expect(await runtime.call('acme', 'hoardBuffers')).toMatchObject({
    message: expect.stringContaining('out of memory'),
  });
}, 30_000);

test('webtriggers call each other eight deep and no deeper', async () => {
  const url = await runtime.value('globex', 'mailboxUrl');
  const relays = (count: number) => `${`relay:${url} `.repeat(count)}end`;
  const answerOf = async (count: number) =>
    (await runtime.value('acme', 'fetch', { url, body: relays(count) })) as { value: { text: string } };
  expect((await answerOf(7)).value.text).toBe(`${'relayed 200 '.repeat(7)}got end`);
  expect((await answerOf(8)).value.text).toMatch(/^(relayed 200 ){7}relayed 500 /);
}, 60_000);

test('each kind of function has its deadline', async () => {
  const { platform } = runtime;
  const url = String(await runtime.value('acme', 'mailboxUrl'));
  await platform.webtriggers.ingress(new Request(url, { method: 'POST', body: 'hello' }));
  await runtime.value('acme', 'push', { order: 1 });
  await platform.scheduler.fire(installationOn('acme'), 'tick');
  runtime.sites.acme.emit({
    eventType: 'avi:jira:updated:issue',
    payload: { issue: { id: '1' } },
    actor: { kind: 'user', accountId: 'user-1' },
  });
  await runtime.world.settle({ timeoutMs: 20_000 });
  await uninstall(platform, runtime.sites.acme);
  const { resolver, ...told } = DEADLINE_SECONDS;
  const lines = platform.log.recent().filter(({ text }) => text.startsWith('deadline '));
  const seconds = Object.fromEntries(
    lines.map(({ text }) => [text.split(' ')[1], Number(text.split(' ')[2])]),
  );
  expect(seconds).toEqual(told);
  expect(resolver).toBe(25);
});

test('a webtrigger that never ends is 424 for its caller', async () => {
  // 55 s become 5.5.
  const hurried = await startRuntimeWorld({ slots: 1, timeScale: 0.1 });
  try {
    const url = String(await hurried.value('globex', 'mailboxUrl'));
    const response = await hurried.platform.webtriggers.ingress(
      new Request(url, { method: 'POST', body: 'spin' }),
    );
    expect(response.status).toBe(424);
    expect(hurried.world.stats()['globex']?.groups['failedInvocations']).toEqual({
      'fn-mailbox: timeout': 1,
    });
  } finally {
    await hurried.stop();
  }
}, 60_000);
