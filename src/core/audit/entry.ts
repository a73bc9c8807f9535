/** Audit entry: one link of the hash-chained log of a synchronization; says what happened without the values themselves. */
import { z } from 'zod';

/** SHA-256, base64url: 43 characters for a whole one, 32 (192 bits) for links of the log, 22 (128 bits) for values. */
const text = /^[A-Za-z0-9_-]+$/;
export const fullHash = z.string().length(43).regex(text);
export const linkHash = z.string().length(32).regex(text);
const valueHash = z.string().length(22).regex(text);
const count = z.number().int().nonnegative();
const name = z.string().max(64);

/** One operation of a batch: `slots` has the hashes of values, `is` of anything else that it carried. */
export const listedOperationSchema = z.object({
  op: name,
  pair: name.optional(),
  /** The comment, worklog or file that it speaks of. */
  of: name.optional(),
  slots: z.record(name, valueHash).optional(),
  is: valueHash.optional(),
});
export type ListedOperation = z.infer<typeof listedOperationSchema>;

/**
 * A batch that was sent, or one of the partner that was dealt with. Both sites make it of the same text, so it must be the same in
 * both logs. `bh`: hash of the body, a link of the stream's own chain; `ep`: id of the sender's epoch. `more`:
 * operations that are not listed, `all`: hash of the whole list then.
 */
export const auditBatchSchema = z.object({
  seq: z.number().int().positive(),
  ep: name,
  bh: fullHash,
  ops: z.array(listedOperationSchema).max(200),
  more: count.optional(),
  all: valueHash.optional(),
});
export type AuditBatch = z.infer<typeof auditBatchSchema>;

const factValue = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);

/**
 * What only this site knows, or says in its own words. `act`: what a person asked for, `who`: the account. `facts`: what changed of the
 * synchronization, before and after. `text`, `issueKey`: the line of the activity log.
 */
export const ownPartSchema = z.object({
  act: name.optional(),
  who: z.string().max(255).optional(),
  about: z.record(name, factValue).optional(),
  facts: z.record(name, z.tuple([factValue, factValue])).optional(),
  refused: z.string().max(500).optional(),
  text: z.string().max(2_000).optional(),
  issueKey: name.optional(),
});
export type OwnPart = z.infer<typeof ownPartSchema>;

/** `sync`: what travelled, written by the worker. `admin`: what people asked for and what became of it. */
export const auditLaneSchema = z.enum(['sync', 'admin']);
export type AuditLane = z.infer<typeof auditLaneSchema>;

/**
 * One line of an exported log. `n` counts 1, 2, 3 ... within its lane. `own` is left out of what is shown to the partner; its
 * hash `oh` stays, so the chain holds all the same. `at`: milliseconds since the epoch, by this site's clock. `h`: this link.
 */
export const auditEntrySchema = z.object({
  lane: auditLaneSchema,
  n: z.number().int().positive(),
  at: count,
  out: z.array(auditBatchSchema).max(25).optional(),
  in: z.array(auditBatchSchema).max(200).optional(),
  own: ownPartSchema.optional(),
  oh: linkHash.optional(),
  h: linkHash,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Where a lane ends: its last number and link. */
export const auditHeadSchema = z.object({ n: count, h: linkHash });
export type AuditHead = z.infer<typeof auditHeadSchema>;
