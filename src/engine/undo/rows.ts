/** Applied row: what one batch of the partner changed here, with the values from before, so that an admin can undo it. */
import { z } from 'zod';
import { fieldValueSchema } from '#core/model/value';
import type { StoreOperation } from '../ports/store';
import { paddedRank } from '../rows/keys';

/** Days for which a batch can be undone; the same as for values that gave way. */
export const appliedTtlDays = 90;
const id = z.string().max(64);

/**
 * `slots`: what the batch wrote, `is` by its hash, and what was there before; `was` is absent where it could not be read or was too long
 * to keep. `made`: the issue was created. `comment`: the twin of a comment that was.
 */
const appliedChangeSchema = z.object({
  pair: id,
  key: id,
  slots: z.record(id, z.object({ is: z.string().max(22), was: fieldValueSchema.optional() })).optional(),
  made: z.literal(true).optional(),
  comment: id.optional(),
});
export type AppliedChange = z.infer<typeof appliedChangeSchema>;

/** A batch that took several transactions has several rows. `undone`: when an admin asked for it. */
export const appliedSchema = z.object({
  seq: z.number().int().positive(),
  at: z.number().int().nonnegative(),
  changes: z.array(appliedChangeSchema),
  undone: z.number().int().nonnegative().optional(),
});
export type Applied = z.infer<typeof appliedSchema>;

/** Rows of the table `activity`, listed in the order of the partner's sequence. */
export const appliedGroup = (connection: string): string => `${connection}:u`;

/** `part`: tells the rows of one batch apart. */
export function appliedRow(connection: string, body: Applied, part: number | string): StoreOperation {
  const group = appliedGroup(connection);
  const rank = `${paddedRank(body.seq)}:${part}`;
  return {
    op: 'set',
    table: 'activity',
    key: `${group}:${rank}`,
    body,
    group,
    rank,
    ttlDays: appliedTtlDays,
  };
}
