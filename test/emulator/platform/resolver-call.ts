/** Calls of resolvers as a page of the app makes them through `@forge/bridge`. */
import type { Installation, Invoker } from '../seam';
import type { AppDescription, ResolverAnswer, ResolverCall } from '../world-contract';
import type { AppManifest } from './manifest';

/** Limits of front-end calls: request 500 KB, response 5 MB. */
const MAX_REQUEST_BYTES = 500 * 1024;
const MAX_RESPONSE_BYTES = 5 * 1024 * 1024;

export interface ResolverCaller {
  bridgeContext(call: Omit<ResolverCall, 'functionKey' | 'payload'>): Record<string, unknown>;
  invokeResolver(call: ResolverCall): Promise<ResolverAnswer>;
}

export interface ResolverCallerOptions {
  app: AppDescription;
  manifest: AppManifest;
  invoker: Invoker;
  installationOn: (siteKey: string) => Installation | undefined;
}

const byteLength = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

function refuse(message: string): ResolverAnswer {
  return { ok: false, message: `There was an error invoking the function - ${message}` };
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
  return {
    bridgeContext,
    async invokeResolver(call) {
      const installation = options.installationOn(call.siteKey);
      if (!installation) return refuse(`the app is not installed on ${call.siteKey}`);
      const module = options.manifest.uiModules.find((candidate) => candidate.key === call.moduleKey);
      if (!module) return refuse(`no module ${call.moduleKey}`);
      if (!module.resolverFunction) return refuse(`module ${call.moduleKey} has no resolver`);
      if (byteLength(call.payload) > MAX_REQUEST_BYTES) return refuse('request payload is over 500 KB');
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
      if (byteLength(result.value) > MAX_RESPONSE_BYTES) return refuse('response payload is over 5 MB');
      return { ok: true, body: result.value };
    },
  };
}
