/** Runs functions of the deployed bundle: deadline, memory, token, counters, log lines. */
import { performance } from 'node:perf_hooks';
import { isVirtualClock } from '../core/clock';
import { randomUuid } from '../core/random';
import type {
  Activity,
  Clock,
  Invocation,
  InvocationResult,
  Invoker,
  Random,
  Stats,
  Timeline,
} from '../seam';
import type { AppDescription } from '../world-contract';
import { currentDepth } from './call-depth';
import type { FunctionInstance, InstanceOutcome } from './instance';
import type { InstancePool } from './instance-pool';
import type { LambdaEvent } from './lambda-event';
import { DEADLINE_SECONDS, INVOCATION_LIMITS } from './limits';
import type { AppManifest, ManifestFunction } from './manifest';
import type { RunningInvocation, RunningInvocations } from './running-invocations';

export interface InvokerOptions {
  app: AppDescription;
  manifest: AppManifest;
  pool: InstancePool;
  running: RunningInvocations;
  activity: Activity;
  clock: Clock;
  /** Ids of invocations, and what their functions draw at random. */
  random: Random;
  stats: Stats;
  timeline: Timeline;
  /** App variables, read at each invocation: they become environment variables. */
  variables: () => Record<string, string>;
  /** Scales deadlines so that tests need not wait for them; 1 = the platform's seconds. */
  timeScale: number;
  /** Called with the id before the function runs, so that log lines find their site. */
  onStart: (invocationId: string, invocation: Invocation) => void;
}

function deadlineSeconds(invocation: Invocation, entry: ManifestFunction): number {
  const long = invocation.kind === 'consumer' || invocation.kind === 'scheduled';
  return (long ? entry.timeoutSeconds : undefined) ?? DEADLINE_SECONDS[invocation.kind];
}

const MODULE_TYPES = {
  webtrigger: 'webtrigger',
  trigger: 'trigger',
  consumer: 'consumer',
  scheduled: 'scheduledTrigger',
  preUninstall: 'preUninstall',
} as const;

/** Minutes of running time that limits are counted by: each begun one. */
const minutesOf = (seconds: number) => Math.ceil(seconds / 60);

function moduleTypeOf(manifest: AppManifest, invocation: Invocation): string {
  if (invocation.kind !== 'resolver') return `core:${MODULE_TYPES[invocation.kind]}`;
  return manifest.uiModules.find((module) => module.key === invocation.moduleKey)?.type ?? 'unknown';
}

/** The second argument of every handler, and `installation` of the app context. */
function handlerContext(invocation: Invocation): Record<string, unknown> {
  const { installation } = invocation;
  return {
    installContext: installation.contextAri,
    installation: {
      ari: { installationId: installation.id },
      contexts: [{ cloudId: installation.site.cloudId }],
    },
    ...(invocation.accountId === undefined ? {} : { principal: { accountId: invocation.accountId } }),
  };
}

function buildEvent(
  options: InvokerOptions,
  invocation: Invocation,
  entry: ManifestFunction,
  ids: { id: string; token: string; timeout: number },
): LambdaEvent {
  const context = handlerContext(invocation);
  return {
    handler: entry.handler,
    variables: Object.entries(options.variables()).map(([key, value]) => ({ key, value })),
    body: { payload: invocation.payload, context },
    _meta: {
      timeout: ids.timeout,
      log: {
        maxLines: INVOCATION_LIMITS.logLinesPerMinute * minutesOf(ids.timeout),
        maxBytes: INVOCATION_LIMITS.logBytes,
      },
      token: ids.token,
      contextAri: invocation.installation.contextAri,
      runtimeName: options.manifest.runtimeName,
      ...(invocation.accountId === undefined ? {} : { accountId: invocation.accountId }),
      tracing: { traceId: ids.id.replaceAll('-', ''), spanId: ids.id.slice(0, 8) },
      appContext: {
        appId: options.app.id,
        appVersion: options.app.version,
        environmentId: options.app.environmentId,
        environmentType: options.app.environmentType,
        invocationId: ids.id,
        installationId: invocation.installation.id,
        functionKey: entry.key,
        moduleType: moduleTypeOf(options.manifest, invocation),
        moduleKey: invocation.moduleKey,
        installation: context['installation'],
        permissions: {
          scopes: [...options.manifest.scopes],
          external: { fetch: { backend: options.manifest.backendEgress } },
        },
      },
    },
  };
}

const byteLength = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

function tooBig(what: string): string {
  return `${what} is over ${INVOCATION_LIMITS.payloadBytes / 1024 / 1024} MB`;
}

