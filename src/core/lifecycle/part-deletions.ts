/** Tells far more deleted comments, files and logged work than usual from a few. Times are milliseconds since the epoch. */
import { z } from 'zod';

const hourMs = 3_600_000;
/** So many in an hour are ordinary, whatever the number of pairs; and this share of the pairs is. */
const leastOrdinary = 50;
const ordinaryShare = 0.05;

const count = z.number().int().nonnegative();

/** Passed on (`out`) and carried out (`in`) within the hour that began at `since`. */
export const removalsSchema = z.object({ since: count, out: count, in: count });
export type Removals = z.infer<typeof removalsSchema>;

export type RemovalFlow = 'out' | 'in';

/** Most of an hour that need no question. */
export function mostRemovals(pairs: number): number {
  return Math.max(leastOrdinary, Math.ceil(pairs * ordinaryShare));
}

/** `answeredAt`: an admin's answer; what was counted before counts no more. */
export interface RemovalTime {
  now: number;
  answeredAt?: number | undefined;
}

/** With one more. A new hour begins with the first after the old one. */
export function noteRemoval(removals: Removals | undefined, flow: RemovalFlow, time: RemovalTime): Removals {
  const current = present(removals, time);
  return { ...current, [flow]: current[flow] + 1 };
}

/** True when `more` would be more than an hour may have. */
export function isOverRemovals(
  removals: Removals | undefined,
  { flow, more, pairs }: { flow: RemovalFlow; more: number; pairs: number },
  time: RemovalTime,
): boolean {
  return present(removals, time)[flow] + more > mostRemovals(pairs);
}

function present(removals: Removals | undefined, { now, answeredAt = -1 }: RemovalTime): Removals {
  const isFresh = removals !== undefined && removals.since + hourMs > now && removals.since > answeredAt;
  return isFresh ? removals : { since: now, out: 0, in: 0 };
}
