/** Merges what both sites say of many slots at once. */
import type { ContractField } from '#core/model/contract';
import type { Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { type ChangeTimes, mergeField } from './merge-field';

export interface SlotsMerge {
  base: SlotValues;
  primary: SlotValues;
  secondary: SlotValues;
  fields: readonly ContractField[];
  times: ChangeTimes;
}

export interface MergedSlots {
  /** Every slot that at least one side named. */
  values: SlotValues;
  overwritten: { slot: string; side: Role; value: FieldValue }[];
}

/** A slot that only one side names is taken as it is; slots outside `fields` are left out. */
export function mergeSlots(request: SlotsMerge): MergedSlots {
  const values: SlotValues = {};
  const overwritten: MergedSlots['overwritten'] = [];
  for (const field of request.fields) {
    const primary = request.primary[field.id];
    const secondary = request.secondary[field.id];
    if (primary === undefined || secondary === undefined) {
      const only = primary ?? secondary;
      if (only !== undefined) values[field.id] = only;
      continue;
    }
    const base = request.base[field.id];
    const merged = mergeField({ base, primary, secondary, policy: field.policy, times: request.times });
    values[field.id] = merged.value;
    if (merged.overwritten !== undefined) overwritten.push({ slot: field.id, ...merged.overwritten });
  }
  return { values, overwritten };
}
