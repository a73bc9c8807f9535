/** What travels when both sites changed the same slot: change times of single slots, conflicts, and answers to them. */
import { z } from 'zod';
import { saidSchema } from '../model/conflict';
import { slotIdSchema } from '../model/contract';

/** By slot, milliseconds since the epoch: when Jira says that just this was changed. Absent: the update's `at`. */
export const changeTimesSchema = z
  .record(slotIdSchema, z.number().int().nonnegative())
  .refine((times) => Object.keys(times).length <= 500, 'Too many slots.');

/** Slots of an update whose value is a person's answer to a conflict; the hash of the base leaves them out. */
export const resolvesSchema = z.array(slotIdSchema).min(1).max(500);

/**
 * What the sender's issue says of slots on which a person has to decide: as the conflict is noticed, and whenever the value
 * changes while it is open. `seen`: highest sequence of the receiver that the sender had applied to this pair.
 */
export const issueConflictSchema = z.object({
  op: z.literal('issue.conflict'),
  pair: z.string().regex(/^[a-z0-9-]{8,64}$/),
  seen: z.number().int().nonnegative(),
  slots: z
    .array(z.object({ slot: slotIdSchema, ...saidSchema.shape }))
    .min(1)
    .max(500),
});
