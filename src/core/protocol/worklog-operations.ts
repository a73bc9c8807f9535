/** Operations on logged work. */
import { z } from 'zod';
import { adfSchema } from '../model/value';

const id = z.string().regex(/^[a-z0-9-]{8,64}$/);
/** Ten years: more is no time that somebody worked. */
const mostSeconds = 315_360_000;

/** `body`: what the author says of the work. `started`: milliseconds since the epoch. `author`: shown in the copy. */
export const worklogPutSchema = z.object({
  op: z.literal('worklog.put'),
  pair: id,
  worklog: id,
  body: adfSchema.nullable(),
  started: z.number().int().nonnegative().max(8_640_000_000_000_000),
  seconds: z.number().int().min(1).max(mostSeconds),
  author: z.object({ name: z.string().max(255) }).optional(),
  /** It may have been made before, and forgotten: look for it first. */
  again: z.literal(true).optional(),
});
export type WorklogPut = z.infer<typeof worklogPutSchema>;

export const worklogDeleteSchema = z.object({ op: z.literal('worklog.delete'), pair: id, worklog: id });
export type WorklogDelete = z.infer<typeof worklogDeleteSchema>;

export const worklogHeldSchema = z.object({
  op: z.literal('worklog.held'),
  pair: id,
  worklog: id,
  reason: z.string().max(2_000),
});
export type WorklogHeld = z.infer<typeof worklogHeldSchema>;
