/** Where the audit log is kept: an entry is a row of the table `activity` that never expires; its heads lie in rows written anyway. */
import { z } from 'zod';
import { auditFileStreamsSchema } from '#core/audit/audit-file';
import {
  type AuditLane,
  auditBatchSchema,
  auditHeadSchema,
  linkHash,
  ownPartSchema,
} from '#core/audit/entry';

/**
 * Part of the connection row: end of the lane `admin`, and the secret with which own parts are hashed. `ended`: where the other lane
 * was when the synchronization was deleted.
 */
export const connectionAuditSchema = auditHeadSchema.extend({
  salt: z.string().max(64),
  ended: z.object({ sync: auditHeadSchema, streams: auditFileStreamsSchema }).optional(),
});

/** Beside the members of an activity line. `own`: where it says more than the line itself. */
export const storedEntrySchema = z.object({
  at: z.number().int().nonnegative(),
  text: z.string().max(2_000),
  issueKey: z.string().max(64).optional(),
  audit: z.object({
    n: z.number().int().positive(),
    h: linkHash,
    out: z.array(auditBatchSchema).optional(),
    in: z.array(auditBatchSchema).optional(),
    own: ownPartSchema.optional(),
  }),
});
export type StoredEntry = z.infer<typeof storedEntrySchema>;

export const auditKey = (connection: string, lane: AuditLane, n: number): string =>
  `${connection}:${lane === 'sync' ? 's' : 'a'}:${n}`;
