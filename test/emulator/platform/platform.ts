/** Composes sites, services and the function runtime into one running whole, without any doors to it. */
import { createActivity, type ReadableActivity } from '../core/activity';
import { isVirtualClock } from '../core/clock';
import type { FlushablePersistence } from '../core/persistence';
import { createRandom, randomUuid } from '../core/random';
import { createStats, type ReadableStats } from '../core/stats';
import { createTimeline } from '../core/timeline';
import type { Clock, Invoker, JiraSite, PendingWork, Timeline } from '../seam';
import { createRateWindow } from '../services/rate-window';
import type { AppDescription, TimelineReader } from '../world-contract';
import { type AppServices, createAppServices } from './app-services';
import { startBackplane } from './backplane';
import { createCallDelays } from './call-delays';
import { type CallLog, createCallLog } from './call-log';
import { createEgress } from './egress';
import { createFaultControl, type FaultControl, type FaultControlOptions } from './faults';
import { createFunctionLog, type FunctionLog } from './function-log';
import { createInstallations, type Installations } from './installations';
import { createInstancePool, type InstancePool } from './instance-pool';
import { createInvoker } from './invoker';
import { createLateCalls } from './late-calls';
import { IMPERSONATIONS_PER_MINUTE, MINUTE } from './limits';
import type { AppManifest } from './manifest';
import { createRunningInvocations } from './running-invocations';
import { checkVariables } from './variables';
import { createWebhookSender, type WebhookSender } from './webhook-sender';
import { noteEvent } from './write-effects';

export interface PlatformOptions {
  manifest: AppManifest;
  bundleDirectory: string;
  clock: Clock;
  persistence: FlushablePersistence;
  /** Decides what stays the same in every run, as the environment's id. */
  seed: number;
  /** Decides what must differ from run to run; default: the seed. */
  runSeed?: number;
  /** App variables; `lifecycle.ts` adds `DIRECTORY_URL`. */
  variables: Record<string, string>;
  /** Invocations at once; 1 forces every site through one warm process. */
  slots: number;
  /** True: every invocation starts cold. */
  cold: boolean;
  /** Scales deadlines; 1 = the platform's. */
  timeScale: number;
  sites: readonly JiraSite[];
  /** Lines for the terminal. */
  print: (text: string) => void;
}

/** What every part reads and writes: counters, journal, log, faults. */
interface Instruments {
  app: AppDescription;
  activity: ReadableActivity;
  stats: ReadableStats;
  timeline: Timeline & TimelineReader;
  log: FunctionLog;
  calls: CallLog;
  faults: FaultControl;
  installations: Installations;
  variables: Map<string, string>;
  /** Remembers the site's state; call after every change made past the platform. */
  saveSite(site: JiraSite): void;
  warn(site: string, text: string): void;
}

/** Everything that runs, for the doors, the control API and tests. */
export interface Platform extends Instruments, AppServices {
  manifest: AppManifest;
  clock: Clock;
  sites: readonly JiraSite[];
  invoker: Invoker;
  pool: InstancePool;
  pending(): PendingWork[];
  /** True when nothing goes on unless time does. */
  waitsForTime(): boolean;
  stop(): Promise<void>;
}

function describeApp(manifest: AppManifest, seed: number): AppDescription {
  return {
    id: manifest.appId,
    name: manifest.name,
    version: '1.0.0',
    environmentId: randomUuid(createRandom(seed + 1)),
    environmentType: 'DEVELOPMENT',
    permissions: manifest.permissions,
  };
}

function createInstruments(
  options: PlatformOptions,
  random: () => number,
  setters: Pick<FaultControlOptions, 'setQueryLag' | 'setInstances'>,
): Instruments {
  const { clock, persistence, sites, print } = options;
  const app = describeApp(options.manifest, options.seed);
  const stats = createStats();
  const timeline = createTimeline(clock);
  return {
    app,
    activity: createActivity(),
    stats,
    timeline,
    installations: createInstallations({ app, random, clock, persistence }),
    variables: new Map(Object.entries(options.variables)),
    faults: createFaultControl({
      seed: options.seed + 2,
      setIndexLag: (key, ms) => {
        for (const site of sites) if (key === undefined || key === site.key) site.setIndexLag(ms);
      },
      ...setters,
    }),
    calls: createCallLog(clock),
    log: createFunctionLog({
      clock,
      stats,
      onLine: ({ site, functionKey, level, text }) => {
        if (level === 'warn' || level === 'error') print(`[${site}] ${functionKey} ${level}: ${text}`);
      },
    }),
    saveSite: (site) => persistence.save(`site-${site.key}`, () => site.snapshot()),
    warn: (site, text) => {
      print(`[${site}] ${text}`);
      timeline.record({ site, kind: 'emulator', text });
    },
  };
}

