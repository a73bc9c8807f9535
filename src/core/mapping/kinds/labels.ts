/** Labels: a set of words. */
import { z } from 'zod';
import type { FieldValue } from '#core/model/value';
import { type ToContract, type ToLocal, wrongKind } from '../translation';

const rawLabels = z.array(z.string());

/** Sorted, without repeats: Jira keeps no order of its own. */
export function labelsToContract(raw: unknown): ToContract {
  const labels = rawLabels.safeParse(raw ?? []);
  if (!labels.success) return { ok: false, unmapped: 'labels in an unknown form' };
  return { ok: true, value: { t: 'set', v: [...new Set(labels.data)].sort() } };
}

/** Jira refuses the whole field for one label with a blank in it; said here, with the label. */
export function labelsToLocal(value: FieldValue): ToLocal {
  if (value.t !== 'set') return wrongKind;
  const wrong = value.v.find((label) => label === '' || /\s/.test(label));
  if (wrong !== undefined) return { ok: false, reason: `The label "${wrong}" has a space in it.` };
  return { ok: true, raw: value.v };
}
