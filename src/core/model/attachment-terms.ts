/** What a mapping agrees on about files: whose travel, which of them, and what a deletion means over there. */
import { z } from 'zod';

const pattern = z.string().min(1).max(100);

/** A mapping without these terms shares no files. */
export const attachmentTermsSchema = z.object({
  direction: z.enum(['both', 'toSecondary', 'toPrimary']),
  /** Bytes; larger files stay where they are. */
  largest: z.number().int().positive().optional(),
  /** Only files whose name fits one of these: `*` stands for any text, case does not count. */
  names: z.array(pattern).min(1).max(50).optional(),
  /** Only files of these media types, with the same patterns: `image/*`. */
  types: z.array(pattern).min(1).max(50).optional(),
  /** What becomes of a copy when the original is deleted. */
  deletions: z.enum(['ignore', 'delete']),
});
export type AttachmentTerms = z.infer<typeof attachmentTermsSchema>;

export interface FileFacts {
  name: string;
  /** Bytes. */
  size: number;
  mime: string;
}

/**
 * Bytes of the largest file that is carried: Jira's upload takes a file in one request, so it is held in memory as pulled, and some
 * times more by the platform's fetch. Measured by `test/e2e/attachments` on the emulator, which kills a function above its 512 MB: 423 MB
 * at most for a file of this size, 6.1 bytes for each of the file above the 130 MB of the app itself. The rest is for warm instances.
 */
export const largestFile = 48 * 1024 * 1024;

/** True when the agreement shares such a file. Asked by the sender, and again by the receiver. */
export function isShared(terms: AttachmentTerms, file: FileFacts): boolean {
  if (terms.largest !== undefined && file.size > terms.largest) return false;
  return fits(terms.names, file.name) && fits(terms.types, file.mime);
}

function fits(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns === undefined || patterns.some((one) => matches(one.toLowerCase(), text.toLowerCase()));
}

/** By hand rather than by a regular expression: a pattern of the partner must not cost more than its length. */
function matches(wanted: string, text: string): boolean {
  const parts = wanted.split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let rest = text.slice(first.length, text.length - last.length);
  for (const part of parts) {
    const found = rest.indexOf(part);
    if (found < 0) return false;
    rest = rest.slice(found + part.length);
  }
  return true;
}
