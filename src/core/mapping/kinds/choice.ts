/** Priority, select and status: one of the values that the agreement names, by table. */
import { z } from 'zod';
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import { type ToContract, type ToLocal, wrongKind } from '../translation';

const rawChoice = z.looseObject({
  id: z.coerce.string(),
  name: z.string().optional(),
  value: z.string().optional(),
});

/** Several local options may stand for one value. An option without a counterpart is named, not guessed. */
export function choiceToContract(binding: FieldBinding, raw: unknown): ToContract {
  if (raw === null || raw === undefined) return { ok: true, value: { t: 'option', v: null } };
  const choice = rawChoice.safeParse(raw);
  if (!choice.success) return { ok: false, unmapped: 'a choice in an unknown form' };
  const { id, name, value } = choice.data;
  const found = binding.values?.find(({ locals }) => locals.includes(id));
  if (found === undefined) return { ok: false, unmapped: name ?? value ?? id };
  return { ok: true, value: { t: 'option', v: found.value } };
}

/** The first local option of the value is the one to write. */
export function choiceToLocal(field: ContractField, binding: FieldBinding, value: FieldValue): ToLocal {
  if (value.t !== 'option') return wrongKind;
  if (value.v === null) return { ok: true, raw: null };
  const local = binding.values?.find((one) => one.value === value.v)?.locals[0];
  if (local === undefined) return { ok: false, reason: missingCounterpart(field, value.v) };
  return { ok: true, raw: { id: local } };
}

/** "High" of the partner has no counterpart here: choose one. */
function missingCounterpart(field: ContractField, valueId: string): string {
  const label = field.values?.find((one) => one.id === valueId)?.label;
  return label === undefined
    ? `The partner sent a value of ${field.label} that the agreement does not name.`
    : `Nothing here stands for "${label}" of ${field.label}. Choose a counterpart in the mapping.`;
}
