/** Composes sites, services and the function runtime into one running world, without any doors to it. */
import { createActivity, type ReadableActivity } from '../core/activity';
import type { FlushablePersistence } from '../core/persistence';
import { createRandom, randomUuid } from '../core/random';
import { createStats, type ReadableStats } from '../core/stats';
import { createTimeline } from '../core/timeline';
import type { Clock, Installation, Invoker, JiraSite, PendingWork, Timeline } from '../seam';
import type { EventDelivery, Kvs, Queue, Scheduler, Webtriggers } from '../services/contracts';
import { createEventDelivery } from '../services/events/create-event-delivery';
import { createKvs } from '../services/kvs/create-kvs';
import { createQueue } from '../services/queue/create-queue';
import { createScheduler } from '../services/scheduler/create-scheduler';
import { createWebtriggers } from '../services/webtriggers/create-webtriggers';
import type { AppDescription, TimelineReader } from '../world-contract';
import { startBackplane } from './backplane';
import { createEgress } from './egress';
import { createFaultControl, type FaultControl } from './faults';
import { createFunctionLog, type FunctionLog } from './function-log';
import { createInstallations, type Installations } from './installations';
import { createInstancePool, type InstancePool } from './instance-pool';
import { createInvoker } from './invoker';
import type { AppManifest } from './manifest';
import { createRunningInvocations } from './running-invocations';
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
  /** App variables; the platform adds `DIRECTORY_URL`. */
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

/** Everything that runs, for the doors, the control API and tests. */
export interface Platform {
  app: AppDescription;
  manifest: AppManifest;
  clock: Clock;
  sites: readonly JiraSite[];
  activity: ReadableActivity;
  stats: ReadableStats;
  timeline: Timeline & TimelineReader;
  log: FunctionLog;
  faults: FaultControl;
  invoker: Invoker;
  pool: InstancePool;
  installations: Installations;
  variables: Map<string, string>;
  kvs: Kvs;
  queue: Queue;
  webtriggers: Webtriggers;
  events: EventDelivery;
  scheduler: Scheduler;
  pending(): PendingWork[];
  /** Remembers the site's state; call after every change made past the platform. */
  saveSite(site: JiraSite): void;
  warn(site: string, text: string): void;
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

const renamed = <T extends { function: string }>({ function: functionKey, ...rest }: T) => ({
  ...rest,
  functionKey,
});

/** A manifest without a value leaves the key out, as exact optional properties want it. */
function consumersOf(manifest: AppManifest) {
  return manifest.consumers.map((consumer) => {
    const timeoutSeconds = manifest.functions.get(consumer.function)?.timeoutSeconds;
    return { ...renamed(consumer), ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) };
  });
}

/** Starts services and runtime. Nothing is installed yet: see `lifecycle.ts`. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { manifest, clock, persistence, sites } = options;
  const app = describeApp(manifest, options.seed);
  const random = createRandom(options.runSeed ?? options.seed);
  const activity = createActivity();
  const stats = createStats();
  const timeline = createTimeline(clock);
  const running = createRunningInvocations();
  const installations = createInstallations({ app, random, persistence });
  const faults = createFaultControl({
    seed: options.seed + 2,
    setIndexLag: (key, ms) => {
      for (const site of sites) if (key === undefined || key === site.key) site.setIndexLag(ms);
    },
  });
  const warn = (site: string, text: string) => {
    options.print(`[${site}] ${text}`);
    timeline.record({ site, kind: 'emulator', text });
  };
  const log = createFunctionLog({
    clock,
    stats,
    onLine: (line) => {
      if (line.level === 'warn' || line.level === 'error') {
        options.print(`[${line.site}] ${line.functionKey} ${line.level}: ${line.text}`);
      }
    },
  });
  const saveSite = (site: JiraSite) => persistence.save(`site-${site.key}`, () => site.snapshot());

  // Services start functions, functions call services: the invoker is filled in when both stand.
  let real: Invoker | undefined;
  const invoker: Invoker = {
    invoke: (invocation) => {
      if (!real) throw new Error('The platform is still starting');
      return real.invoke(invocation);
    },
  };
  const serviceWorld = {
    clock,
    invoker,
    activity,
    stats,
    faults,
    persistence,
    random,
    timeline,
    installations: () => installations.all(),
  };
  const kvs = createKvs({
    entities: manifest.entities.map(withoutUndefined),
    clock,
    persistence,
    stats,
    random,
  });
  const queue = createQueue({ ...serviceWorld, consumers: consumersOf(manifest) });
  const webtriggers = createWebtriggers({
    ...serviceWorld,
    appId: app.id,
    environmentId: app.environmentId,
    webtriggers: manifest.webtriggers.map(renamed),
  });
  const events = createEventDelivery({ ...serviceWorld, triggers: manifest.triggers.map(renamed) });
  const scheduler = createScheduler({
    ...serviceWorld,
    scheduledTriggers: manifest.scheduledTriggers.map(renamed),
  });
  const egress = createEgress({ allowed: manifest.backendEgress, webtriggers, stats, warn });
  const onWrite = (installation: Installation) => saveSite(installation.site);
  const backplane = await startBackplane({
    manifest,
    running,
    faults,
    clock,
    stats,
    kvs,
    queue,
    webtriggers,
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
  const variables = new Map(Object.entries(options.variables));
  real = createInvoker({
    app,
    manifest,
    pool,
    running,
    activity,
    stats,
    timeline,
    random,
    variables: () => Object.fromEntries(variables),
    timeScale: options.timeScale,
    onStart: (id, invocation) => log.begin(id, invocation),
  });
  for (const site of sites) {
    site.onEvent((event) => {
      noteEvent();
      const installation = installations.on(site.key);
      saveSite(site);
      if (installation) events.deliver(installation, event);
    });
  }
  return {
    app,
    manifest,
    clock,
    sites,
    activity,
    stats,
    timeline,
    log,
    faults,
    invoker,
    pool,
    installations,
    variables,
    kvs,
    queue,
    webtriggers,
    events,
    scheduler,
    pending: () => [...events.pending(), ...queue.pending()],
    saveSite,
    warn,
    async stop() {
      for (const installation of installations.all()) scheduler.stop(installation);
      pool.stop();
      await backplane.stop();
      persistence.flush();
    },
  };
}

function withoutUndefined({ indexes, ...entity }: AppManifest['entities'][number]) {
  if (!indexes) return entity;
  return {
    ...entity,
    indexes: indexes.map((index) => {
      if (typeof index === 'string') return index;
      const { partition, ...rest } = index;
      return partition === undefined ? rest : { ...rest, partition };
    }),
  };
}
