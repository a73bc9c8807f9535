/** A platform with the fixture app and three sites that only say who asked what: for tests of the runtime itself. */
import { join, resolve } from 'node:path';
import { createRealClock } from '../emulator/core/clock';
import { createNoPersistence } from '../emulator/core/persistence';
import { ensureBundle } from '../emulator/platform/bundle';
import { installEverywhere } from '../emulator/platform/lifecycle';
import { readManifest } from '../emulator/platform/manifest';
import { type Platform, startPlatform } from '../emulator/platform/platform';
import { createWorld } from '../emulator/platform/world';
import type { Actor, JiraSite, ProductEvent } from '../emulator/seam';
import type { ResolverAnswer, World } from '../emulator/world-contract';

const FIXTURE = join(__dirname, '../fixtures/forge-app');
const BUNDLE = resolve(__dirname, '../../dist/fixture-forge-app');
export const FIXTURE_MODULE = 'fixture-admin';

export interface StubSite extends JiraSite {
  /** What reached `handle`. */
  asked: { actor: Actor; method: string; path: string; body: string }[];
  emit(event: ProductEvent): void;
  indexLagMs: number;
}

function createStubSite(key: string): StubSite {
  const listeners: ((event: ProductEvent) => void)[] = [];
  const admin = {
    accountId: `admin-${key}`,
    name: 'Ada',
    email: `ada@${key}.example`,
    token: 't',
    admin: true,
  };
  const site: StubSite = {
    key,
    name: key,
    kind: 'cloud',
    cloudId: `cloud-${key}`,
    publicUrl: `https://${key}.atlassian.net`,
    asked: [],
    indexLagMs: 0,
    async handle(request, actor) {
      const { pathname } = new URL(request.url);
      site.asked.push({ actor, method: request.method, path: pathname, body: await request.text() });
      const headers = { 'x-emulator-route': `${request.method} ${pathname}`, 'x-emulator-points': '2' };
      return Response.json({ actor }, { headers });
    },
    onEvent: (listener) => listeners.push(listener),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    users: () => [admin],
    authenticate: (email, token) => (email === admin.email && token === admin.token ? admin : undefined),
    ensureAppUser: () => ({ accountId: `app-${key}` }),
    isJiraAdmin: () => true,
    snapshot: () => ({}),
    restore: () => {},
    setIndexLag: (ms) => {
      site.indexLagMs = ms;
    },
  };
  return site;
}

export interface RuntimeWorld {
  platform: Platform;
  world: World;
  sites: Record<'acme' | 'globex' | 'directory', StubSite>;
  /** Lines the platform printed. */
  printed: string[];
  /** A resolver call by a page on `site`; `accountId` undefined = anonymous. */
  call(site: string, functionKey: string, payload?: unknown, accountId?: string): Promise<ResolverAnswer>;
  /** The same, giving the value; throws for an error answer. */
  value(site: string, functionKey: string, payload?: unknown, accountId?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** `timeScale` shortens deadlines: 0.04 makes 25 s one. */
export async function startRuntimeWorld(
  options: { slots?: number; cold?: boolean; timeScale?: number; variables?: Record<string, string> } = {},
): Promise<RuntimeWorld> {
  await ensureBundle(FIXTURE, BUNDLE);
  const sites = {
    acme: createStubSite('acme'),
    globex: createStubSite('globex'),
    directory: createStubSite('directory'),
  };
  const printed: string[] = [];
  const platform = await startPlatform({
    manifest: readManifest(FIXTURE),
    bundleDirectory: BUNDLE,
    clock: createRealClock(),
    persistence: createNoPersistence(),
    seed: 7,
    variables: options.variables ?? {},
    slots: options.slots ?? 2,
    cold: options.cold ?? false,
    timeScale: options.timeScale ?? 1,
    sites: Object.values(sites),
    print: (text) => printed.push(text),
  });
  installEverywhere(platform, { directory: true });
  const world = createWorld(platform, { console: '', resources: '', sites: {} });
  const call: RuntimeWorld['call'] = (siteKey, functionKey, payload, accountId) =>
    world.invokeResolver({
      siteKey,
      moduleKey: FIXTURE_MODULE,
      functionKey,
      payload,
      ...(accountId === undefined ? {} : { accountId }),
    });
  return {
    platform,
    world,
    sites,
    printed,
    call,
    async value(...args) {
      const answer = await call(...args);
      if (!answer.ok) throw new Error(answer.message);
      return answer.body;
    },
    stop: () => platform.stop(),
  };
}
