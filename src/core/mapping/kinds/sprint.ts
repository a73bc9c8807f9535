/** Sprint: the one that the issue is in or planned for. Sprints that are over stay with the issue and do not travel. */
import { z } from 'zod';
import * as shapes from '../choice-shapes';
import { writtenAs } from '../choices';
import { defineKind } from '../kind';
import { readChoice } from './choice';

const rawSprints = z.array(z.looseObject({ state: z.string().optional() }));

/** By the table of sprints, else by name where both sites call their sprints the same (`binding.values` has the ids). */
export const sprintKind = defineKind({
  type: 'option',
  hasChoices: true,
  toContract(raw, spot) {
    const sprints = rawSprints.safeParse(raw ?? []);
    if (!sprints.success) return { ok: false, unmapped: 'a sprint in an unknown form' };
    const open = sprints.data.filter(({ state }) => state !== 'closed').at(-1);
    return readChoice(open, spot, shapes.sprint);
  },
  toLocal(key, spot) {
    if (key === null) return { ok: true, raw: null };
    const written = writtenAs(key, spot, shapes.sprint);
    return written.ok ? { ok: true, raw: written.raw } : written;
  },
  fromText: (id) => (/^\d+$/.test(id) ? Number(id) : undefined),
});
