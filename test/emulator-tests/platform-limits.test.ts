/** Limits of the platform that need no function to be hit: manifest, variables, rates. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActivity } from '../emulator/core/activity';
import { createVirtualClock } from '../emulator/core/clock';
import { createNoPersistence } from '../emulator/core/persistence';
import { createRandom } from '../emulator/core/random';
import { createStats } from '../emulator/core/stats';
import { createEgress } from '../emulator/platform/egress';
import { createFaultControl } from '../emulator/platform/faults';
import { productActor } from '../emulator/platform/jira-calls';
import {
  APP_LIMITS,
  EGRESS_LIMITS,
  FRONT_END_LIMITS,
  IMPERSONATIONS_PER_MINUTE,
  INVOCATION_LIMITS,
  MINUTE,
  VARIABLE_LIMITS,
} from '../emulator/platform/limits';
import { type AppManifest, readManifest } from '../emulator/platform/manifest';
import { createResolverCaller } from '../emulator/platform/resolver-call';
import type { RunningInvocation } from '../emulator/platform/running-invocations';
import { checkVariables } from '../emulator/platform/variables';
import type { Installation } from '../emulator/seam';
import type { Webtriggers } from '../emulator/services/contracts';
import { WEBTRIGGER_LIMITS } from '../emulator/services/limits';
import { createRateWindow } from '../emulator/services/rate-window';
import { createWebtriggers } from '../emulator/services/webtriggers/create-webtriggers';

const FIXTURE = join(__dirname, '../fixtures/forge-app');
const NOON = Date.parse('2026-11-21T12:00:00Z');

/** Reads the fixture's manifest after `change`, which must change something. */
function readChanged(from: string | RegExp, to: string): AppManifest {
  const directory = mkdtempSync(join(tmpdir(), 'manifest-'));
  try {
    const text = readFileSync(join(FIXTURE, 'manifest.yml'), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error('nothing changed');
    writeFileSync(join(directory, 'manifest.yml'), changed);
    return readManifest(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const list = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('');

describe('a manifest is refused', () => {
  test.each<[string, string | RegExp, string, string]>([
    ['of too little memory', 'memoryMB: 256', 'memoryMB: 127', 'app.runtime.memoryMB'],
    [
      'of too much memory',
      'memoryMB: 256',
      `memoryMB: ${INVOCATION_LIMITS.memoryMbMax + 1}`,
      'app.runtime.memoryMB',
    ],
    [
      'of a timeout over 900 s',
      'handler: index.worker',
      `handler: index.worker\n      timeoutSeconds: ${INVOCATION_LIMITS.timeoutSecondsMax + 1}`,
      'timeoutSeconds',
    ],
    [
      'of over 150 modules',
      '  function:\n',
      `  function:\n${list(APP_LIMITS.modules, (at) => `    - { key: f${at}, handler: index.tick }\n`)}`,
      `more than ${APP_LIMITS.modules}`,
    ],
    [
      'of over 50 resources',
      'resources:\n',
      `resources:\n${list(APP_LIMITS.resources, (at) => `  - { key: r${at}, path: static }\n`)}`,
      `more than ${APP_LIMITS.resources}`,
    ],
    ['of a runtime that is gone', 'nodejs22.x', 'nodejs20.x', 'app.runtime.name'],
  ])('because %s', (_why, from, to, text) => {
    expect(() => readChanged(from, to)).toThrow(text);
  });

  test.each<[string, string | RegExp, string]>([
    ['app', '  name: Fixture\n', '  name: Fixture\n  licencing: { enabled: true }\n'],
    ['app.runtime', 'memoryMB: 256', 'memoryMb: 256'],
    ['permissions', 'permissions:\n', 'permissions:\n  scope: []\n'],
    ['permissions.external.fetch', '    fetch:\n', '    fetch:\n      client: []\n'],
    ['modules', 'modules:\n', 'modules:\n  jira:issueGlance: []\n'],
    ['modules.consumer[0]', 'queue: work', 'queue: work\n      concurrency: 1'],
    ['modules.webtrigger[0].response', 'type: dynamic', 'type: dynamic\n        output: []'],
    ['modules["jira:adminPage"][0]', 'title: Fixture', 'title: Fixture\n      render: native'],
    ['modules.function[0]', 'handler: index.resolver', 'handler: index.resolver\n      timeout: 5'],
  ])('for a property that nobody knows, in %s', (place, from, to) => {
    expect(() => readChanged(from, to)).toThrow(/Unrecognized key/);
    expect(() => readChanged(from, to)).toThrow(
      place
        .split('.')
        .at(-1)
        ?.replace(/^jira:/, '') ?? place,
    );
  });
});

test.each<[string, Record<string, string>]>([
  [
    '51 variables',
    Object.fromEntries(Array.from({ length: VARIABLE_LIMITS.variables + 1 }, (_, at) => [`V${at}`, 'x'])),
  ],
  ['a long name', { ['V'.repeat(VARIABLE_LIMITS.keyChars + 1)]: 'x' }],
  ['a long value', { V: 'x'.repeat(VARIABLE_LIMITS.valueBytes + 1) }],
])('app variables are refused: %s', (_what, variables) => {
  expect(() => checkVariables(variables)).toThrow(/over|more than/);
});

const installation = { id: 'i', site: { key: 'acme' }, contextAri: 'c' } as unknown as Installation;
const runningOf = (parts: object) =>
  ({
    depth: 0,
    egressLeft: Number.POSITIVE_INFINITY,
    invocation: { installation, kind: 'consumer' },
    ...parts,
  }) as unknown as RunningInvocation;

test('external requests go to the ports of the platform only', async () => {
  const egress = createEgress({
    allowed: ['https://api.example.com:8443', 'https://api.example.com:9999'],
    webtriggers: { owns: () => false } as unknown as Webtriggers,
    clock: createVirtualClock(NOON),
    stats: createStats(),
    warn: () => {},
  });
  const ask = async (port: number) => {
    const response = await egress.fetch(runningOf({}), new Request(`https://api.example.com:${port}/`));
    return response.headers.get('forge-proxy-error') ?? response.status;
  };
  expect(await ask(8443)).toBe(502);
  expect(await ask(9999)).toBe('REQUEST_EGRESS_ALLOWLIST_ERR');
});

test('50,000 external requests of an app in a minute, then FETCH_LIMIT_EXCEEDED', async () => {
  const clock = createVirtualClock(NOON);
  const egress = createEgress({
    allowed: ['api.example.com'],
    webtriggers: { owns: () => true, ingress: async () => new Response('ok') } as unknown as Webtriggers,
    clock,
    stats: createStats(),
    warn: () => {},
  });
  const request = new Request('https://api.example.com/');
  const ask = () => egress.fetch(runningOf({}), request);
  for (let made = 0; made < EGRESS_LIMITS.perAppPerMinute; made += 1) await ask();
  const refused = await ask();
  expect([refused.status, refused.headers.get('forge-proxy-error')]).toEqual([429, 'FETCH_LIMIT_EXCEEDED']);
  await clock.advance(MINUTE);
  expect((await ask()).status).toBe(200);
}, 60_000);

describe('asUser(accountId)', () => {
  const manifest = {
    appId: 'app',
    impersonationScopes: new Set(['read:jira-work']),
  } as unknown as AppManifest;
  const issue = new Request('https://acme.atlassian.net/rest/api/3/issue/A-1');
  const actorFor = (accountId: string, request = issue, limit = IMPERSONATIONS_PER_MINUTE) => {
    const clock = createVirtualClock(NOON);
    const states: Record<string, string> = { ann: 'active', old: 'deactivated', robot: 'app' };
    const site = { key: 'acme', accountState: (id: string) => states[id] };
    const running = runningOf({ invocation: { installation: { ...installation, site }, kind: 'consumer' } });
    const impersonations = createRateWindow(clock, limit, MINUTE);
    return () =>
      productActor({ manifest, impersonations }, running, { provider: 'user', accountId }, request);
  };
  const codeOf = (actor: ReturnType<typeof productActor>) =>
    actor instanceof Response ? actor.headers.get('forge-proxy-error') : 'allowed';

  test.each([
    ['ann', 'allowed'],
    ['old', 'AUTH_TYPE_UNAVAILABLE'],
    ['robot', 'AUTH_TYPE_UNAVAILABLE'],
    ['nobody', 'AUTH_TYPE_UNAVAILABLE'],
  ])('for %s: %s', (accountId, outcome) => {
    expect(codeOf(actorFor(accountId)())).toBe(outcome);
  });

  test('only with the scopes that allow it', () => {
    const write = new Request(issue.url, { method: 'PUT', body: '{}' });
    expect(codeOf(actorFor('ann', write)())).toBe('AUTH_TYPE_UNAVAILABLE');
  });

  test('a thousand times in a minute', () => {
    const ask = actorFor('ann');
    for (let asked = 0; asked < IMPERSONATIONS_PER_MINUTE; asked += 1) ask();
    expect(codeOf(ask())).toBe('TOO_MANY_REQUESTS');
  });
});

describe('calls of pages', () => {
  const manifest = readManifest(FIXTURE);
  const callerWith = (value: unknown) => {
    const clock = createVirtualClock(NOON);
    const caller = createResolverCaller({
      app: {
        id: 'app',
        name: 'n',
        version: '1',
        environmentId: 'e',
        environmentType: 'DEVELOPMENT',
        permissions: {},
      },
      manifest,
      invoker: { invoke: async () => ({ ok: true, value, durationMs: 1 }) },
      clock,
      stats: createStats(),
      installationOn: () => installation,
    });
    const ask = (accountId: string, payload: unknown = 1) =>
      caller.invokeResolver({
        siteKey: 'acme',
        moduleKey: 'fixture-admin',
        functionKey: 'f',
        payload,
        accountId,
      });
    return { clock, ask };
  };
  const refusal = (text: string) => ({ ok: false, message: expect.stringContaining(text) });

  test('300 in a second of an installation', async () => {
    const { clock, ask } = callerWith(1);
    for (let asked = 0; asked < FRONT_END_LIMITS.perInstallationPerSecond; asked += 1)
      await ask(`user ${asked % 2}`);
    expect(await ask('user 3')).toEqual(refusal('300 invocations per second of an installation'));
    await clock.advance(1000);
    expect(await ask('user 3')).toMatchObject({ ok: true });
  });

  test('1200 in a minute of a user, 7000 of an installation', async () => {
    const { clock, ask } = callerWith(1);
    const answers: string[] = [];
    for (let second = 0; second < 28; second += 1) {
      for (let asked = 0; asked < 260; asked += 1) {
        const answer = await ask(`user ${Math.min(5, Math.floor((second * 260 + asked) / 1200))}`);
        answers.push(answer.ok ? 'ok' : answer.message);
      }
      await clock.advance(1000);
    }
    expect(answers.slice(0, FRONT_END_LIMITS.perInstallationPerMinute)).not.toContain(
      expect.stringContaining('Rate'),
    );
    expect(answers[FRONT_END_LIMITS.perInstallationPerMinute]).toContain('7000 invocations per minute');
    await clock.advance(MINUTE);
    for (let second = 0; second < 6; second += 1) {
      for (let asked = 0; asked < 200; asked += 1) await ask('one');
      await clock.advance(1000);
    }
    expect(await ask('one')).toEqual(refusal('1200 invocations per minute of a user'));
  });

  test('500 KB to the function, 5 MB back', async () => {
    expect(await callerWith(1).ask('u', 'x'.repeat(FRONT_END_LIMITS.requestBytes))).toEqual(
      refusal('over 500 KB'),
    );
    expect(await callerWith('x'.repeat(FRONT_END_LIMITS.responseBytes)).ask('u')).toEqual(
      refusal('over 5 MB'),
    );
  });
});

describe('addresses of webtriggers, in a minute', () => {
  const GETS = 'query { webTriggerUrlsByAppContext(appId: $appId) { url } }';
  const CREATES = 'mutation { createWebTriggerUrl(input: $input) { url } }';
  const DELETES = 'mutation { deleteWebTriggerUrl(input: { id: $id }) { success } }';
  const context = { appId: 'app', envId: 'env', contextId: 'c' };
  const clock = createVirtualClock(NOON);
  const triggers = createWebtriggers({
    clock,
    activity: createActivity(),
    stats: createStats(),
    timeline: { record: () => {} },
    faults: createFaultControl({ seed: 1, setIndexLag: () => {} }),
    persistence: createNoPersistence(),
    random: createRandom(1),
    invoker: { invoke: async () => ({ ok: true, value: undefined, durationMs: 1 }) },
    installations: () => [installation],
    appId: 'app',
    environmentId: 'env',
    webtriggers: [{ key: 'partner', functionKey: 'f', urlFormat: 'v2' }],
  });

  test.each<[string, string, Record<string, unknown>, number]>([
    ['got', GETS, context, WEBTRIGGER_LIMITS.getsPerMinute],
    [
      'made',
      CREATES,
      { input: { ...context, triggerKey: 'partner' }, forceCreate: true },
      WEBTRIGGER_LIMITS.createsPerMinute,
    ],
    ['deleted', DELETES, { id: 'one' }, WEBTRIGGER_LIMITS.deletesPerMinute],
  ])('are limited when they are %s', async (_what, query, variables, limit) => {
    const ask = async () => (await triggers.graphql(installation, query, variables)).status;
    const statuses = new Set<number>();
    for (let asked = 0; asked < limit; asked += 1) statuses.add(await ask());
    expect([[...statuses], await ask()]).toEqual([[200], 429]);
    await clock.advance(MINUTE);
    expect(await ask()).toBe(200);
  });
});
