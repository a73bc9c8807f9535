/** Attachment row: a file that is on both sites, or shall be. */
import { z } from 'zod';
import { twinIdSchema } from '#core/protocol/operations';

/**
 * `origin`: `here` an original of this site, `there` our copy of a file of the partner.
 * `state`: `wanted` its bytes are to be fetched; `there` done; `held` it waits with a reason; `gone` deleted.
 * `tries`: fetches that did not come to an end.
 */
export const attachmentTwinSchema = z.object({
  pair: twinIdSchema,
  origin: z.enum(['here', 'there']),
  local: z.string().max(64).optional(),
  name: z.string().max(255),
  size: z.number().int().nonnegative(),
  mime: z.string().max(255),
  state: z.enum(['wanted', 'there', 'held', 'gone']),
  tries: z.number().int().nonnegative().optional(),
});
export type AttachmentTwin = z.infer<typeof attachmentTwinSchema>;

/** Which twin a local file is the copy of. */
export const attachmentIndexSchema = z.object({ twin: twinIdSchema });

/**
 * Intent: an upload to the issue of a pair was about to leave at `askedAt`, milliseconds; there is one at a time. `before`:
 * files of that name and size which were there already, so they are not ours.
 */
export const uploadSchema = z.object({
  twin: twinIdSchema,
  name: z.string().max(255),
  size: z.number().int().nonnegative(),
  askedAt: z.number().int().nonnegative(),
  before: z.array(z.string().max(64)).max(2_000),
});
export type Upload = z.infer<typeof uploadSchema>;
