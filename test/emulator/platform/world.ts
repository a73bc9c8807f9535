/** The world as pages and the control API see it: a platform with addresses. */
import type { Actor, Installation, JiraSite, SeededUser } from '../seam';
import type { World, WorldSite } from '../world-contract';
import { callJira } from './jira-calls';
import type { Platform } from './platform';
import { createResolverCaller } from './resolver-call';
import { settle } from './settle';

export interface Addresses {
  console: string;
  resources: string;
  /** Reachable origin of each site by its key. */
  sites: Record<string, string>;
}

function liveSite(platform: Platform, site: JiraSite, addresses: Addresses): WorldSite {
  return {
    site,
    get baseUrl() {
      return addresses.sites[site.key] ?? '';
    },
    // Pages keep this object; the app comes and goes.
    get installation(): Installation | undefined {
      return platform.installations.on(site.key);
    },
  };
}

function basicCredentials(request: Request): { email: string; token: string } | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? undefined : { email: text.slice(0, at), token: text.slice(at + 1) };
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim();
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return decodeURIComponent(value.join('='));
  }
  return undefined;
}

/** Who sent this to the site's door; `undefined` = wrong credentials or nobody. */
export function signedInUser(site: JiraSite, request: Request): SeededUser | undefined {
  const basic = basicCredentials(request);
  if (basic) return site.authenticate(basic.email, basic.token);
  const bearer = bearerToken(request);
  if (bearer !== undefined) return site.authenticateToken?.(bearer);
  const accountId = cookieOf(request, `emulator-user-${site.key}`);
  const users = site.users();
  if (accountId !== undefined) {
    const chosen = users.find((user) => user.accountId === accountId);
    if (chosen) return chosen;
  }
  return users.find((user) => user.admin);
}

/** `addresses` may be filled in after the doors are open. */
export function createWorld(platform: Platform, addresses: Addresses): World {
  const { manifest, clock, stats, timeline, activity } = platform;
  const sites = platform.sites.map((site) => liveSite(platform, site, addresses));
  const siteOf = (key: string) => sites.find((candidate) => candidate.site.key === key);
  const resolvers = createResolverCaller({
    app: platform.app,
    manifest,
    invoker: platform.invoker,
    clock,
    stats,
    installationOn: (key) => platform.installations.on(key),
  });
  return {
    clock,
    app: platform.app,
    addresses,
    sites: () => sites,
    site: siteOf,
    modules: () => manifest.uiModules,
    module: (key) => manifest.uiModules.find((module) => module.key === key),
    invokeResolver: resolvers.invokeResolver,
    bridgeContext: resolvers.bridgeContext,
    async requestJiraAsUser(siteKey, accountId, request) {
      const installation = platform.installations.on(siteKey);
      if (!installation) throw new Error(`The app is not installed on ${siteKey}`);
      const actor: Actor = { kind: 'user', accountId };
      const onWrite = () => platform.saveSite(installation.site);
      const { warn } = platform;
      return callJira(
        { manifest, stats, timeline, onWrite, warn, group: 'pageCalls' },
        installation,
        actor,
        request,
      );
    },
    userOf: (siteKey, accountId) =>
      siteOf(siteKey)
        ?.site.users()
        .find((user) => user.accountId === accountId),
    signedInUser: (siteKey, request) => {
      const at = siteOf(siteKey);
      return at && signedInUser(at.site, request);
    },
    timeline,
    stats: () => stats.snapshot(),
    settle: (options) =>
      settle(
        { clock, activity, pending: () => platform.pending(), waitsForTime: () => platform.waitsForTime() },
        options,
      ),
  };
}
