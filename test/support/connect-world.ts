/** Sites with names, a wire between them that a story can cut, and one clock: for stories about connections. */
import { createHash } from 'node:crypto';
import { receiveDirectoryMessage } from '#engine/directory/receive-directory-message';
import type { Ports } from '#engine/ports/ports';
import { type Table, workTables } from '#engine/ports/store';
import type { WakeUp } from '#engine/ports/world';
import { receivePartnerMessage } from '#engine/receive-partner-message';
import { createSealer } from '#seal/create-sealer';
import { connectSite } from './connect-site';
import { memorySecrets } from './memory-secrets';
import { type MemoryStore, memoryStore } from './memory-store';

export interface TestSite {
  name: string;
  url: string;
  ports: Ports;
  store: MemoryStore;
  secrets: ReturnType<typeof memorySecrets>;
  /** Wake-ups that nobody has worked on yet. */
  woken: WakeUp[];
}

export interface TestWorld {
  site(name: string): TestSite;
  /** Milliseconds since the epoch; stories move it. */
  now: number;
  /** Names of sites that cannot be reached. */
  down: Set<string>;
  /** Every body that travelled, in order. */
  wire: { to: string; body: string }[];
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** `directory`: the name of the site whose installation is the directory, if there is one. */
export function connectWorld(options: { directory?: string } = {}): TestWorld {
  const sites = new Map<string, TestSite>();
  const world: TestWorld = {
    now: Date.UTC(2026, 6, 1),
    down: new Set(),
    wire: [],
    site(name) {
      const known = sites.get(name);
      if (known !== undefined) return known;
      const made = makeSite(world, name, sites, options.directory);
      sites.set(name, made);
      return made;
    },
  };
  if (options.directory !== undefined) world.site(options.directory);
  return world;
}

const tables: Table[] = ['registry', 'connection', 'contract', 'stream', ...workTables, 'activity', 'claim'];

/** Every row that a site keeps, named by table and key. */
export function rowsOf(site: TestSite): { name: string; body: unknown }[] {
  return tables.flatMap((table) =>
    site.store.rows(table).map(({ key, body }) => ({ name: `${table}/${key}`, body })),
  );
}

/** The address of a site's partner or directory webtrigger. */
function addressOf(name: string, door: 'partner' | 'directory'): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return `https://${uuid}.webtrigger.atlassian.app/public/${door}`;
}

function makeSite(
  world: TestWorld,
  name: string,
  sites: Map<string, TestSite>,
  directory: string | undefined,
): TestSite {
  const secrets = memorySecrets();
  const woken: WakeUp[] = [];
  const clock = { now: () => world.now };
  const store = memoryStore(clock);
  const random = seededRandom(name);
  const ports: Ports = {
    store,
    secrets,
    site: connectSite(name, (sites.size + 1) * 1_000),
    queue: { wake: (message) => Promise.resolve(void woken.push(message)) },
    transport: { send: (endpoint, body) => carry(world, sites, endpoint, body) },
    endpoints: {
      partner: () => Promise.resolve(addressOf(name, 'partner')),
      directory: () => (directory === undefined ? undefined : addressOf(directory, 'directory')),
      home: () => `installation of ${name}`,
      isDirectory: () => Promise.resolve(name === directory),
    },
    sealer: createSealer({ secrets, clock }),
    clock,
    random,
    budget: { remainingMs: () => 25_000 },
  };
  return { name, url: `https://${name}.atlassian.net`, ports, store, secrets, woken };
}

async function carry(world: TestWorld, sites: Map<string, TestSite>, endpoint: string, body: string) {
  for (const site of sites.values()) {
    const door = endpoint === addressOf(site.name, 'partner') ? 'partner' : 'directory';
    if (endpoint !== addressOf(site.name, door)) continue;
    if (world.down.has(site.name)) break;
    world.wire.push({ to: site.name, body });
    const request = { headers: {}, body };
    const answer =
      door === 'partner'
        ? await receivePartnerMessage(site.ports, request)
        : await receiveDirectoryMessage(site.ports, request);
    world.wire.push({ to: 'sender', body: answer.body });
    return { kind: 'answered' as const, ...answer };
  }
  return { kind: 'unreachable' as const, reason: 'No connection.' };
}

/** Different for every site, the same in every run. */
function seededRandom(seed: string): Ports['random'] {
  let counter = 0;
  const bytes = (count: number): Uint8Array => {
    counter += 1;
    const hash = createHash('sha512').update(`${seed}:${counter}`).digest();
    return new Uint8Array(hash.subarray(0, count));
  };
  const id = (count: number): string =>
    Array.from(bytes(Math.ceil((count * 8) / 5)), (byte) => alphabet[byte % 32]).join('');
  return { bytes, id };
}
