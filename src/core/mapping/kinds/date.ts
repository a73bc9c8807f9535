/** Dates without a time: the due date and date pickers. */
import { z } from 'zod';
import type { FieldValue } from '#core/model/value';
import { type ToContract, type ToLocal, wrongKind } from '../translation';

const rawDate = z.iso.date().nullish();

/** `YYYY-MM-DD`, as Jira has it; an empty text is an empty field. */
export function dateToContract(raw: unknown): ToContract {
  const date = rawDate.safeParse(raw === '' ? null : raw);
  if (!date.success) return { ok: false, unmapped: String(raw) };
  return { ok: true, value: { t: 'date', v: date.data ?? null } };
}

/** `null` empties the field. */
export function dateToLocal(value: FieldValue): ToLocal {
  return value.t === 'date' ? { ok: true, raw: value.v } : wrongKind;
}
