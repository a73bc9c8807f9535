/** Ending: where a pair stands whose one issue was deleted, moved out of reach or archived. */
import { z } from 'zod';
import { endReasonSchema } from './lifecycle-terms';

const time = z.number().int().nonnegative();

/** What an admin can decide where nobody else may. `deleted`: the issue that cannot be read any more was deleted. */
export const endAnswerSchema = z.enum(['delete', 'withSubtasks', 'keep', 'deleted']);
export type EndAnswer = z.infer<typeof endAnswerSchema>;

/**
 * `by`: on whose side it happened. `afterSeq`: with `partner`; only when all of ours up to there is answered is it known
 * what the partner had not seen. `begun`: the request to delete our issue may have left. `wait`: a person has to decide.
 */
export const endingSchema = z.object({
  why: endReasonSchema,
  by: z.enum(['here', 'partner']),
  at: time,
  afterSeq: z.number().int().nonnegative().optional(),
  begun: z.literal(true).optional(),
  wait: z
    .object({ at: time, reason: z.string().max(2_000), answers: z.array(endAnswerSchema).max(3) })
    .optional(),
});
export type Ending = z.infer<typeof endingSchema>;

/** A pair that is over, kept for good: its issues are never paired or made again. */
export const endedSchema = z.object({ why: endReasonSchema, by: z.enum(['here', 'partner']), at: time });
export type Ended = z.infer<typeof endedSchema>;
