/** Labels: a set of words. */
import { z } from 'zod';
import { defineKind } from '../kind';

const rawLabels = z.array(z.string());
/** Characters that Jira takes in one label. */
const longest = 255;

/** Sorted, without repeats: Jira keeps no order of its own. It refuses the whole field for one label that does not fit. */
export const labelsKind = defineKind({
  type: 'set',
  toContract(raw) {
    const labels = rawLabels.safeParse(raw ?? []);
    if (!labels.success) return { ok: false, unmapped: 'labels in an unknown form' };
    return { ok: true, value: { t: 'set', v: [...new Set(labels.data)].sort() } };
  },
  toLocal(labels) {
    const spaced = labels.find((label) => label === '' || /\s/.test(label));
    if (spaced !== undefined) return { ok: false, reason: `The label "${spaced}" has a space in it.` };
    const long = labels.find((label) => label.length > longest);
    if (long === undefined) return { ok: true, raw: labels };
    return {
      ok: false,
      reason: `The label "${long.slice(0, 40)}…" has more than ${longest} characters.`,
    };
  },
  fromText: (text) => text.split(/\s+/).filter((label) => label !== ''),
});
