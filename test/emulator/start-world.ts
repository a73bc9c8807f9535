/** Starts a whole emulated world in this process: sites, app, console. For `npm start` and for tests. */
import { join, resolve } from 'node:path';
import { Hono } from 'hono';
import { createControlApp } from './control/control-app';
import { createRealClock, createVirtualClock } from './core/clock';
import { createFilePersistence, createNoPersistence, type FlushablePersistence } from './core/persistence';
import { createReseedableRandom } from './core/random';
import { createDataCenterSite } from './data-center/create-data-center-site';
import { createServerPages } from './data-center/pages';
import { createCloudSite } from './jira/create-cloud-site';
import { PointsPool } from './jira/points-pool';
import { ensureBundle } from './platform/bundle';
import type { FaultsInput } from './platform/fault-schema';
import { installEverywhere, resetPlatform } from './platform/lifecycle';
import { readManifest } from './platform/manifest';
import { type Door, openDoor } from './platform/open-door';
import { type Platform, startPlatform } from './platform/platform';
import { createSiteDoor } from './platform/site-door';
import { ensureUi } from './platform/ui-build';
import { type Addresses, createWorld } from './platform/world';
import type { Clock, JiraSite, Random } from './seam';
import { createConsolePages } from './web/console-pages';
import { createResourceHost } from './web/resource-host';
import { createSitePages } from './web/site-pages';
import type { World } from './world-contract';

const REPOSITORY = resolve(__dirname, '../..');
const DEFAULT_SEED = 20_261;

/** Which sites there are, and their ports counted from the base. The console has the base itself. */
const SITE_PORTS = { acme: 1, globex: 2, initech: 3, directory: 4 } as const;
const DATA_CENTER: ReadonlySet<string> = new Set(['initech']);
const RESOURCES_PORT = 10;

type SiteKey = keyof typeof SITE_PORTS;
/** Makes a site; the same randomness gives the same site. */
type SiteFactory = (key: SiteKey, clock: Clock, random: Random) => JiraSite;

export interface StartWorldOptions {
  /** Console port; the sites follow. 0 or absent = free ports. */
  portBase?: number;
  /** Where state is kept between runs; absent = nowhere. */
  stateDirectory?: string;
  /** Forgets the state of an earlier run. */
  fresh?: boolean;
  /** Directory with manifest.yml; default: the repository. */
  appDirectory?: string;
  /** Default `dist/forge` in the app's directory. */
  bundleDirectory?: string;
  seed?: number;
  virtualClock?: boolean;
  /** False: functions get no DIRECTORY_URL. Default true. */
  directory?: boolean;
  /** App variables besides DIRECTORY_URL. */
  variables?: Record<string, string>;
  /** Function invocations at once (default 4); 1 forces all sites through one warm process. */
  slots?: number;
  /** True: every invocation starts in a new process. */
  cold?: boolean;
  /** Scales function deadlines; default 1. */
  timeScale?: number;
  /** False: points per hour are counted and announced with `Beta-` headers, but nobody is refused. Default true. */
  pointsEnforced?: boolean;
  /** Faults from the first moment on, and again after a reset. */
  faults?: FaultsInput;
  /** Where the virtual clock starts, milliseconds since the epoch; default: the machine's time. */
  startAt?: number;
  /** Builds the pages of the app when they are outdated. Default true. */
  buildUi?: boolean;
  createSite?: SiteFactory;
  /** Lines for the terminal; default: none. */
  print?: (text: string) => void;
}

export interface RunningWorld {
  world: World;
  platform: Platform;
  addresses: Addresses;
  /** Saves state and ends everything that was started. */
  stop(): Promise<void>;
}

/** Sites as they are; the Cloud ones share the points that the app has. */
function realSites(points: PointsPool): SiteFactory {
  return (key, clock, random) =>
    DATA_CENTER.has(key)
      ? createDataCenterSite({ key, clock, random })
      : createCloudSite({ key, clock, random, points });
}

/** The sites as they are on their first day, and a way to continue their randomness from another seed. */
function makeSites(factory: SiteFactory, clock: Clock, seed: number) {
  const made = (Object.keys(SITE_PORTS) as SiteKey[]).map((key) => {
    const { random, reseed } = createReseedableRandom(seed + SITE_PORTS[key]);
    return { site: factory(key, clock, random), reseed: (next: number) => reseed(next + SITE_PORTS[key]) };
  });
  return {
    sites: made.map(({ site }) => site),
    reseed: (next: number) => {
      for (const { reseed } of made) reseed(next);
    },
  };
}

/** A run that continues saved state must not draw the ids of the run before it again. */
function seedOfThisRun(seed: number, persistence: FlushablePersistence): number {
  const saved = persistence.load('runs');
  const runs = typeof saved === 'number' ? saved : 0;
  persistence.save('runs', () => runs + 1);
  return seed + runs * 1_000_003;
}

