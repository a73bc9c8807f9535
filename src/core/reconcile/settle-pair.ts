/** Moves an offer into the base once the partner is known to have applied it. */
import type { Held, Pair } from '#core/model/pair';

/**
 * `done`: highest of our sequences up to which the partner applied everything. The caller may use an acknowledgement
 * only after it applied all that the partner had sent before making it, so that reports of held slots come first.
 */
export function settlePair(pair: Pair, done: number): Pair {
  if (pair.open === undefined || pair.open.seq > done) return pair;
  const { open, ...rest } = pair;
  return {
    ...rest,
    base: { ...pair.base, ...open.values },
    // An accepted offer replaces whatever waited in the same slot, on either side.
    held: withoutSlots(pair.held, Object.keys(open.values)),
  };
}

/** The waiting values without those of `slots`. */
export function withoutSlots(held: Record<string, Held>, slots: readonly string[]): Record<string, Held> {
  const gone = new Set(slots);
  return Object.fromEntries(Object.entries(held).filter(([slot]) => !gone.has(slot)));
}
