/** Dates without a time: the due date and date pickers. */
import { z } from 'zod';
import { defineKind } from '../kind';

const rawDate = z.iso.date().nullish();

/** `YYYY-MM-DD`, as Jira has it; an empty text is an empty field. */
export const dateKind = defineKind({
  type: 'date',
  toContract(raw) {
    const date = rawDate.safeParse(raw === '' ? null : raw);
    if (!date.success) return { ok: false, unmapped: String(raw) };
    return { ok: true, value: { t: 'date', v: date.data ?? null } };
  },
  toLocal: (date) => ({ ok: true, raw: date }),
  fromText: (text) => (rawDate.safeParse(text).success ? text : undefined),
});
