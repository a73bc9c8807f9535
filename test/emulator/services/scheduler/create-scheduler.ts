/** Scheduled triggers: runs each installation's timers on the clock, at a phase of its own that survives restarts. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Installation, InvocationResult } from '../../seam';
import type { ScheduledModule, Scheduler, SchedulerDeps } from '../contracts';
import { invokeSafely } from '../invoke-safely';
import { SCHEDULE_LIMITS } from '../limits';

type Interval = keyof typeof SCHEDULE_LIMITS.intervalsMs;

interface Timer {
  module: ScheduledModule;
  intervalMs: number;
  at: number;
  cancel: () => void;
}

const snapshotSchema = z.object({ modules: z.string(), at: z.record(z.string(), z.number()) });
const filterSchema = z.strictObject({ appIsLicensed: z.boolean() });

/** Throws at once for more timers than the platform allows, or intervals and filters it does not have. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { clock, persistence, stats } = deps;
  checkModules(deps.scheduledTriggers);
  const isLicensed = deps.isLicensed ?? (() => true);
  const declared = JSON.stringify(
    deps.scheduledTriggers.map(({ key, functionKey, interval }) => [key, functionKey, interval]),
  );
  const running = new Map<string, { installation: Installation; timers: Timer[] }>();

  /** Errors are not retried and what the function returns is ignored. */
  function run(installation: Installation, module: ScheduledModule): Promise<InvocationResult> {
    const { site } = installation;
    stats.addTo(site.key, 'scheduledRuns', module.key);
    return invokeSafely(deps, `schedule ${module.key} on ${site.key}`, {
      installation,
      kind: 'scheduled',
      functionKey: module.functionKey,
      moduleKey: module.key,
      payload: {
        context: { cloudId: site.cloudId, moduleKey: module.key },
        contextToken: `emulated-context-token-${installation.id}`,
      },
    });
  }

  function arm(installation: Installation, timer: Timer): void {
    timer.cancel = clock.after(Math.max(0, timer.at - clock.now()), () => {
      timer.at += timer.intervalMs;
      arm(installation, timer);
      save(installation);
      const skipped = needsLicence(timer.module) && !isLicensed(installation);
      if (skipped) return;
      // A run does not wait for the one before it: the platform does not promise that they never overlap.
      const copies = deps.faults.scheduleFate?.(installation.site.key, timer.module.key).copies ?? 1;
      for (let copy = 0; copy < copies; copy += 1) void run(installation, timer.module);
    });
  }

  function save(installation: Installation): void {
    const timers = running.get(installation.id)?.timers ?? [];
    persistence.save(saveName(installation), () => ({
      modules: declared,
      at: Object.fromEntries(timers.map(({ module, at }) => [module.key, at])),
    }));
  }

  return {
    start(installation) {
      if (running.has(installation.id)) return;
      const saved = snapshotSchema.safeParse(persistence.load(saveName(installation))).data;
      const timers = deps.scheduledTriggers.map((module): Timer => {
        const intervalMs = SCHEDULE_LIMITS.intervalsMs[module.interval as Interval];
        // Any change to the scheduled triggers begins all of them anew.
        const known = saved?.modules === declared ? saved.at[module.key] : undefined;
        return {
          module,
          intervalMs,
          at:
            known === undefined
              ? firstRun(installation, module, clock.now())
              : nextAfter(known, intervalMs, clock.now()),
          cancel: () => undefined,
        };
      });
      running.set(installation.id, { installation, timers });
      for (const timer of timers) arm(installation, timer);
      save(installation);
    },
    async fire(installation, moduleKey) {
      const module = deps.scheduledTriggers.find(({ key }) => key === moduleKey);
      if (module === undefined) throw new Error(`scheduled trigger "${moduleKey}" is not in the manifest`);
      return run(installation, module);
    },
    next: () =>
      [...running.values()].flatMap(({ installation, timers }) =>
        timers.map(({ module, at }) => ({ site: installation.site.key, moduleKey: module.key, at })),
      ),
    stop(installation) {
      for (const timer of running.get(installation.id)?.timers ?? []) timer.cancel();
      running.delete(installation.id);
    },
  };
}

function checkModules(modules: readonly ScheduledModule[]): void {
  if (modules.length > SCHEDULE_LIMITS.perApp)
    throw new Error(`an app may have ${SCHEDULE_LIMITS.perApp} scheduled triggers, not ${modules.length}`);
  const frequent = modules.filter(({ interval }) => interval === 'fiveMinute');
  if (frequent.length > SCHEDULE_LIMITS.fiveMinutePerApp)
    throw new Error(
      `an app may have ${SCHEDULE_LIMITS.fiveMinutePerApp} scheduled trigger every five minutes`,
    );
  for (const { key, interval, filter } of modules) {
    if (!(interval in SCHEDULE_LIMITS.intervalsMs))
      throw new Error(`scheduled trigger "${key}": interval "${interval}" is not known`);
    if (filter !== undefined && !filterSchema.safeParse(filter).success)
      throw new Error(`scheduled trigger "${key}": this filter is not emulated`);
  }
}

function needsLicence({ filter }: ScheduledModule): boolean {
  const parsed = filterSchema.safeParse(filter);
  return parsed.success && parsed.data.appIsLicensed;
}

/** About five minutes after the start; the same installation always gets the same share of a minute on top. */
function firstRun(installation: Installation, module: ScheduledModule, now: number): number {
  const hash = createHash('sha256').update(`${installation.id} ${module.key}`).digest();
  return now + SCHEDULE_LIMITS.firstRunAfterMs + (hash.readUInt32BE(0) % SCHEDULE_LIMITS.spreadMs);
}

/** The first moment of the old phase that is still to come: runs missed while the emulator was off stay missed. */
function nextAfter(at: number, intervalMs: number, now: number): number {
  return at > now ? at : at + Math.ceil((now - at + 1) / intervalMs) * intervalMs;
}

function saveName(installation: Installation): string {
  return `scheduler-${installation.id}`;
}
