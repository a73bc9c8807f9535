/** Attachment row: a file that is on both sites, or shall be. */
import { z } from 'zod';
import { twinIdSchema } from '#core/protocol/operations';

/**
 * `origin`: `here` an original of this site, `there` our copy of a file of the partner.
 * `state`: `wanted` its bytes are to be fetched; `there` done; `held` it waits with a reason; `gone` deleted.
 * `tries`: fetches that did not come to an end; the next one not before `notBefore`, milliseconds. `goes`: its original is gone, and our copy could not be taken away yet. `asText`: texts show its name instead, because it was given up once.
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
  notBefore: z.number().int().nonnegative().optional(),
  asText: z.literal(true).optional(),
  goes: z.literal(true).optional(),
});
export type AttachmentTwin = z.infer<typeof attachmentTwinSchema>;

/** Which twin a local file is the copy of. */
export const attachmentIndexSchema = z.object({ twin: twinIdSchema });

/**
 * Intent: an upload to the issue of a pair was about to leave at `askedAt`, milliseconds; there is one at a time.
 */
export const uploadSchema = z.object({
  twin: twinIdSchema,
  name: z.string().max(255),
  size: z.number().int().nonnegative(),
  askedAt: z.number().int().nonnegative(),
});
export type Upload = z.infer<typeof uploadSchema>;

/** The file that a media id of texts stands for, as Jira listed it; it never changes. */
export const shownFileSchema = z.object({
  file: z.string().max(64),
  name: z.string().max(255),
  size: z.number().int().nonnegative(),
  mime: z.string().max(255),
});
export type ShownFile = z.infer<typeof shownFileSchema>;

export const mediaOfSchema = z.object({ media: z.string().max(128) });

/** Copies of comments that show a file which is still to come. */
export const fileAwaitedSchema = z.object({ comments: z.array(twinIdSchema).max(200) });
