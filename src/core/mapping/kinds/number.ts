/** Number fields. */
import { defineKind } from '../kind';

/** Jira takes numbers up to this size. */
const largest = 1e14;

export const numberKind = defineKind({
  type: 'number',
  toContract(raw) {
    if (raw === null || raw === undefined) return { ok: true, value: { t: 'number', v: null } };
    if (typeof raw !== 'number' || !Number.isFinite(raw)) return { ok: false, unmapped: String(raw) };
    return { ok: true, value: { t: 'number', v: raw } };
  },
  toLocal(number, { field }) {
    if (number === null || Math.abs(number) <= largest) return { ok: true, raw: number };
    return { ok: false, reason: `${field.label} takes numbers up to ${largest.toLocaleString('en')}.` };
  },
  fromText(text) {
    const number = Number(text);
    return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
  },
});
