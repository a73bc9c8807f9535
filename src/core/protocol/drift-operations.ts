/** Operations by which two sites find out where they differ; none of them changes an issue or a base. */
import { z } from 'zod';
import { slotIdSchema } from '../model/contract';

const twinId = z.string().regex(/^[a-z0-9-]{8,64}$/);
const check = z.string().regex(/^[a-z0-9]{8,64}$/);
const digests = z.string().regex(/^[A-Za-z0-9_-]*$/);
const count = z.number().int().nonnegative();
const shortHash = z.string().regex(/^[0-9a-f]{8,32}$/);

/** Issues that are asked for at once. */
export const mostLooked = 500;
/** Characters of a digest as text. */
const digestLength = 8;
const itemLength = 6;

/** Begins a check. `full`: Jira is to be read; else what was agreed is compared. */
export const driftAskSchema = z.object({
  op: z.literal('drift.ask'),
  check,
  full: z.boolean(),
  count,
  root: digests.length(digestLength),
});

/** The answer: `tops` only where the roots differ. */
export const driftTellSchema = z.object({
  op: z.literal('drift.tell'),
  check,
  count,
  tops: digests.length(256 * digestLength).optional(),
});

/** All items of some buckets, in the order of the pairs' ids. */
export const driftLookSchema = z.object({
  op: z.literal('drift.look'),
  check,
  full: z.boolean(),
  buckets: z.array(z.number().int().min(0).max(255)).min(1).max(256),
  items: digests.max(4 * mostLooked * itemLength),
});

/**
 * What the asked side does not have alike. `not`: places of the asker's items. `pairs`: its own. `missing`: its issue cannot
 * be read or takes no part. `busy`: a change is on its way, or it waits as a whole. `shows`: only of
 * slots which the sender may send.
 */
const seenPair = z.object({
  pair: twinId,
  is: z.enum(['there', 'missing', 'busy']),
  base: shortHash.optional(),
  /** Hashes of the values, and how people read those which are not what was agreed. */
  slots: z.record(slotIdSchema, shortHash).optional(),
  shows: z.record(slotIdSchema, z.string().max(100)).optional(),
});
export type SeenPair = z.infer<typeof seenPair>;

export const driftSeenSchema = z.object({
  op: z.literal('drift.seen'),
  check,
  not: z.array(count).max(4 * mostLooked),
  pairs: z.array(seenPair).max(4 * mostLooked),
});

/** These pairs are to be read and merged again, as if somebody had just edited them. */
export const driftHealSchema = z.object({
  op: z.literal('drift.heal'),
  check,
  pairs: z.array(twinId).min(1).max(100),
});
