/** Summary: one line of text that is never empty. */
import { defineKind } from '../kind';
import { lineProblem, longestLine } from './text';

/** Jira refuses line breaks, emptiness and more than 255 characters; said here, so that the reason names the field. */
export const summaryKind = defineKind({
  type: 'text',
  toContract: (raw) => ({ ok: true, value: { t: 'text', v: typeof raw === 'string' ? raw : '' } }),
  toLocal(text) {
    if (text.trim() === '') return { ok: false, reason: 'A summary cannot be empty.' };
    const reason = lineProblem('A summary', text);
    return reason === undefined ? { ok: true, raw: text } : { ok: false, reason };
  },
  fromText: (text) => text.slice(0, longestLine),
});
