/** Text fields of one line. */
import { defineKind } from '../kind';

/** Characters that Jira takes in a summary or a text field of one line. */
export const longestLine = 255;

/** An empty text empties the field. */
export const textKind = defineKind({
  type: 'text',
  toContract(raw) {
    if (raw !== null && raw !== undefined && typeof raw !== 'string') {
      return { ok: false, unmapped: 'a text in an unknown form' };
    }
    return { ok: true, value: { t: 'text', v: raw ?? '' } };
  },
  toLocal(text, { field }) {
    const reason = lineProblem(field.label, text);
    return reason === undefined ? { ok: true, raw: text === '' ? null : text } : { ok: false, reason };
  },
  fromText: (text) => text.slice(0, longestLine),
});

/** Why Jira would refuse the text; undefined where it would not. */
export function lineProblem(what: string, text: string): string | undefined {
  if (/[\r\n]/.test(text)) return `${what} cannot have line breaks.`;
  if (text.length > longestLine) {
    return `${what} takes at most ${longestLine} characters; the partner's text has ${text.length}.`;
  }
  return undefined;
}
