/** What the next change of a pair starts from, the same on both sites. */
import { hashValues } from '#core/merge/hash-values';
import type { Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';

/**
 * The value that both sites know of as the last one said: the waiting value where one is held (both sides remember it,
 * one of them could not write it), else the base. `undefined` when never agreed.
 */
export function agreedValue(pair: Pair, slot: string): FieldValue | undefined {
  return pair.held[slot]?.value ?? pair.base[slot];
}

/** Hash of the agreed values of these slots: sent as `base` with an update, checked by who receives it. */
export function agreedHash(pair: Pair, slots: readonly string[]): string {
  const values: SlotValues = {};
  for (const slot of slots) {
    // Who has not heard of a conflict yet starts from what was said before it.
    const value = pair.conflicts?.[slot]?.agreed ?? agreedValue(pair, slot);
    if (value !== undefined) values[slot] = value;
  }
  return hashValues(values);
}
