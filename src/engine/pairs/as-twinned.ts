/** The pair of an issue that was just read here, after the partner spoke of its own one: both exist. */
import type { Pair } from '#core/model/pair';

/** What made the partner refuse the whole pair is over; what makes us refuse it is not. */
export function asTwinned(pair: Pair, { id, key }: { id: string; key: string }): Pair {
  const { heldWhole, ...rest } = pair;
  const waits = heldWhole?.side === 'here' ? { heldWhole } : {};
  return { ...rest, ...waits, state: 'twinned', local: { id, key } };
}