/** Services start functions, and functions call services: whoever comes first holds a promise of the other. */
function createLateInvoker(): { invoker: Invoker; fill: (real: Invoker) => void } {
  let filled: Invoker | undefined;
  return {
    invoker: {
      invoke: (invocation) => {
        if (!filled) throw new Error('The platform is still starting');
        return filled.invoke(invocation);
      },
    },
    fill: (real) => {
      filled = real;
    },
  };
}

/** Lets every event of a site reach the app there. */
function listenToSites(
  sites: readonly JiraSite[],
  { installations, saveSite }: Instruments,
  services: AppServices,
) {
  for (const site of sites) {
    site.onEvent((event) => {
      noteEvent();
      saveSite(site);
      const installation = installations.on(site.key);
      if (installation) services.events.deliver(installation, event);
    });
  }
}

/** Posts the webhooks of the sites that have them. */
function sendWebhooks(sites: readonly JiraSite[], instruments: Instruments, clock: Clock): WebhookSender {
  const sender = createWebhookSender({ ...instruments, clock });
  for (const site of sites) {
    site.onWebhook?.((delivery) => sender.send(site.key, delivery));
  }
  return sender;
}

const QUIET_TURNS = 3;
const LOOK_AGAIN_MS = 2;

/** Resolves when `waitsForTime` held for some turns of the event loop, so that nothing is on its way between two parts. */
async function untilOnlyTimeIsMissing(waitsForTime: () => boolean): Promise<void> {
  for (let turns = 0; turns < QUIET_TURNS; ) {
    const calm = waitsForTime();
    turns = calm ? turns + 1 : 0;
    await new Promise<void>((resolve) => {
      if (calm) setImmediate(resolve);
      else setTimeout(resolve, LOOK_AGAIN_MS);
    });
  }
}

/** Starts services and runtime. Nothing is installed yet: see `lifecycle.ts`. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { manifest, clock, persistence, sites } = options;
  checkVariables(options.variables);
  const random = createRandom(options.runSeed ?? options.seed);
  const instruments = createInstruments(options, random, {
    setQueryLag: (ms, jitterMs) => services.kvs.setQueryLag(ms, jitterMs),
    setInstances: ({ shared, cold }) => pool.reshape({ slots: shared ? 1 : undefined, cold }),
  });
  const { app, activity, stats, timeline, log, calls, faults, installations, variables, saveSite, warn } =
    instruments;
  // A stream of its own: what services draw does not change what functions see.
  const invocationRandom = createRandom((options.runSeed ?? options.seed) + 3);
  const running = createRunningInvocations(invocationRandom);
  const { invoker, fill } = createLateInvoker();
  const delays = createCallDelays(clock);
  const services = createAppServices(app, manifest, {
    clock,
    invoker,
    activity,
    stats,
    faults,
    persistence,
    random,
    timeline,
    hold: delays.wait,
    installations: () => installations.all(),
  });
  const egress = createEgress({
    allowed: manifest.backendEgress,
    webtriggers: services.webtriggers,
    clock,
    stats,
    warn,
  });
  const onWrite = ({ site }: { site: JiraSite }) => saveSite(site);
  const late = createLateCalls(clock, activity);
  const backplane = await startBackplane({
    ...services,
    timeline,
    delays,
    late,
    calls,
    impersonations: createRateWindow(clock, IMPERSONATIONS_PER_MINUTE, MINUTE),
    installRace: (site) => faults.installRace(site, installations.ageOf(site)),
    manifest,
    running,
    faults,
    clock,
    stats,
    egress,
    onWrite,
    warn,
  });
  const pool = createInstancePool({
    bundleDirectory: options.bundleDirectory,
    backplaneUrl: backplane.url,
    slots: options.slots,
    cold: options.cold,
    onLog: (line) => log.write(line),
    onStray: (line) => options.print(`[function] ${line}`),
  });
  fill(
    createInvoker({
      app,
      manifest,
      pool,
      running,
      activity,
      clock,
      random: invocationRandom,
      stats,
      timeline,
      variables: () => Object.fromEntries(variables),
      timeScale: options.timeScale,
      onStart: (id, invocation) => log.begin(id, invocation),
    }),
  );
  listenToSites(sites, instruments, services);
  const webhooks = sendWebhooks(sites, instruments, clock);
  const waitsForTime = () => {
    const state = running.state();
    if (state !== 'none') return state === 'idle';
    // Callers from outside have no function of their own.
    return activity.current().length === 0 || delays.pending().length > 0;
  };
  if (isVirtualClock(clock)) clock.onQuiet(() => untilOnlyTimeIsMissing(waitsForTime));
  return {
    ...instruments,
    ...services,
    manifest,
    clock,
    sites,
    invoker,
    pool,
    pending: () => [
      ...services.events.pending(),
      ...services.queue.pending(),
      ...webhooks.pending(),
      ...delays.pending(),
      ...late.pending(),
    ],
    waitsForTime,
    async stop() {
      for (const installation of installations.all()) services.scheduler.stop(installation);
      pool.stop();
      await backplane.stop();
      persistence.close();
    },
  };
}