function resultOf(outcome: InstanceOutcome, durationMs: number, seconds: number): InvocationResult {
  switch (outcome.kind) {
    case 'answered':
      if (outcome.answer.success) {
        if (byteLength(outcome.answer.body) <= INVOCATION_LIMITS.payloadBytes) {
          return { ok: true, value: outcome.answer.body, durationMs };
        }
        return { ok: false, reason: 'threw', message: tooBig('Function response payload'), durationMs };
      }
      return { ok: false, reason: 'threw', message: outcome.answer.error.errorMessage, durationMs };
    case 'timeout':
      return { ok: false, reason: 'timeout', message: `Function exceeded ${seconds} seconds`, durationMs };
    case 'memory':
      return { ok: false, reason: 'memory', message: 'Function ran out of memory', durationMs };
    case 'died':
      return {
        ok: false,
        reason: 'crash',
        message: `Function instance ended: ${outcome.detail}`,
        durationMs,
      };
  }
}

/** Counts and tells what an invocation was. */
function report(
  options: InvokerOptions,
  invocation: Invocation,
  result: InvocationResult,
  memoryMb: number,
): void {
  const site = invocation.installation.site.key;
  options.stats.addTo(site, 'invocations', invocation.functionKey);
  options.stats.add(site, 'gbSeconds', (memoryMb / 1024) * (result.durationMs / 1000));
  const detail = { moduleKey: invocation.moduleKey, durationMs: Math.round(result.durationMs) };
  if (result.ok) {
    const text = `Function ${invocation.functionKey} (${invocation.kind}) ran`;
    options.timeline.record({ site, kind: 'function', text, detail });
    return;
  }
  options.stats.addTo(site, 'failedInvocations', `${invocation.functionKey}: ${result.reason}`);
  options.timeline.record({
    site,
    kind: 'failure',
    text: `${invocation.functionKey} (${invocation.kind}) ${result.reason}: ${result.message}`,
    detail,
  });
}

/** Why an invocation cannot begin. */
function refusalOf(invocation: Invocation, depth: number): string | undefined {
  if (depth > INVOCATION_LIMITS.webtriggerDepth) return `Webtriggers call each other ${depth} deep`;
  if (byteLength(invocation.payload) > INVOCATION_LIMITS.payloadBytes) {
    return tooBig('Function request payload');
  }
  return undefined;
}

/** An invoker over the pool; it never throws for what a function does. */
export function createInvoker(options: InvokerOptions): Invoker {
  const runOn = async (
    instance: FunctionInstance,
    invocation: Invocation,
    entry: ManifestFunction,
    depth: number,
  ): Promise<InvocationResult> => {
    const id = randomUuid(options.random);
    const timeout = deadlineSeconds(invocation, entry);
    const running: RunningInvocation = {
      id,
      invocation,
      root: invocation.root ?? id,
      depth,
      egressLeft: INVOCATION_LIMITS.egressPerMinute * minutesOf(timeout),
      calls: { open: 0, waiting: 0 },
      kill: (reason) => instance.kill(reason),
    };
    const token = options.running.open(running);
    options.onStart(id, invocation);
    const startedAt = performance.now();
    try {
      const event = buildEvent(options, invocation, entry, { id, token, timeout });
      const outcome = await instance.run(event, {
        deadlineMs: timeout * 1000 * options.timeScale,
        seed: randomUuid(options.random),
        ...(isVirtualClock(options.clock) ? { now: options.clock.now() } : {}),
      });
      return resultOf(outcome, performance.now() - startedAt, timeout);
    } finally {
      options.running.close(token);
    }
  };
  return {
    async invoke(invocation) {
      const entry = options.manifest.functions.get(invocation.functionKey);
      if (!entry) throw new Error(`manifest.yml has no function ${invocation.functionKey}`);
      const depth = currentDepth();
      const refusal = refusalOf(invocation, depth);
      if (refusal) return { ok: false, reason: 'threw', message: refusal, durationMs: 0 };
      const site = invocation.installation.site.key;
      const done = options.activity.begin(`${site}: ${invocation.functionKey} (${invocation.kind})`);
      try {
        const memoryMb = entry.runtime?.memoryMB ?? options.manifest.defaultMemoryMb;
        const result = await options.pool.use(memoryMb, depth, (instance) =>
          runOn(instance, invocation, entry, depth),
        );
        report(options, invocation, result, memoryMb);
        return result;
      } finally {
        done();
      }
    },
  };
}
