/** What two sites tell each other after one of them lost its memory, so that both know the same again. */
import { z } from 'zod';
import { slotIdSchema } from '../model/contract';
import { slotValuesSchema } from '../model/value';

const twin = z.string().regex(/^[a-z0-9-]{8,64}$/);
const time = z.number().int().nonnegative();
const epoch = z.number().int().positive();
/** A century: more is no age. */
const longestMs = 3_200_000_000_000;

/** First word of an epoch. `lost`: my memory was put back, and its newest fact is `ageMs` old by my clock. */
export const epochOpenSchema = z.object({
  op: z.literal('epoch.open'),
  epoch,
  lost: z.boolean(),
  ageMs: z.number().int().nonnegative().max(longestMs),
  /** The newest revision of the terms that I know, and the one in force for me. */
  latest: z.number().int().nonnegative().max(1_000_000),
  agreed: z.number().int().nonnegative().max(1_000_000),
});

/** All that I had to tell about what you may have forgotten stands before this. */
export const epochDoneSchema = z.object({ op: z.literal('epoch.done'), epoch });

/** Values of one slot that are named. */
export const mostPastValues = 20;

/** By slot, the latest first: hashes of what the sender's issue held since the backup was made, as its history tells. */
export const pastSchema = z
  .record(slotIdSchema, z.array(z.string().regex(/^[0-9a-f]{22}$/)).max(mostPastValues))
  .refine((past) => Object.keys(past).length <= 500, 'Too many slots.');

/**
 * A pair that the receiver may have forgotten. `base`: what both sites had applied, as far as the sender knows; `values`: what
 * the sender's issue says now. `yours`: the receiver's issue, where its address was told. Answered by `issue.state`.
 */
export const issueRecallSchema = z.object({
  op: z.literal('issue.recall'),
  pair: twin,
  mapping: slotIdSchema,
  type: slotIdSchema,
  /** The original is the sender's issue. */
  original: z.boolean(),
  base: slotValuesSchema,
  values: slotValuesSchema,
  at: time,
  from: z.object({ key: z.string().max(64), url: z.url().max(1_000) }).optional(),
  yours: z.string().max(64).optional(),
  past: pastSchema.optional(),
});
export type IssueRecall = z.infer<typeof issueRecallSchema>;

/** Ids that one message names, at most; more are told in parts. */
export const mostParts = 1_000;

/**
 * All originals of one kind that the sender's issue has by now, in the order of their ids: all whose id is after `after` and not
 * after `upTo`; an absent bound is none. A copy of anything else in that range has lost its original.
 */
export const issuePartsSchema = z.object({
  op: z.literal('issue.parts'),
  pair: twin,
  kind: z.enum(['comment', 'worklog', 'attachment']),
  ids: z.array(twin).max(mostParts),
  after: twin.optional(),
  upTo: twin.optional(),
});
export type IssueParts = z.infer<typeof issuePartsSchema>;
