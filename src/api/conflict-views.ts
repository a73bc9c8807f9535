/** View models of conflicts and of values that gave way. */
import { z } from 'zod';
import { fieldValueSchema } from '#core/model/value';

const time = z.number();
const saidSchema = z.object({
  value: fieldValueSchema,
  /** Ready to read. */
  text: z.string(),
  at: time,
  who: z.string().optional(),
});

/** One field on which a person has to decide. */
export const conflictSchema = z.object({
  pair: z.string(),
  slot: z.string(),
  /** To be sent back with the answer: it must be given to exactly these values. */
  version: z.string(),
  issueKey: z.string(),
  partnerKey: z.string().optional(),
  label: z.string(),
  since: time,
  here: saidSchema,
  partner: saidSchema,
  base: z.object({ value: fieldValueSchema, text: z.string() }).optional(),
});

export const answerSchema = z.object({
  id: z.string().min(1).max(64),
  pair: z.string().max(64),
  slot: z.string().max(64),
  version: z.string().max(64),
  take: z.enum(['here', 'partner', 'value']),
  /** With `take: 'value'`. */
  value: fieldValueSchema.optional(),
});

/** One value that gave way to another. */
export const overwrittenViewSchema = z.object({
  entry: z.string(),
  at: time,
  issueKey: z.string(),
  label: z.string(),
  side: z.enum(['here', 'partner']),
  who: z.string().optional(),
  changedAt: time.optional(),
  text: z.string(),
  canRestore: z.boolean(),
});
