/** Merges what both sites say of many slots at once. */
import type { ContractField } from '#core/model/contract';
import type { Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { equalValues } from './equal-values';
import { type ChangeTimes, type Merged, mergeField } from './merge-field';

export interface SlotsMerge {
  base: SlotValues;
  primary: SlotValues;
  secondary: SlotValues;
  fields: readonly ContractField[];
  times: (slot: string) => ChangeTimes;
  /** Slots whose value is a person's answer to a conflict, by the side on which it was given. */
  resolved?: Readonly<Record<Role, readonly string[]>>;
}

export interface MergedSlots {
  /** Every slot that at least one side named, but those of `asked`. */
  values: SlotValues;
  overwritten: { slot: string; side: Role; value: FieldValue }[];
  /** A person has to decide. */
  asked: string[];
}

/** A slot that only one side names is taken as it is; slots outside `fields` are left out. */
export function mergeSlots(request: SlotsMerge): MergedSlots {
  const result: MergedSlots = { values: {}, overwritten: [], asked: [] };
  for (const field of request.fields) {
    const primary = request.primary[field.id];
    const secondary = request.secondary[field.id];
    if (primary === undefined || secondary === undefined) {
      const only = primary ?? secondary;
      if (only !== undefined) result.values[field.id] = only;
      continue;
    }
    const merged = mergeBoth(request, field, primary, secondary);
    if (merged.asks === true) {
      result.asked.push(field.id);
      continue;
    }
    result.values[field.id] = merged.value;
    if (merged.overwritten !== undefined) result.overwritten.push({ slot: field.id, ...merged.overwritten });
  }
  return result;
}

/**
 * Answers given on both sides at once: the primary's holds. An answer against an edit that its giver had not seen: asked
 * again. Neither looks at the base, which the sites of an open conflict need not share.
 */
function mergeBoth(
  { base, times, resolved }: SlotsMerge,
  field: ContractField,
  primary: FieldValue,
  secondary: FieldValue,
): Merged {
  const byPrimary = resolved?.primary.includes(field.id) === true;
  const bySecondary = resolved?.secondary.includes(field.id) === true;
  if (!byPrimary && !bySecondary) {
    const sides = { base: base[field.id], primary, secondary };
    return mergeField({ ...sides, policy: field.policy, times: times(field.id) });
  }
  if (equalValues(primary, secondary)) return { value: primary, winner: 'same' };
  if (byPrimary && bySecondary) {
    return { value: primary, winner: 'primary', overwritten: { side: 'secondary', value: secondary } };
  }
  return { value: primary, winner: 'merged', asks: true };
}
