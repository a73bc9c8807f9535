/** Operations on comments beyond the making of copies. */
import { z } from 'zod';
import { adfSchema } from '../model/value';

const id = z.string().regex(/^[a-z0-9-]{8,64}$/);

/**
 * The copy of a comment was edited, and the agreement says that this edits the original. `base`: the text that both sites had
 * before; whoever merges again with it comes to the same text, which is how a repeat is recognised.
 */
export const commentEditSchema = z.object({
  op: z.literal('comment.edit'),
  pair: id,
  comment: id,
  body: adfSchema,
  base: adfSchema,
});
export type CommentEdit = z.infer<typeof commentEditSchema>;

/** The audience of the agreement to which a comment is restricted. */
export const commentAudienceSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);