const snapshots = (sites: readonly JiraSite[]) => new Map(sites.map((site) => [site.key, site.snapshot()]));

function restoreSites(sites: readonly JiraSite[], persistence: FlushablePersistence): void {
  for (const site of sites) {
    const saved = persistence.load(`site-${site.key}`);
    if (saved !== undefined) site.restore(saved);
  }
}

function clockOf({ virtualClock, startAt }: StartWorldOptions): Clock {
  return virtualClock ? createVirtualClock(startAt ?? Date.now()) : createRealClock();
}

/** The whole world; rejects with a text for people when a port is occupied or the app cannot be built. */
export async function startWorld(options: StartWorldOptions = {}): Promise<RunningWorld> {
  const appDirectory = resolve(options.appDirectory ?? REPOSITORY);
  const bundleDirectory = resolve(options.bundleDirectory ?? join(appDirectory, 'dist/forge'));
  const print = options.print ?? (() => {});
  const manifest = readManifest(appDirectory);
  await assertPortsFree(options.portBase ?? 0);
  const [bundled, built] = await Promise.all([
    ensureBundle(appDirectory, bundleDirectory),
    options.buildUi === false ? false : ensureUi(appDirectory),
  ]);
  if (bundled) print(`Bundled the app into ${bundleDirectory}`);
  if (built) print('Built the pages of the app');

  const seed = options.seed ?? DEFAULT_SEED;
  const clock = clockOf(options);
  const factory = options.createSite ?? realSites(new PointsPool(options.pointsEnforced));
  const persistence = options.stateDirectory
    ? createFilePersistence(options.stateDirectory, options.fresh ?? false)
    : createNoPersistence();
  const runSeed = seedOfThisRun(seed, persistence);
  const { sites, reseed } = makeSites(factory, clock, seed);
  reseed(runSeed + 1000);
  let pristine = snapshots(sites);
  restoreSites(sites, persistence);
  const platform = await startPlatform({
    manifest,
    bundleDirectory,
    clock,
    persistence,
    seed,
    runSeed,
    variables: options.variables ?? {},
    slots: options.slots ?? 4,
    cold: options.cold ?? false,
    timeScale: options.timeScale ?? 1,
    sites,
    print,
  });
  const directory = options.directory ?? true;
  const reset = (newSeed: number | undefined) => {
    if (newSeed !== undefined) pristine = snapshots(makeSites(factory, clock, newSeed).sites);
    resetPlatform(platform, { pristine, persistence, directory, faults: options.faults });
  };
  try {
    const opened = await openDoors(platform, options.portBase ?? 0, reset);
    if (options.faults) platform.faults.set(options.faults);
    installEverywhere(platform, { directory });
    return {
      ...opened,
      platform,
      async stop() {
        await Promise.all(opened.doors.map((door) => door.close()));
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/** Before anything is touched: the state on disk may belong to the emulator that has the ports. */
async function assertPortsFree(portBase: number): Promise<void> {
  if (portBase === 0) return;
  const offsets = { console: 0, ...SITE_PORTS, 'Custom UI': RESOURCES_PORT };
  for (const [name, offset] of Object.entries(offsets)) {
    const door = await openDoor(name, portBase + offset, () => new Response(null, { status: 503 }));
    await door.close();
  }
}

interface Opened {
  world: World;
  addresses: Addresses;
  doors: Door[];
}

async function openDoors(
  platform: Platform,
  portBase: number,
  reset: (seed: number | undefined) => void,
): Promise<Opened> {
  const portOf = (offset: number) => (portBase === 0 ? 0 : portBase + offset);
  const addresses: Addresses = { console: '', resources: '', sites: {} };
  const world = createWorld(platform, addresses);
  const doors: Door[] = [];
  const open = async (name: string, offset: number, app: Hono): Promise<string> => {
    const door = await openDoor(name, portOf(offset), (request) => app.fetch(request));
    doors.push(door);
    return door.origin;
  };
  try {
    for (const at of world.sites()) {
      const make = at.site.kind === 'datacenter' ? createServerPages : createSitePages;
      const pages = make({ site: at, world });
      const offset = SITE_PORTS[at.site.key as SiteKey];
      addresses.sites[at.site.key] = await open(
        at.site.key,
        offset,
        createSiteDoor(platform, at.site, pages),
      );
    }
    addresses.resources = await open('Custom UI', RESOURCES_PORT, createResourceHost({ world }));
    const console = new Hono();
    console.route('/__emulator', createControlApp({ world, platform, reset }));
    console.route('/', createConsolePages({ world }));
    addresses.console = await open('console', 0, console);
  } catch (error) {
    await Promise.all(doors.map((door) => door.close()));
    throw error;
  }
  return { world, addresses, doors };
}
