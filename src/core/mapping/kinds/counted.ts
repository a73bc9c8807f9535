/** Watchers and votes: Jira keeps them for its own users, so the partner gets them as text and nothing comes back. */
import { z } from 'zod';
import { defineKind, type Kind } from '../kind';

const person = z.looseObject({ displayName: z.string().optional() });
const rawCount = z.looseObject({
  watchCount: z.number().optional(),
  votes: z.number().optional(),
  watchers: z.array(person).optional(),
  voters: z.array(person).optional(),
});
/** Names beyond these are counted. */
const mostNames = 50;

/** Names where the agreement lets names travel, else how many. */
export const countedKind: Kind = defineKind({
  type: 'text',
  writes: 'nothing',
  toContract(raw, { field }) {
    const count = rawCount.safeParse(raw ?? {});
    if (!count.success) return { ok: false, unmapped: 'a count in an unknown form' };
    const { watchCount, votes, watchers, voters } = count.data;
    const people = watchers ?? voters ?? [];
    const total = watchCount ?? votes ?? people.length;
    const names = people.flatMap(({ displayName }) => displayName ?? []).sort();
    if (field.byName === true && names.length === total && total <= mostNames) {
      return { ok: true, value: { t: 'text', v: names.join(', ') } };
    }
    return { ok: true, value: { t: 'text', v: total === 0 ? '' : String(total) } };
  },
  toLocal: (_text, { field }) => ({
    ok: false,
    reason: `Jira counts ${field.label} itself. Let a text field show what the partner has.`,
  }),
});
