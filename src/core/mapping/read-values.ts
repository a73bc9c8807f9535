/** Says a whole issue in the words of the agreement. */
import type { MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { SlotValues } from '#core/model/value';
import { toContract } from './translate';

export interface ReadValues {
  values: SlotValues;
  /** Slots whose value has no counterpart; they are absent from `values`, so nothing is claimed about them. */
  unmapped: { slot: string; name: string }[];
}

/** `raw`: by local field id, as Jira REST gives it, `status` among them. Slots without a binding are left out. */
export function readValues(
  fields: readonly ContractField[],
  binding: MappingBinding,
  raw: Readonly<Record<string, unknown>>,
): ReadValues {
  const result: ReadValues = { values: {}, unmapped: [] };
  const bindings = new Map(binding.fields.map((field) => [field.slot, field]));
  for (const field of fields) {
    const bound = bindings.get(field.id);
    if (bound === undefined) continue;
    const translated = toContract(field, bound, raw[bound.fieldId]);
    if (translated.ok) result.values[field.id] = translated.value;
    else result.unmapped.push({ slot: field.id, name: translated.unmapped });
  }
  return result;
}

/** Slots which have a binding here. */
export function boundSlots(binding: MappingBinding): Set<string> {
  return new Set(binding.fields.map((field) => field.slot));
}

/** Local field ids to read from Jira for this binding. */
export function localFieldIds(binding: MappingBinding): string[] {
  return [...new Set(binding.fields.map((field) => field.fieldId))].sort();
}
