/** Platform calls of functions through the real Forge packages: who may do what, and what is refused. */
import { type RuntimeWorld, startRuntimeWorld } from './runtime-world';

let runtime: RuntimeWorld;
beforeAll(async () => {
  runtime = await startRuntimeWorld({ slots: 2 });
  await runtime.world.settle({ timeoutMs: 10_000 });
}, 60_000);
afterAll(() => runtime.stop());
afterEach(() => runtime.platform.faults.set({ clear: true }));

describe('storage', () => {
  test('values, entities and secrets, each installation for itself', async () => {
    expect(await runtime.value('acme', 'storeAndRead', { key: 'k', value: { deep: [1] } })).toEqual({
      deep: [1],
    });
    expect(await runtime.value('globex', 'read', { key: 'k' })).toBeNull();
    expect(await runtime.value('acme', 'entityRoundTrip')).toEqual(['n2', 'n1']);
    expect(await runtime.value('acme', 'secret', { value: 'hush' })).toBe('hush');
  });
});

describe('Jira', () => {
  test('asApp is the app user of the installation', async () => {
    await runtime.value('globex', 'jiraAsApp', { what: 'field' });
    expect(runtime.sites.globex.asked.at(-1)).toEqual({
      actor: { kind: 'app', accountId: 'app-globex', appId: '0f1a5b3c-1111-4222-8333-444455556666' },
      method: 'GET',
      path: '/rest/api/3/field',
      body: '',
    });
    expect(runtime.world.stats()['globex']?.groups['restCalls']).toEqual({ 'GET /rest/api/3/field': 1 });
    expect(runtime.world.stats()['globex']?.counters['points']).toBe(2);
  });

  test('asUser needs a user in the invocation', async () => {
    expect(await runtime.value('acme', 'jiraAsUser')).toEqual({
      thrown: { name: 'NEEDS_AUTHENTICATION_ERR', message: 'Authentication Required', status: 401 },
    });
  });

  test('calls beyond the scopes of the manifest are refused and counted', async () => {
    const before = runtime.sites.acme.asked.length;
    expect(await runtime.value('acme', 'jiraWrite')).toEqual({
      value: { status: 401, text: expect.stringContaining('scope does not match') },
    });
    expect(runtime.sites.acme.asked).toHaveLength(before);
    expect(runtime.world.stats()['acme']?.groups['scopeRefused']).toMatchObject({
      'POST /rest/api/3/issue: write:jira-work': 1,
    });
  });

  test('other products are refused loudly', async () => {
    expect(await runtime.value('acme', 'confluence')).toMatchObject({
      thrown: { status: 501, message: expect.stringContaining('NOT_EMULATED') },
    });
    expect(runtime.printed.join('\n')).toContain('not emulated: fpp/confluence GET /wiki/api/v2/pages');
  });
});

describe('external requests', () => {
  test('a host outside the manifest is refused with the error of the platform', async () => {
    const url = 'https://elsewhere.example.org/x';
    expect(await runtime.value('acme', 'fetch', { url })).toEqual({
      thrown: {
        name: 'REQUEST_EGRESS_ALLOWLIST_ERR',
        status: 403,
        message: `URL not included in the external fetch backend permissions: ${url}. Visit go.atlassian.com/forge-egress for more information.`,
      },
    });
  });

  test('an allowed host which nothing stands in for is unreachable', async () => {
    expect(await runtime.value('acme', 'fetch', { url: 'https://api.example.com/' })).toEqual({
      thrown: { name: 'TypeError', message: 'fetch failed' },
    });
  });

  test('the hundred-and-first request of a short invocation is limited', async () => {
    const url = await runtime.value('globex', 'mailboxUrl');
    const statuses = (await runtime.value('acme', 'fetchOften', { url, times: 101 })) as number[];
    expect(statuses.slice(-2)).toEqual([200, 429]);
  });
});

test('a token is worth nothing after its invocation', async () => {
  await runtime.value('acme', 'leaveTimer');
  for (let look = 0; look < 50; look += 1) {
    const seen = [...((await runtime.value('acme', 'seen')) as string[])];
    const late = seen.find((line) => line.startsWith('late '));
    if (late) {
      expect(late).toContain('thrown');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the timer left behind never ran');
});

describe('crash points', () => {
  test('before a call: it never happens', async () => {
    runtime.platform.faults.set({ crashPoints: { call: 'kvs:/api/v1/set', when: 'before' } });
    expect(await runtime.call('acme', 'storeAndRead', { key: 'never', value: 1 })).toMatchObject({
      ok: false,
    });
    expect(runtime.platform.faults.active()).toMatchObject([{ kind: 'crashPoints', fired: 1 }]);
    expect(await runtime.value('acme', 'read', { key: 'never' })).toBeNull();
  });

  test('after a call: it happened, and nobody knows', async () => {
    runtime.platform.faults.set({ crashPoints: { call: 'kvs:*', when: 'after', bodyIncludes: 'half' } });
    expect(await runtime.call('acme', 'storeAndRead', { key: 'half', value: 1 })).toMatchObject({
      ok: false,
    });
    expect(await runtime.value('acme', 'read', { key: 'half' })).toBe(1);
  });

  test('only on the site and the occurrence asked for', async () => {
    runtime.platform.faults.set({
      crashPoints: { site: 'globex', call: 'kvs:/api/v1/set', when: 'before', nth: 2 },
    });
    expect(await runtime.call('acme', 'storeAndRead', { key: 'n', value: 1 })).toMatchObject({ ok: true });
    expect(await runtime.call('globex', 'storeAndRead', { key: 'n', value: 1 })).toMatchObject({ ok: true });
    expect(await runtime.call('globex', 'storeAndRead', { key: 'n', value: 1 })).toMatchObject({ ok: false });
    expect(await runtime.call('globex', 'storeAndRead', { key: 'n', value: 1 })).toMatchObject({ ok: true });
  });
});

test('faults answer Jira calls with errors and lag the index', async () => {
  runtime.platform.faults.set({
    errors: { call: 'jira:GET *', status: 429, retryAfterSeconds: 3, times: 1 },
    indexLag: { site: 'acme', ms: 60_000 },
  });
  expect(runtime.sites.acme.indexLagMs).toBe(60_000);
  expect(await runtime.value('acme', 'jiraAsApp', { what: 'field' })).toMatchObject({
    value: { status: 429 },
  });
  expect(await runtime.value('acme', 'jiraAsApp', { what: 'field' })).toMatchObject({
    value: { status: 200 },
  });
  runtime.platform.faults.set({ clear: true });
  expect(runtime.sites.acme.indexLagMs).toBe(0);
});
