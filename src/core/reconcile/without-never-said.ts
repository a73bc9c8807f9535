/** Leaves out empty slots of which neither site ever said anything: they are nobody's word, and would empty the partner's. */
import { emptyLike, equalValues } from '#core/merge/equal-values';
import type { SlotValues } from '#core/model/value';

/** `said`, by slot: what both sites agreed on, what the partner says, or what stood there before. */
export function withoutNeverSaid(
  values: SlotValues,
  ...said: readonly Readonly<Record<string, unknown>>[]
): SlotValues {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([slot, value]) => said.some((one) => one[slot] !== undefined) || !equalValues(value, emptyLike(value)),
    ),
  );
}
