/** What travels when an issue of a pair comes to an end. */
import { z } from 'zod';
import { endReasonSchema } from '../model/lifecycle-terms';

/** `keep`: whatever the agreement says of such ends, the twin is to stay: a person decided so. */
export const issueEndedSchema = z.object({
  op: z.literal('issue.ended'),
  pair: z.string().regex(/^[a-z0-9-]{8,64}$/),
  why: endReasonSchema,
  keep: z.literal(true).optional(),
});
