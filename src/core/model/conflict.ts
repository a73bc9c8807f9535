/** Conflict: both sites changed one slot apart and the agreement leaves the decision to a person. */
import { z } from 'zod';
import { fieldValueSchema } from './value';

/** Milliseconds since the epoch. */
const time = z.number().int().nonnegative();

/** What one site says of a slot; `who`: the name of the person who changed it, where Jira tells. */
export const saidSchema = z.object({
  value: fieldValueSchema,
  at: time,
  who: z.string().max(255).optional(),
});
export type Said = z.infer<typeof saidSchema>;

/**
 * `mine` and `theirs`: as last told to the partner and by the partner. While it is open the slot neither flows nor is written;
 * it ends when somebody decides, or by itself when both say the same.
 */
export const conflictSchema = z.object({
  base: fieldValueSchema.optional(),
  /** What both sites know as said last, where that is another one: a value that waited here. */
  agreed: fieldValueSchema.optional(),
  mine: saidSchema,
  theirs: saidSchema,
  /** Our sequence that told of `mine`, and what the partner knew of us before it. Absent where `mine` never changed. */
  told: z.object({ seq: z.number().int().positive(), before: fieldValueSchema }).optional(),
  /** When it was noticed here. */
  since: time,
});
export type Conflict = z.infer<typeof conflictSchema>;
