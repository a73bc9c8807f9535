/** Turns agreed values into what to write into one issue here. */
import type { MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { SlotValues } from '#core/model/value';
import { toLocal } from './translate';

export interface WritePlan {
  /** For the edit or create request, by local field id. */
  fields: Record<string, unknown>;
  /** Which slot each local field stands for, to read Jira's refusals. */
  slots: Record<string, string>;
  /** To be reached by transitions. `targets`: all statuses that stand for it, the preferred one first. */
  status?: { slot: string; targets: string[] };
  /** Slots that cannot be written here, with the reason. */
  refused: Record<string, string>;
}

/** `current`: the fields as they stand, by local field id; empty for a new issue. Unbound slots are left out. */
export function planWrite(
  fields: readonly ContractField[],
  binding: MappingBinding,
  values: SlotValues,
  current: Readonly<Record<string, unknown>>,
): WritePlan {
  const plan: WritePlan = { fields: {}, slots: {}, refused: {} };
  const bindings = new Map(binding.fields.map((field) => [field.slot, field]));
  for (const field of fields) {
    const value = values[field.id];
    const bound = bindings.get(field.id);
    if (value === undefined || bound === undefined) continue;
    const translated = toLocal(field, bound, value, current[bound.fieldId]);
    if (!translated.ok) {
      plan.refused[field.id] = translated.reason;
    } else if (field.kind === 'status') {
      const locals = bound.values?.find((one) => value.t === 'option' && one.value === value.v)?.locals;
      if (locals === undefined) plan.refused[field.id] = 'An issue cannot be without a status.';
      else plan.status = { slot: field.id, targets: locals };
    } else {
      plan.fields[bound.fieldId] = translated.raw;
      plan.slots[bound.fieldId] = field.id;
    }
  }
  return plan;
}
