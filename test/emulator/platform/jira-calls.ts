/** Jira REST calls of functions and pages: who asks, with which scopes, and what they cost. */
import type { Actor, Installation, Stats, Timeline } from '../seam';
import type { RateWindow } from '../services/rate-window';
import type { AppManifest } from './manifest';
import type { RunningInvocation } from './running-invocations';
import { missingScopes } from './scopes';
import { isReadByPost, watchingEffects } from './write-effects';

/** `meta` of a product call, as far as it says who asks. */
export interface ProductMeta {
  provider?: string | undefined;
  accountId?: string | undefined;
}

function proxyError(status: number, code: string): Response {
  return Response.json({ code: status, message: code }, { status, headers: { 'forge-proxy-error': code } });
}

const SOMEBODY_OUTSIDE: ReadonlySet<string> = new Set(['resolver', 'webtrigger']);

/** The actor, or the refusal that the platform's proxy gives. */
export function productActor(
  deps: { manifest: AppManifest; impersonations: RateWindow },
  running: RunningInvocation,
  meta: ProductMeta,
  request: Request,
): Actor | Response {
  const { installation, accountId, kind } = running.invocation;
  const { appId } = deps.manifest;
  if (meta.provider === 'app') return { kind: 'app', accountId: installation.appAccountId, appId };
  if (meta.provider !== 'user') return proxyError(501, 'NOT_EMULATED');
  if (meta.accountId !== undefined && meta.accountId !== accountId) {
    return impersonate(deps, installation, meta.accountId, request);
  }
  if (accountId !== undefined) return { kind: 'user', accountId, appId };
  // Where somebody stands outside, he could still sign in; queue, event and schedule have nobody who could (DAC permissions).
  return SOMEBODY_OUTSIDE.has(kind)
    ? proxyError(401, 'NEEDS_AUTHENTICATION_ERR')
    : proxyError(401, 'AUTH_TYPE_UNAVAILABLE');
}

/** asUser(accountId): somebody else than the user of the invocation, with scopes that allow it. */
function impersonate(
  { manifest, impersonations }: { manifest: AppManifest; impersonations: RateWindow },
  { site }: Installation,
  accountId: string,
  request: Request,
): Actor | Response {
  const { pathname } = new URL(request.url);
  const allowed =
    manifest.impersonationScopes.size > 0 &&
    missingScopes(manifest.impersonationScopes, request.method, pathname).length === 0;
  // Nobody can stand for an app, for a deactivated account or for somebody who is not there.
  if (!allowed || (site.accountState && site.accountState(accountId) !== 'active')) {
    return proxyError(401, 'AUTH_TYPE_UNAVAILABLE');
  }
  if (!impersonations.fits(manifest.appId)) return proxyError(429, 'TOO_MANY_REQUESTS');
  impersonations.count(manifest.appId);
  return { kind: 'user', accountId, appId: manifest.appId };
}

/** Hands the call to the site if the manifest's scopes allow it, and counts it. */
export async function callJira(
  options: {
    manifest: AppManifest;
    stats: Stats;
    onWrite: (installation: Installation) => void;
    /** Tells what the app wrote. */
    timeline: Timeline;
    /** Loud line for what the site does not emulate. */
    warn: (site: string, text: string) => void;
    /** Counter group; pages of the app have their own because the platform does not charge points for them. */
    group?: 'restCalls' | 'pageCalls';
  },
  installation: Installation,
  actor: Actor,
  request: Request,
): Promise<Response> {
  const { site } = installation;
  const path = new URL(request.url).pathname;
  const missing = missingScopes(options.manifest.scopes, request.method, path);
  if (missing.length > 0) {
    options.stats.addTo(site.key, 'scopeRefused', `${request.method} ${path}: ${missing.join(', ')}`);
    return Response.json({ code: 401, message: 'Unauthorized; scope does not match' }, { status: 401 });
  }
  const response = await watchingEffects(() => site.handle(request, actor));
  const refused = response.headers.get('x-emulator-refused');
  if (refused) {
    options.stats.addTo(site.key, 'notEmulated', refused);
    options.warn(site.key, `not emulated: ${refused}`);
  }
  if (request.method !== 'GET') options.onWrite(installation);
  tellWrite(options.timeline, site.key, actor, request, response);
  return countAndStrip(options.stats, site.key, options.group ?? 'restCalls', request, response);
}

/** A journal line for each write that the app made, as itself or for somebody. */
function tellWrite(
  timeline: Timeline,
  site: string,
  actor: Actor,
  request: Request,
  response: Response,
): void {
  const route = response.headers.get('x-emulator-route') ?? '';
  if (request.method === 'GET' || isReadByPost(route)) return;
  const text = `The app called Jira: ${route} answered ${response.status}`;
  const path = new URL(request.url).pathname;
  timeline.record({ site, kind: 'write', text, detail: { path, as: actor.kind } });
}

/** Counts an answer of a site under `group` and gives it without the emulator's own headers. */
export function countAndStrip(
  stats: Stats,
  site: string,
  group: string,
  request: Request,
  response: Response,
): Response {
  const headers = new Headers(response.headers);
  const route = headers.get('x-emulator-route') ?? `${request.method} ${new URL(request.url).pathname}`;
  stats.addTo(site, group, route);
  const points = Number(headers.get('x-emulator-points') ?? 0);
  if (points > 0) stats.add(site, group === 'restCalls' ? 'points' : `${group}Points`, points);
  if (response.status === 429) stats.add(site, 'rateLimited');
  if (headers.has('x-emulator-unchanged')) stats.addTo(site, 'unchangedWrites', route);
  for (const name of ['x-emulator-route', 'x-emulator-points', 'x-emulator-unchanged']) headers.delete(name);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
