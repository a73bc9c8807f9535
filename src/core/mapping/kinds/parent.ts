/** Parent: the issue above, an epic or the issue of a sub-task, by the id of its pair. */
import { z } from 'zod';
import { defineKind, knownOf } from '../kind';

const rawParent = z.looseObject({ id: z.coerce.string(), key: z.string().optional() });

export const parentKind = defineKind({
  type: 'issue',
  toContract(raw, spot) {
    if (raw === null || raw === undefined) return { ok: true, value: { t: 'issue', v: null } };
    const parent = rawParent.safeParse(raw);
    if (!parent.success) return { ok: false, unmapped: 'a parent in an unknown form' };
    const { id, key } = parent.data;
    const known = knownOf(spot, 'issue').find((pair) => pair !== null && spot.here.issueOf(pair)?.id === id);
    const pair = known ?? spot.here.pairOf(id);
    return pair === undefined
      ? { ok: false, unmapped: `${key ?? 'the parent'} (it has no twin)` }
      : { ok: true, value: { t: 'issue', v: pair } };
  },
  toLocal(pair, { field, here }) {
    if (pair === null) return { ok: true, raw: null };
    const issue = here.issueOf(pair);
    if (issue === undefined) return { ok: false, reason: `${field.label}: its twin is not here yet.` };
    return { ok: true, raw: { id: issue.id } };
  },
});
