/** What travels about files: that there is one, that it is gone, that it could not be taken; and the pull of its bytes. */
import { z } from 'zod';

const twin = z.string().regex(/^[a-z0-9-]{8,64}$/);
const keyId = z.string().regex(/^[0-9a-f]{64}$/);

/** Bytes that one answer carries at most: sealed and in base64 they stay below the 5 MB that a webtrigger may answer. */
export const rangeBytes = 3 * 1024 * 1024;
/** Bytes of a file, as a number that is sane at all. */
const size = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 40);

/** No slashes, no control characters: a name is a name, on every system. */
export const fileNameSchema = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => !hasControl(name) && !/[\\/]/.test(name));

function hasControl(text: string): boolean {
  return [...text].some((one) => one < ' ' || one === '\u007f');
}

export const attachmentPutSchema = z.object({
  op: z.literal('attachment.put'),
  pair: twin,
  attachment: twin,
  name: fileNameSchema,
  size,
  mime: z.string().max(255),
  /** It may have been made before, and forgotten: look for it first. */
  again: z.literal(true).optional(),
});
export type AttachmentPut = z.infer<typeof attachmentPutSchema>;

export const attachmentDeleteSchema = z.object({
  op: z.literal('attachment.delete'),
  pair: twin,
  attachment: twin,
});
export type AttachmentDelete = z.infer<typeof attachmentDeleteSchema>;

export const attachmentHeldSchema = z.object({
  op: z.literal('attachment.held'),
  pair: twin,
  attachment: twin,
  reason: z.string().max(2_000),
});
export type AttachmentHeld = z.infer<typeof attachmentHeldSchema>;

const bound = {
  v: z.literal(1),
  link: z.string().min(8).max(64),
  from: keyId,
  to: keyId,
  nonce: z.string().regex(/^[a-z0-9]{8,64}$/),
};

/** Asks for bytes of a file that was offered; outside the stream, answered at once, changes nothing. */
export const rangeRequestSchema = z.object({
  ...bound,
  kind: z.literal('range'),
  attachment: twin,
  offset: size,
  length: z.number().int().positive().max(rangeBytes),
});
export type RangeRequest = z.infer<typeof rangeRequestSchema>;

/** `re`: the nonce of the request. `gone`: the file is not there any more, or is not shared. `later`: Jira is busy. */
export const rangeAnswerSchema = z.object({
  ...bound,
  kind: z.literal('ranged'),
  re: z.string().max(64),
  data: z.base64().max(4_300_000).optional(),
  refused: z.enum(['gone', 'later']).optional(),
});
