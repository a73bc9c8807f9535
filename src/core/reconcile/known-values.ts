/** What our issue of a pair may hold by the agreement: texts, defaults and names that stand for one of these are no edits. */
import type { Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';

/** The likeliest first: what waits or was agreed, what was last applied, what is on its way. */
export function knownValues(pair: Pair, ...more: SlotValues[]): SlotValues[] {
  const waiting: Record<string, FieldValue> = {};
  for (const [slot, held] of Object.entries(pair.held)) waiting[slot] = held.value;
  return [pair.base, waiting, ...(pair.open === undefined ? [] : [pair.open.values]), ...more];
}
