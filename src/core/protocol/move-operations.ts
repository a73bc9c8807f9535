/** What travels when an issue of a pair changes from one shared project to another. */
import { z } from 'zod';
import { slotIdSchema } from '../model/contract';

/** The sender's issue belongs to this mapping from now on; back in that of the pair, it is where it was. */
export const issueMovedSchema = z.object({
  op: z.literal('issue.moved'),
  pair: z.string().regex(/^[a-z0-9-]{8,64}$/),
  mapping: slotIdSchema,
});
