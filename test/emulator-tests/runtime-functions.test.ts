/** Functions of a real bundle in real processes: what they get, what they keep, how they are stopped. */
import { type RuntimeWorld, startRuntimeWorld } from './runtime-world';

describe('a function instance', () => {
  let runtime: RuntimeWorld;
  beforeAll(async () => {
    runtime = await startRuntimeWorld({ slots: 1, variables: { HELLO: 'from a variable' } });
    await runtime.world.settle({ timeoutMs: 10_000 });
  }, 60_000);
  afterAll(() => runtime.stop());

  test('runs a resolver with the payload and the context of the page', async () => {
    const value = await runtime.value('acme', 'echo', { x: 1 }, 'user-1');
    const { id } = runtime.platform.installations.on('acme') ?? {};
    expect(value).toEqual({
      payload: { x: 1 },
      context: expect.objectContaining({
        accountId: 'user-1',
        cloudId: 'cloud-acme',
        siteUrl: 'https://acme.atlassian.net',
        moduleKey: 'fixture-admin',
        extension: { type: 'jira:adminPage' },
        installContext: 'ari:cloud:jira::site/cloud-acme',
        installation: { ari: { installationId: id }, contexts: [{ cloudId: 'cloud-acme' }] },
      }),
    });
  });

  test('knows its app and the time it has left', async () => {
    const context = await runtime.value('acme', 'appContext');
    expect(context).toMatchObject({
      appAri: 'ari:cloud:ecosystem::app/0f1a5b3c-1111-4222-8333-444455556666',
      environmentType: 'DEVELOPMENT',
      moduleKey: 'fixture-admin',
    });
    const { remaining } = context as { remaining: number };
    expect(remaining).toBeGreaterThan(20_000);
    expect(remaining).toBeLessThanOrEqual(25_000);
  });

  test('keeps module state from one site to the next: a warm process serves all', async () => {
    await runtime.value('acme', 'remember', { text: 'acme was here' });
    expect(await runtime.value('globex', 'seen')).toContain('acme was here');
  });

  test('tells the page what a resolver threw, and which definitions are missing', async () => {
    expect(await runtime.call('acme', 'throw')).toEqual({
      ok: false,
      message: 'There was an error invoking the function - the resolver gave up',
    });
    expect(await runtime.call('acme', 'nothing')).toMatchObject({
      message: expect.stringContaining("Resolver has no definition for 'nothing'"),
    });
    expect(runtime.world.stats()['acme']?.groups['failedInvocations']).toMatchObject({
      'fn-resolver: threw': 2,
    });
  });

  test('sees app variables and nothing of the machine around it', async () => {
    expect(await runtime.value('acme', 'env', { name: 'HELLO' })).toBe('from a variable');
    expect(await runtime.value('acme', 'env', { name: 'DIRECTORY_URL' })).toMatch(
      /^https:\/\/[0-9a-f-]{36}\.webtrigger\.atlassian\.app\/public\//,
    );
    for (const name of ['HOME', 'PATH']) expect(await runtime.value('acme', 'env', { name })).toBeNull();
  });

  test('writes log lines up to the limit of the platform', async () => {
    await runtime.value('acme', 'chatter', { lines: 130 });
    await runtime.world.settle({ timeoutMs: 5000 });
    const lines = runtime.platform.log.recent().filter((line) => line.functionKey === 'fn-resolver');
    expect(lines.filter((line) => line.text.startsWith('line '))).toHaveLength(100);
    expect(lines.at(-1)).toMatchObject({
      site: 'acme',
      level: 'warn',
      text: expect.stringContaining('Log limit'),
    });
  });

  test('cannot open sockets of its own', async () => {
    expect(await runtime.value('acme', 'socket')).toEqual({
      thrown: { name: 'Error', message: expect.stringContaining('A function may not open sockets itself') },
    });
  });

  test('is replaced when it ends itself', async () => {
    expect(await runtime.call('acme', 'exit')).toMatchObject({
      ok: false,
      message: expect.stringContaining('exit code 3'),
    });
    expect(await runtime.value('acme', 'seen')).toEqual([]);
  });

  test('refuses payloads over 500 KB', async () => {
    expect(await runtime.call('acme', 'echo', { text: 'x'.repeat(600_000) })).toMatchObject({
      message: expect.stringContaining('over 500 KB'),
    });
  });
});

describe('limits of an invocation', () => {
  let runtime: RuntimeWorld;
  beforeAll(async () => {
    // 25 s become 5: enough for the memory to fill on a slow machine.
    runtime = await startRuntimeWorld({ slots: 1, timeScale: 0.2 });
  }, 60_000);
  afterAll(() => runtime.stop());

  test('a function that never ends is killed at its deadline, and the next one runs', async () => {
    await runtime.value('acme', 'remember', { text: 'before' });
    expect(await runtime.call('acme', 'spin')).toMatchObject({
      message: expect.stringContaining('Function exceeded 25 seconds'),
    });
    expect(await runtime.value('acme', 'seen')).toEqual([]);
  });
});

test('a function that hoards memory is killed', async () => {
  // The whole 25 s: a slow machine spends long on collecting before the heap is full.
  const runtime = await startRuntimeWorld({ slots: 1 });
  try {
    expect(await runtime.call('acme', 'hoard')).toMatchObject({
      message: expect.stringContaining('out of memory'),
    });
    expect(await runtime.value('acme', 'seen')).toEqual([]);
  } finally {
    await runtime.stop();
  }
}, 60_000);

test('cold starts forget module state', async () => {
  const runtime = await startRuntimeWorld({ slots: 2, cold: true });
  try {
    await runtime.value('acme', 'remember', { text: 'once' });
    expect(await runtime.value('acme', 'seen')).toEqual([]);
  } finally {
    await runtime.stop();
  }
});
