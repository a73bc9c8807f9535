/** Says a whole issue in the words of the agreement. */
import type { MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldValue, SlotValues } from '#core/model/value';
import type { Here } from './here';
import { toContract } from './translate';

export interface ReadValues {
  values: SlotValues;
  /** What has no counterpart, by slot. Where the whole field has none, its slot is absent from `values`: nothing is claimed. */
  unmapped: { slot: string; name: string }[];
}

/** What was found out before: `known` are values by slot that the issue may hold by the agreement, the likeliest first. */
export interface ReadAround {
  here?: Here;
  known?: readonly SlotValues[];
}

/** `raw`: by local field id, as Jira REST gives it, `status` among them. Slots without a binding are left out. */
export function readValues(
  fields: readonly ContractField[],
  binding: MappingBinding,
  raw: Readonly<Record<string, unknown>>,
  around: ReadAround = {},
): ReadValues {
  const result: ReadValues = { values: {}, unmapped: [] };
  const bindings = new Map(binding.fields.map((field) => [field.slot, field]));
  for (const field of fields) {
    const bound = bindings.get(field.id);
    if (bound === undefined) continue;
    const known = knownIn(around.known, field.id);
    const translated = toContract(field, bound, raw[bound.fieldId], { ...around, known });
    if (translated.ok) result.values[field.id] = translated.value;
    if (translated.unmapped !== undefined) {
      result.unmapped.push({ slot: field.id, name: translated.unmapped });
    }
  }
  return result;
}

/** All that is known of one slot, in order. */
export function knownIn(known: readonly SlotValues[] = [], slot: string): FieldValue[] {
  return known.flatMap((values) => values[slot] ?? []);
}

/** Slots which have a binding here. */
export function boundSlots(binding: MappingBinding): Set<string> {
  return new Set(binding.fields.map((field) => field.slot));
}

/** Local field ids to read from Jira for this binding. */
export function localFieldIds(binding: MappingBinding): string[] {
  const filled = (binding.fills ?? []).filter(({ when }) => when === 'always');
  return [...new Set([...binding.fields, ...filled].map(({ fieldId }) => fieldId))].sort();
}
