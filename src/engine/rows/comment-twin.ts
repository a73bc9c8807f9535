/** Comment twin row: one comment that both sites have, by its opaque id. */
import { z } from 'zod';
import { adfSchema } from '#core/model/value';
import { twinIdSchema } from '#core/protocol/operations';

/**
 * `origin`: `here` an original of this site, `there` our copy of a comment of the partner.
 * `hash`: of the text last sent, or last written here, so that only real edits travel.
 * `askedAt`: when a request to make our copy was about to leave, milliseconds; it may be at work for a while.
 * `waits`: the partner's text that could not be written here, kept for another try.
 * `said`: of a copy, the text that both sites have, kept where edits of copies are undone or travel back.
 * `audience`: to whom it is restricted. `goes`: its original is gone, or `withdrawn`, and our copy could not be taken away yet.
 */
export const commentTwinSchema = z.object({
  pair: twinIdSchema,
  origin: z.enum(['here', 'there']),
  /** Local id; absent while our copy is being made. */
  local: z.string().max(64).optional(),
  hash: z.string().max(64),
  state: z.enum(['creating', 'there', 'held', 'gone']),
  askedAt: z.number().int().nonnegative().optional(),
  waits: z
    .object({
      body: adfSchema,
      author: z.string().max(255).optional(),
      audience: z.string().max(64).optional(),
    })
    .optional(),
  said: z.object({ body: adfSchema, author: z.string().max(255).optional() }).optional(),
  audience: z.string().max(64).optional(),
  goes: z.enum(['deleted', 'withdrawn']).optional(),
});
export type CommentTwin = z.infer<typeof commentTwinSchema>;

/** Where the local issue of a row in `issueIndex` leads. */
export const issueIndexSchema = z.object({ pair: twinIdSchema });
