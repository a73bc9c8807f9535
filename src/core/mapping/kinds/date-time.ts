/** Points in time: date-time pickers. Jira shows them in the reader's zone; what travels is the instant. */
import { defineKind } from '../kind';

export const dateTimeKind = defineKind({
  type: 'moment',
  toContract(raw) {
    if (raw === null || raw === undefined || raw === '') return { ok: true, value: { t: 'moment', v: null } };
    const at = instantOf(raw);
    return at === undefined
      ? { ok: false, unmapped: String(raw) }
      : { ok: true, value: { t: 'moment', v: at } };
  },
  toLocal: (moment) => ({ ok: true, raw: moment === null ? null : jiraForm(moment) }),
  fromText(text) {
    const at = instantOf(text);
    return at === undefined ? undefined : jiraForm(at);
  },
});

/** `2019-08-29T12:40:00.000-0700`: Jira writes the zone without a colon. */
function instantOf(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(raw)) return undefined;
  // biome-ignore lint/style/noRestrictedGlobals: a parser of texts, not a clock
  const at = Date.parse(raw.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  // biome-ignore lint/style/noRestrictedGlobals: a writer of texts, not a clock
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function jiraForm(moment: string): string {
  return moment.replace(/Z$/, '+0000');
}
