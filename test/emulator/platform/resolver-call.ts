/** Calls of resolvers as a page of the app makes them through `@forge/bridge`. */
import type { Clock, Installation, Invoker, Stats } from '../seam';
import { createRateWindow } from '../services/rate-window';
import type { AppDescription, ResolverAnswer, ResolverCall } from '../world-contract';
import { FRONT_END_LIMITS, MINUTE, SECOND } from './limits';
import type { AppManifest } from './manifest';

export interface ResolverCaller {
  bridgeContext(call: Omit<ResolverCall, 'functionKey' | 'payload'>): Record<string, unknown>;
  invokeResolver(call: ResolverCall): Promise<ResolverAnswer>;
}

export interface ResolverCallerOptions {
  app: AppDescription;
  manifest: AppManifest;
  invoker: Invoker;
  clock: Clock;
  stats: Stats;
  installationOn: (siteKey: string) => Installation | undefined;
}

const byteLength = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

function refuse(message: string): ResolverAnswer {
  return { ok: false, message: `There was an error invoking the function - ${message}` };
}

/** Counts calls of users; says which rate is full. */
function createCallRates(clock: Clock) {
  const perUser = createRateWindow(clock, FRONT_END_LIMITS.perUserPerMinute, MINUTE);
  const perSecond = createRateWindow(clock, FRONT_END_LIMITS.perInstallationPerSecond, SECOND);
  const perMinute = createRateWindow(clock, FRONT_END_LIMITS.perInstallationPerMinute, MINUTE);
  return (installationId: string, accountId: string | undefined): string | undefined => {
    const user = `${installationId} ${accountId ?? 'anonymous'}`;
    if (!perUser.fits(user)) return `${FRONT_END_LIMITS.perUserPerMinute} invocations per minute of a user`;
    if (!perSecond.fits(installationId)) {
      return `${FRONT_END_LIMITS.perInstallationPerSecond} invocations per second of an installation`;
    }
    if (!perMinute.fits(installationId)) {
      return `${FRONT_END_LIMITS.perInstallationPerMinute} invocations per minute of an installation`;
    }
    perUser.count(user);
    perSecond.count(installationId);
    perMinute.count(installationId);
    return undefined;
  };
}

/** Calls go to the function named under `resolver` of the page's module. */
export function createResolverCaller(options: ResolverCallerOptions): ResolverCaller {
  const bridgeContext: ResolverCaller['bridgeContext'] = (call) => {
    const installation = options.installationOn(call.siteKey);
    if (!installation) throw new Error(`The app is not installed on ${call.siteKey}`);
    const module = options.manifest.uiModules.find((candidate) => candidate.key === call.moduleKey);
    if (!module) throw new Error(`manifest.yml has no UI module ${call.moduleKey}`);
    return {
      ...(call.accountId === undefined ? {} : { accountId: call.accountId }),
      cloudId: installation.site.cloudId,
      siteUrl: installation.site.publicUrl,
      moduleKey: call.moduleKey,
      localId: call.localId ?? `${installation.contextAri}/${call.moduleKey}`,
      locale: 'en_US',
      timezone: 'Etc/UTC',
      environmentId: options.app.environmentId,
      environmentType: options.app.environmentType,
      appVersion: options.app.version,
      extension: { ...call.extension, type: module.type },
    };
  };
  const overRate = createCallRates(options.clock);
  return {
    bridgeContext,
    async invokeResolver(call) {
      const installation = options.installationOn(call.siteKey);
      if (!installation) return refuse(`the app is not installed on ${call.siteKey}`);
      const module = options.manifest.uiModules.find((candidate) => candidate.key === call.moduleKey);
      if (!module) return refuse(`no module ${call.moduleKey}`);
      if (!module.resolverFunction) return refuse(`module ${call.moduleKey} has no resolver`);
      if (byteLength(call.payload) > FRONT_END_LIMITS.requestBytes)
        return refuse('request payload is over 500 KB');
      const rate = overRate(installation.id, call.accountId);
      if (rate) {
        options.stats.add(call.siteKey, 'invocationsLimited');
        return refuse(`Rate limit exceeded (429): more than ${rate}`);
      }
      const result = await options.invoker.invoke({
        installation,
        kind: 'resolver',
        functionKey: module.resolverFunction,
        moduleKey: call.moduleKey,
        payload: {
          call: { functionKey: call.functionKey, payload: call.payload },
          context: bridgeContext(call),
        },
        ...(call.accountId === undefined ? {} : { accountId: call.accountId }),
      });
      if (!result.ok) return refuse(result.message);
      if (byteLength(result.value) > FRONT_END_LIMITS.responseBytes)
        return refuse('response payload is over 5 MB');
      return { ok: true, body: result.value };
    },
  };
}
