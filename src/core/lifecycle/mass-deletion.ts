/** Tells a mass deletion from a few ordinary ones. Times are milliseconds since the epoch. */
import { z } from 'zod';

const hourMs = 3_600_000;
/** Ends are counted in spans of this length, so that a busy hour is a short row. */
const spanMs = 300_000;
/**
 * An end is acted on when no other was noted for this long: whoever deletes many issues is noticed before the first of
 * them is passed on. Whatever comes after, none waits longer than `longestMs`.
 */
const quietMs = 20_000;
const longestMs = 300_000;
/** So many in an hour are ordinary, whatever the number of pairs; and this share of the pairs is. */
const leastOrdinary = 10;
const ordinaryShare = 0.05;

/** Ends which were acted on, by span. */
export const endsWindowSchema = z.object({
  spans: z
    .array(z.object({ at: z.number().int().nonnegative(), count: z.number().int().nonnegative() }))
    .max(20),
});
export type EndsWindow = z.infer<typeof endsWindowSchema>;

export const noEnds: EndsWindow = { spans: [] };

/** Most ends within an hour that need no question. */
export function mostOrdinary(pairs: number): number {
  return Math.max(leastOrdinary, Math.ceil(pairs * ordinaryShare));
}

/** Counts ends that are acted on now; what is older than an hour is forgotten. */
export function noteEnds({ spans }: EndsWindow, count: number, now: number): EndsWindow {
  const at = now - (now % spanMs);
  const fresh = recent(spans, now);
  const same = fresh.find((span) => span.at === at)?.count ?? 0;
  return { spans: [...fresh.filter((span) => span.at !== at), { at, count: same + count }] };
}

export interface EndsQuestion {
  /** When each of those that wait was noted. */
  noted: readonly number[];
  window: EndsWindow;
  pairs: number;
  now: number;
}

export type EndsDecision = { kind: 'go' } | { kind: 'wait'; afterMs: number } | { kind: 'brake' };

export function decideEnds({ noted, window, pairs, now }: EndsQuestion): EndsDecision {
  const before = recent(window.spans, now).reduce((sum, { count }) => sum + count, 0);
  if (before + noted.length > mostOrdinary(pairs)) return { kind: 'brake' };
  const due = Math.min(Math.max(...noted) + quietMs, Math.min(...noted) + longestMs);
  return noted.length === 0 || due <= now ? { kind: 'go' } : { kind: 'wait', afterMs: due - now };
}

function recent(spans: EndsWindow['spans'], now: number): EndsWindow['spans'] {
  return spans.filter(({ at }) => at + hourMs > now);
}
