/** A small world for tests of the platform services: a clock that moves when told, recorded invocations, memory for state. */
import type {
  Activity,
  Clock,
  EventFate,
  FaultPlan,
  Installation,
  Invocation,
  InvocationResult,
  JiraSite,
  Persistence,
  Random,
  Stats,
  WebtriggerFate,
} from '../emulator/seam';
import type { ServiceWorld } from '../emulator/services/contracts';

/** Time that only moves by `advance`, which runs everything due on the way in order. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function createTestClock(start = Date.UTC(2026, 0, 5, 9)): TestClock {
  let time = start;
  let serial = 0;
  const timers = new Map<number, { at: number; task: () => void }>();

  function nextBefore(limit: number): [number, { at: number; task: () => void }] | undefined {
    return [...timers]
      .filter(([, timer]) => timer.at <= limit)
      .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  }

  return {
    now: () => time,
    after(ms, task) {
      serial += 1;
      const id = serial;
      timers.set(id, { at: time + Math.max(0, ms), task });
      return () => timers.delete(id);
    },
    async advance(ms) {
      const until = time + ms;
      for (;;) {
        await settlePromises();
        const next = nextBefore(until);
        if (next === undefined) break;
        timers.delete(next[0]);
        time = Math.max(time, next[1].at);
        next[1].task();
      }
      time = until;
    },
  };
}

/** Lets everything that only waits for promises go on. */
async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The same numbers for the same seed (mulberry32). */
export function createTestRandom(seed = 1): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface TestStats extends Stats {
  /** Value of a counter, or of one label of a group. */
  of(site: string, counter: string, label?: string): number;
}

export function createTestStats(): TestStats {
  const counts = new Map<string, number>();
  const bump = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  return {
    add: (site, counter, by = 1) => bump(`${site} ${counter}`, by),
    addTo: (site, group, label, by = 1) => bump(`${site} ${group} ${label}`, by),
    of: (site, counter, label) =>
      counts.get(label === undefined ? `${site} ${counter}` : `${site} ${counter} ${label}`) ?? 0,
  };
}

/** State kept as JSON text, so that what is not serialisable shows. */
export function createTestPersistence(): Persistence {
  const saved = new Map<string, () => unknown>();
  return {
    load(name) {
      const snapshot = saved.get(name)?.();
      return snapshot === undefined ? undefined : JSON.parse(JSON.stringify(snapshot));
    },
    save: (name, snapshot) => {
      saved.set(name, snapshot);
    },
  };
}

export function createTestInstallation(key: string, id = `${key}-installation`): Installation {
  const site = {
    key,
    name: key,
    kind: 'cloud',
    cloudId: `${key}-cloud`,
    publicUrl: `https://${key}.atlassian.net`,
  } as JiraSite;
  return { id, site, contextAri: `ari:cloud:jira::site/${key}-cloud`, appAccountId: `${key}-app-user` };
}

export interface TestWorld extends ServiceWorld {
  clock: TestClock;
  stats: TestStats;
  /** Every invocation made, in order. */
  invocations: Invocation[];
  /** What the next invocations answer; by default success with undefined. */
  answer: (invocation: Invocation) => InvocationResult | Promise<InvocationResult>;
  eventFate: (eventType: string) => EventFate;
  webtriggerFate: WebtriggerFate;
  queueFate: { copies: number; delayMs: number };
  /** Number of things under way. */
  underWay: () => number;
  acme: Installation;
  globex: Installation;
}

export const succeeded = (value?: unknown): InvocationResult => ({ ok: true, value, durationMs: 1 });
export const failed = (
  reason: 'threw' | 'timeout' | 'crash' | 'memory',
  message = reason,
): InvocationResult => ({ ok: false, reason, message, durationMs: 1 });

export function createTestWorld(seed = 1, persistence = createTestPersistence()): TestWorld {
  let underWay = 0;
  const acme = createTestInstallation('acme');
  const globex = createTestInstallation('globex');
  const activity: Activity = {
    begin() {
      underWay += 1;
      return () => {
        underWay -= 1;
      };
    },
  };
  const faults: FaultPlan = {
    eventFate: (_site, eventType) => world.eventFate(eventType),
    webtriggerFate: () => world.webtriggerFate,
    queueFate: () => world.queueFate,
  };
  const world: TestWorld = {
    clock: createTestClock(),
    stats: createTestStats(),
    random: createTestRandom(seed),
    persistence,
    activity,
    faults,
    timeline: { record: () => undefined },
    invoker: {
      async invoke(invocation) {
        world.invocations.push(structuredClone({ ...invocation, installation: undefined }) as never);
        const recorded = world.invocations.at(-1) as Invocation;
        recorded.installation = invocation.installation;
        return world.answer(invocation);
      },
    },
    installations: () => [acme, globex],
    invocations: [],
    answer: () => succeeded(),
    eventFate: () => ({ copies: 1, delaysMs: [0] }),
    webtriggerFate: { delayMs: 0 },
    queueFate: { copies: 1, delayMs: 0 },
    underWay: () => underWay,
    acme,
    globex,
  };
  return world;
}
