/** The exported log as a file: JSON Lines, a header first, then the entries of one lane after the other. */
import { z } from 'zod';
import { hashOfValue } from './chain';
import { type AuditEntry, auditEntrySchema, auditHeadSchema } from './entry';

const count = z.number().int().nonnegative();
const chain = z.string().regex(/^[0-9a-f]{64}$/);
/** Messages of an epoch are numbered from the one after `from`. */
const epochSchema = z.object({
  n: z.number().int().positive(),
  id: z.string().max(64),
  from: count.optional(),
});

/** What travels one way: `seq` batches of this epoch, and the stream's chain there, which the partner's seal confirmed. */
const streamSchema = z.object({ ep: epochSchema, seq: count, ch: chain.optional() });

/** `out`: what was sent; `in`: what of the partner's was dealt with. */
export const auditFileStreamsSchema = z.object({ out: streamSchema.optional(), in: streamSchema.optional() });
export type AuditStreams = z.infer<typeof auditFileStreamsSchema>;

/**
 * `heads`: where the lanes ended when the export began. `form`: a `full` file is for this site and has the salt with which its own
 * parts are hashed; a `shared` one is for the partner and has neither.
 */
export const auditHeaderSchema = z.object({
  concord: z.literal('audit'),
  v: z.literal(1),
  link: z.string().min(1).max(64),
  role: z.enum(['primary', 'secondary']),
  at: count,
  form: z.enum(['full', 'shared']),
  salt: z.string().max(64).optional(),
  heads: z.object({ admin: auditHeadSchema, sync: auditHeadSchema }),
  streams: auditFileStreamsSchema,
  /** Hash of the rest. */
  sum: z.string().max(64),
});
export type AuditHeader = z.infer<typeof auditHeaderSchema>;

export interface AuditFile {
  header: AuditHeader;
  /** In the order of the file; `line` counts from 1. */
  entries: { line: number; entry: AuditEntry }[];
}

export function makeHeader(header: Omit<AuditHeader, 'sum'>): AuditHeader {
  const told = auditHeaderSchema.omit({ sum: true }).parse(header);
  return { ...told, sum: hashOfValue(told) };
}

/** One text for one line: members in the order of the schema, so that nothing can hide in another way of writing it. */
export function printLine(line: AuditHeader | AuditEntry): string {
  const ordered = 'concord' in line ? auditHeaderSchema.parse(line) : auditEntrySchema.parse(line);
  return `${JSON.stringify(ordered)}\n`;
}

/** What a partner may see of it. */
export function withoutOwn({ own: _own, ...entry }: AuditEntry): AuditEntry {
  return entry;
}

export type ReadFile = { ok: true; file: AuditFile } | { ok: false; line: number; why: string };

/** Strict: a member that the format does not know could hide anything. */
export function readAuditFile(text: string): ReadFile {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const header = readHeader(lines[0] ?? '');
  if (header === undefined)
    return { ok: false, line: 1, why: 'This is not the header of an exported audit log.' };
  const entries: AuditFile['entries'] = [];
  for (const [index, line] of lines.slice(1).entries()) {
    const parsed = auditEntrySchema.strict().safeParse(parseJson(line));
    const at = index + 2;
    if (!parsed.success || printLine(parsed.data) !== `${line}\n`) {
      return { ok: false, line: at, why: 'This line is not an entry as it was exported.' };
    }
    entries.push({ line: at, entry: parsed.data });
  }
  return { ok: true, file: { header, entries } };
}

function readHeader(line: string): AuditHeader | undefined {
  const parsed = auditHeaderSchema.strict().safeParse(parseJson(line));
  if (!parsed.success || printLine(parsed.data) !== `${line}\n`) return undefined;
  const { sum, ...rest } = parsed.data;
  return hashOfValue(rest) === sum ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
