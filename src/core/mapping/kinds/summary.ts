/** Summary: one line of text. */
import type { FieldValue } from '#core/model/value';
import { type ToContract, type ToLocal, wrongKind } from '../translation';

/** An absent summary is the empty text. */
export function summaryToContract(raw: unknown): ToContract {
  return { ok: true, value: { t: 'text', v: typeof raw === 'string' ? raw : '' } };
}

/** Jira refuses line breaks and emptiness; said here, so that the reason names the field. */
export function summaryToLocal(value: FieldValue): ToLocal {
  if (value.t !== 'text') return wrongKind;
  if (value.v.trim() === '') return { ok: false, reason: 'A summary cannot be empty.' };
  if (/[\r\n]/.test(value.v)) return { ok: false, reason: 'A summary cannot have line breaks.' };
  return { ok: true, raw: value.v };
}
