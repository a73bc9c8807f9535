/** A running world with the shipped app, driven only from outside: control API, REST, screens' calls. */
import type { CallAnswer, CallName, CallRequest, CallResult } from '../../../src/api/calls';
import { type StartWorldOptions, startWorld } from '../../emulator/start-world';

export type SiteKey = 'acme' | 'globex';

/**
 * Milliseconds of the world's time that reach past the first pause before a message is sent again (30 s, exchange.md 4.4),
 * counted from before the failure: whatever a fault held up has come when `settle` with this ends.
 */
export const pastFirstRetry = 45_000;

/** Past the rest of an issue after something of it was sent (2.5 s), so that edits close to each other travel together. */
const pastRest = 4_000;

export interface SiteHandle {
  key: SiteKey;
  baseUrl: string;
  publicUrl: string;
  /** A Jira admin, and somebody who is none. */
  admin: User;
  member: User;
}

interface User {
  name: string;
  email: string;
  token: string;
  accountId: string;
  admin: boolean;
}

export interface RestAnswer {
  status: number;
  // Bodies of Jira's REST API differ per operation; each test looks at what it needs.
  body: Json;
}
export interface Json {
  readonly [key: string]: Json;
}

/** The list behind a member, empty where there is none. */
export function listOf(json: Json | undefined): Json[] {
  const value: unknown = json;
  return Array.isArray(value) ? value : [];
}

export interface RunningApp {
  console: string;
  sites: Record<SiteKey, SiteHandle>;
  /** A screen's call as that site's admin; throws with the error's words when it is refused. */
  call<N extends CallName>(site: SiteKey, name: N, request: CallRequest<N>): Promise<CallAnswer<N>>;
  /** The same, and the refusal is an answer. `as` defaults to the admin. */
  tryCall<N extends CallName>(site: SiteKey, name: N, request: unknown, as?: User): Promise<CallResult<N>>;
  panel<N extends CallName>(
    site: SiteKey,
    name: N,
    issue: { id: string; key: string },
  ): Promise<CallAnswer<N>>;
  /** Jira REST as that site's admin (or another user). */
  rest(site: SiteKey, method: string, path: string, body?: unknown, as?: User): Promise<RestAnswer>;
  control(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Json>;
  /** Waits until nothing is left to do within the horizon (by default: past the rest of an issue); fails the test when that takes longer than three minutes. */
  settle(horizonMs?: number): Promise<void>;
  /** Addresses of the partner webtriggers by site, as a partner or a thief would know them. */
  webtriggerAddresses(): Promise<Record<string, string>>;
  /** A POST from the internet to such an address. */
  postToWebtrigger(url: string, body: string): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}

export async function startApp(options: StartWorldOptions = {}): Promise<RunningApp> {
  const world = await startWorld(options);
  const origin = world.addresses.console;
  const control: RunningApp['control'] = (method, path, body) =>
    exchange(`${origin}/__emulator/${path}`, method, body);
  const health = await control('GET', 'health');
  const sites = Object.fromEntries(
    listOf(health['sites'])
      .filter((site) => String(site['key']) !== 'directory')
      .map((site) => [site['key'], toHandle(site)]),
  ) as unknown as Record<SiteKey, SiteHandle>;

  const invoke = (site: SiteKey, module: string, payload: unknown, as: User, extension?: unknown) =>
    control('POST', 'invoke', {
      site,
      module,
      functionKey: 'call',
      payload,
      accountId: as.accountId,
      ...(extension ? { extension } : {}),
    });

  const app: RunningApp = {
    console: origin,
    sites,
    control,
    async tryCall(site, name, request, as = sites[site].admin) {
      const answer = await invoke(site, 'synchronizations', { name, request }, as);
      if (!answer['ok']) throw new Error(`The resolver failed: ${answer['message']}`);
      return answer['body'] as never;
    },
    async call(site, name, request) {
      return unwrap(name, await app.tryCall(site, name, request));
    },
    async panel(site, name, issue) {
      const answer = await invoke(site, 'concord-panel', { name, request: {} }, sites[site].member, {
        issue,
      });
      if (!answer['ok']) throw new Error(`The resolver failed: ${answer['message']}`);
      return unwrap(name, answer['body'] as never);
    },
    async rest(site, method, path, body, as = sites[site].admin) {
      const response = await fetch(`${sites[site].baseUrl}/rest/api/3/${path}`, {
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`${as.email}:${as.token}`).toString('base64')}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
    },
    async settle(horizonMs = pastRest) {
      const answer = await control('POST', 'settle', { timeoutMs: 180_000, horizonMs });
      if (!answer['ok'])
        throw new Error(`Not settled after three minutes: ${JSON.stringify(answer['left'])}`);
    },
    async webtriggerAddresses() {
      const found: Record<string, string> = {};
      for (const { site, installation } of world.world.sites()) {
        if (installation) found[site.key] = await world.platform.webtriggers.urlOf(installation, 'partner');
      }
      return found;
    },
    async postToWebtrigger(url, body) {
      const response = await world.platform.webtriggers.ingress(new Request(url, { method: 'POST', body }));
      return { status: response.status, body: await response.text() };
    },
    stop: () => world.stop(),
  };
  // Both installations register with the directory when they are installed.
  await app.settle();
  return app;
}

function unwrap<N extends CallName>(name: N, result: CallResult<N>): CallAnswer<N> {
  if (result.ok) return result.value;
  throw new Error(
    `${name} was refused (${result.error.code}): ${result.error.message} ${JSON.stringify(result.error.fields ?? {})}`,
  );
}

function toHandle(site: Json): SiteHandle {
  const users = listOf(site['users']) as unknown as User[];
  const admin = users.find((user) => user.admin);
  const member = users.find((user) => !user.admin);
  if (!admin || !member) throw new Error(`Site ${site['key']} has no admin or no ordinary user`);
  return {
    key: site['key'] as unknown as SiteKey,
    baseUrl: String(site['baseUrl']),
    publicUrl: String(site['publicUrl']),
    admin,
    member,
  };
}

async function exchange(url: string, method: string, body?: unknown): Promise<Json> {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Json;
}
