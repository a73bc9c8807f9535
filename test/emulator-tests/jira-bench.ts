/** A Cloud site with a clock that tests move, and short words for calling it. */
import { createRandom } from '../emulator/core/random';
import { type CloudSite, type CloudSiteOptions, createCloudSite } from '../emulator/jira/create-cloud-site';
import type { Actor, ProductEvent } from '../emulator/seam';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  headers: Headers;
}

export interface Bench {
  site: CloudSite;
  events: ProductEvent[];
  /** Moves the clock. */
  pass(ms: number): void;
  /** Who calls from now on; a nick's first name, `app` or `nobody`. */
  as(name: string): void;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
}

export const APP = { id: '5f0c4d2e-0000-4000-8000-1234567890ab', name: 'Sync app' };
export const START = Date.parse('2026-11-21T09:30:00Z');

export function benchOf(
  key: string,
  options: Partial<Pick<CloudSiteOptions, 'editChecksScreen' | 'indexedProperties' | 'random'>> = {},
): Bench {
  let now = START;
  const clock = { now: () => now, after: () => () => {} };
  const site = createCloudSite({ key, clock, random: createRandom(7), ...options });
  const events: ProductEvent[] = [];
  site.onEvent((event) => events.push(event));
  let actor: Actor = { kind: 'user', accountId: site.users()[0]?.accountId ?? '' };

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    // Far enough apart that only the tests of rate limits meet them.
    now += 2_000;
    const isForm = body instanceof FormData;
    const init: RequestInit = { method, headers: { ...headers } };
    if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
    if (body !== undefined && !isForm) init.headers = { 'content-type': 'application/json', ...headers };
    const answer = await site.handle(new Request(`${site.publicUrl}${path}`, init), actor);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : parse(text), headers: answer.headers };
  }

  const rest = (path: string) => (path.startsWith('/') ? path : `/rest/api/3/${path}`);
  return {
    site,
    events,
    pass: (ms) => {
      now += ms;
    },
    as(name) {
      if (name === 'nobody') actor = { kind: 'anonymous' };
      else if (name === 'app')
        actor = { kind: 'app', appId: APP.id, accountId: site.ensureAppUser(APP).accountId };
      else {
        const user = site.users().find((row) => row.name.startsWith(name));
        if (user === undefined) throw new Error(`nobody is called ${name}`);
        actor = { kind: 'user', accountId: user.accountId };
      }
    },
    call: (method, path, body, headers) => call(method, rest(path), body, headers),
    get: (path) => call('GET', rest(path)),
    post: (path, body) => call('POST', rest(path), body),
    put: (path, body) => call('PUT', rest(path), body),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A document of one paragraph. */
export function says(text: string): Record<string, unknown> {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

/** The least that a new issue needs. */
export function bug(summary: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { fields: { project: { key: 'SUP' }, issuetype: { name: 'Bug' }, summary, ...more } };
}
