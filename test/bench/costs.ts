/** What a piece of work cost, read from the emulator's counters: counts, never time. */
import type { Json, RunningApp } from '../e2e/support/running-app';

/** Of one site, or of both together. */
export interface Costs {
  /** Requests of the app to Jira, and the points that Jira charges for them. */
  calls: number;
  points: number;
  /** Reads of rows, their bytes, and bytes written. */
  kvsReads: number;
  kvsReadBytes: number;
  kvsWriteBytes: number;
  invocations: number;
}

const none: Costs = { calls: 0, points: 0, kvsReads: 0, kvsReadBytes: 0, kvsWriteBytes: 0, invocations: 0 };

export interface Measured {
  acme: Costs;
  globex: Costs;
  both: Costs;
  /** Requests by route, of both sites. */
  routes: Record<string, number>;
  /** Bytes written by site and table of rows. */
  written: Record<string, number>;
}

/** Longest pause of the app that still belongs to a piece of work, milliseconds. */
const horizonMs = 45_000;

/**
 * Runs `act`, lets everything follow from it, and says what the app spent on that. Throws where a function failed: what is tried again
 * costs more, and what is not tried again costs nothing.
 */
export async function measure(app: RunningApp, act: () => Promise<unknown>): Promise<Measured> {
  await app.control('POST', 'stats/reset');
  await act();
  await app.settle(horizonMs);
  const stats = await app.control('GET', 'stats');
  const failed = Object.entries(stats['sites'] ?? {}).flatMap(([site, { failedInvocations, kvsRefusals }]) =>
    failedInvocations === undefined ? [] : [{ site, failedInvocations, kvsRefusals }],
  );
  if (failed.length > 0)
    throw new Error(`Functions failed while they were measured: ${JSON.stringify(failed)}`);
  return readCosts(app);
}

export async function readCosts(app: RunningApp): Promise<Measured> {
  const stats = await app.control('GET', 'stats');
  const [acme, globex] = (['acme', 'globex'] as const).map((site) => costsOf(stats['sites']?.[site]));
  if (acme === undefined || globex === undefined) throw new Error('The emulator counted nothing.');
  const routes: Record<string, number> = {};
  const written: Record<string, number> = {};
  for (const site of ['acme', 'globex']) {
    for (const [route, count] of Object.entries(stats['sites']?.[site]?.['restCalls'] ?? {})) {
      routes[route] = (routes[route] ?? 0) + Number(count);
    }
    for (const [table, bytes] of Object.entries(stats['sites']?.[site]?.['kvsWrittenTo'] ?? {})) {
      written[`${site} ${table}`] = Number(bytes);
    }
  }
  return { acme, globex, both: plus(acme, globex), routes, written };
}

export function plus(a: Costs, b: Costs): Costs {
  return combine(a, b, (x, y) => x + y);
}

/** The same for one of `count` changes that were made together. */
export function each({ both, ...rest }: Measured, count: number): Measured {
  return { ...rest, both: combine(both, none, (x) => x / count) };
}

function combine(a: Costs, b: Costs, how: (a: number, b: number) => number): Costs {
  const names = Object.keys(none) as (keyof Costs)[];
  return Object.fromEntries(names.map((name) => [name, how(a[name], b[name])])) as unknown as Costs;
}

function costsOf(site: Json | undefined): Costs {
  return {
    calls: sum(site?.['restCalls']),
    points: Number(site?.['points'] ?? 0),
    kvsReads: Number(site?.['kvsReads'] ?? 0),
    kvsReadBytes: Number(site?.['kvsReadBytes'] ?? 0),
    kvsWriteBytes: Number(site?.['kvsWriteBytes'] ?? 0),
    invocations: sum(site?.['invocations']),
  };
}

function sum(group: Json | undefined): number {
  return Object.values(group ?? {}).reduce((total, count) => total + Number(count), 0);
}
