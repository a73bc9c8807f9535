/** Webtriggers: public addresses of functions, each answering whoever calls, within the platform's limits. */
import type { Installation } from '../../seam';
import type { WebtriggerModule, Webtriggers, WebtriggersDeps, WebtriggerTraffic } from '../contracts';
import { invokeSafely } from '../invoke-safely';
import { MINUTE, SECOND, WEBTRIGGER_LIMITS } from '../limits';
import { createRateWindow } from '../rate-window';
import { createManagement } from './management';
import { type Answer, answerOf, isTooBig, readRequest, toResponse, type WebtriggerRequest } from './messages';
import { createTrafficLog } from './traffic-log';
import { createWebtriggerUrls } from './urls';

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']);

interface Target {
  installation: Installation;
  module: WebtriggerModule;
}

/** Throws at once for a manifest that asks for what is not emulated or breaks a limit. */
export function createWebtriggers(deps: WebtriggersDeps): Webtriggers {
  const { clock, faults, stats, timeline } = deps;
  for (const module of deps.webtriggers) checkModule(module);
  const modules = new Map(deps.webtriggers.map((module) => [module.key, module]));
  const urls = createWebtriggerUrls(deps.appId, deps.persistence);
  const traffic = createTrafficLog();
  const perSecond = createRateWindow(clock, WEBTRIGGER_LIMITS.perSecond, SECOND);
  const perMinute = createRateWindow(clock, WEBTRIGGER_LIMITS.perMinute, MINUTE);
  const manage = createManagement({
    appId: deps.appId,
    environmentId: deps.environmentId,
    modules,
    urls,
    clock,
  });

  function targetOf(installationId: string, moduleKey: string): Target | undefined {
    const installation = deps.installations().find(({ id }) => id === installationId);
    const module = modules.get(moduleKey);
    return installation === undefined || module === undefined ? undefined : { installation, module };
  }

  async function run({ installation, module }: Target, payload: WebtriggerRequest): Promise<Answer> {
    const result = await invokeSafely(deps, `webtrigger ${module.key} on ${installation.site.key}`, {
      installation,
      kind: 'webtrigger',
      functionKey: module.functionKey,
      moduleKey: module.key,
      payload,
    });
    const answer = answerOf(module, result);
    if (answer.problem !== undefined) tell(installation, `webtrigger ${module.key}: ${answer.problem}`);
    return answer;
  }

  function tell(installation: Installation, text: string): void {
    timeline.record({ site: installation.site.key, kind: 'webtrigger', text });
  }

  /** The answer to a request that arrived, before any function runs when it is refused. */
  async function answer(target: Target, payload: WebtriggerRequest): Promise<Answer> {
    const { id, site } = target.installation;
    if (!METHODS.has(payload.method)) return refusal(405, 'Method not allowed');
    if (!perSecond.fits(id) || !perMinute.fits(id)) {
      stats.add(site.key, 'webtrigger429s');
      return refusal(429, 'Too many requests');
    }
    perSecond.count(id);
    perMinute.count(id);
    if (isTooBig(payload)) return refusal(413, 'Payload too large');
    return run(target, payload);
  }

  const hold = deps.hold ?? ((_site, _what, ms) => new Promise<void>((resolve) => clock.after(ms, resolve)));

  function note(entry: WebtriggerTraffic): void {
    traffic.add(entry);
    stats.addTo(entry.to, 'webtriggerCalls', entry.moduleKey);
    const fault = entry.fault === undefined ? '' : `, ${entry.fault}`;
    timeline.record({
      site: entry.to,
      kind: 'webtrigger',
      text: `${entry.from ?? 'outside'} called ${entry.moduleKey}: ${entry.status}, ${entry.requestBody.length} characters${fault}`,
      detail: { from: entry.from, to: entry.to, moduleKey: entry.moduleKey, status: entry.status },
    });
  }

  async function call(
    target: Target,
    payload: WebtriggerRequest,
    from: string | undefined,
  ): Promise<Response> {
    const { installation, module } = target;
    const fate = faults.webtriggerFate(installation.site.key, module.key);
    const entry = {
      at: clock.now(),
      ...(from === undefined ? {} : { from }),
      to: installation.site.key,
      moduleKey: module.key,
      method: payload.method,
      path: payload.path,
      requestBody: payload.body,
    };
    if (fate.delayMs > 0) await hold(installation.site.key, `webtrigger ${module.key}`, fate.delayMs);
    if (fate.lost === 'request') {
      note({ ...entry, status: 0, responseBody: '', fault: 'request-lost' });
      return connectionLost();
    }
    const duplicated = (fate.copies ?? 1) > 1;
    const given = await answer(target, payload);
    // The copy arrives after the first was answered: that is when a receiver must recognise it.
    if (duplicated) void answer(target, payload);
    const fault = fate.lost === 'response' ? 'response-lost' : duplicated ? 'duplicated' : undefined;
    note({
      ...entry,
      status: given.status,
      responseBody: given.body,
      ...(fault === undefined ? {} : { fault }),
    });
    if (fate.lost === 'response') return connectionLost();
    return toResponse(given, perMinute.state(installation.id));
  }

  return {
    graphql: async (installation, query, variables) => manage(installation, query, variables),
    owns: (host) => urls.owns(host),
    async ingress(request, from) {
      const resolved = urls.resolve(new URL(request.url));
      const target = resolved && targetOf(resolved.url.installationId, resolved.url.moduleKey);
      if (resolved === undefined || target === undefined)
        return new Response('Web trigger not found', { status: 404 });
      const end = deps.activity.begin(`webtrigger call to ${target.installation.site.key}`);
      try {
        return await call(target, await readRequest(request, resolved.userPath, deps.random), from?.site);
      } finally {
        end();
      }
    },
    urlOf(installation, moduleKey, forceCreate = false) {
      const module = modules.get(moduleKey);
      if (module === undefined) throw new Error(`webtrigger "${moduleKey}" is not in the manifest`);
      const existing = forceCreate ? undefined : urls.find(installation.id, moduleKey);
      return (existing ?? urls.create(installation.id, module)).url;
    },
    traffic: () => traffic.entries(),
    forget: (installation) => urls.forget(installation.id),
  };
}

function checkModule({ key, request, response }: WebtriggerModule): void {
  const authentication = request?.authentication ?? 'none';
  if (authentication !== 'none')
    throw new Error(`webtrigger "${key}": authentication "${authentication}" is not emulated`);
  if (response?.type !== 'static') return;
  const outputs = response.outputs ?? [];
  if (outputs.length > WEBTRIGGER_LIMITS.staticOutputs)
    throw new Error(`webtrigger "${key}": more than ${WEBTRIGGER_LIMITS.staticOutputs} outputs`);
  for (const output of outputs) {
    if ((output.body ?? '').length > WEBTRIGGER_LIMITS.staticBodyChars)
      throw new Error(`webtrigger "${key}": body of output "${output.key}" is too long`);
    if ((output.contentType ?? '').length > WEBTRIGGER_LIMITS.staticContentTypeChars)
      throw new Error(`webtrigger "${key}": content type of output "${output.key}" is too long`);
    if (output.key.length > WEBTRIGGER_LIMITS.staticKeyChars)
      throw new Error(`webtrigger "${key}": the key of an output is too long`);
  }
}

function refusal(status: number, body: string): Answer {
  return { status, headers: [], body };
}

/** Stands for a connection that broke: the caller must see no answer at all. */
function connectionLost(): Response {
  return new Response('connection lost', {
    status: 502,
    headers: { 'x-emulator-fault': 'connection-lost' },
  });
}
