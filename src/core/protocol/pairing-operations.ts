/** Operations that make pairs of issues which exist on both sites already. */
import { z } from 'zod';
import { slotIdSchema } from '../model/contract';
import { slotValuesSchema } from '../model/value';

const twinId = z.string().regex(/^[a-z0-9-]{8,64}$/);
const jobId = z.string().regex(/^[a-z0-9-]{8,64}$/);
const part = z.number().int().min(0).max(99);
const issueKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,40}-[0-9]{1,12}$/);
const value = z.string().min(1).max(255);

/**
 * Why two issues cannot be a pair. `unknown`: no such issue, or it takes no part: which of both is not told. `type`: it is of
 * another type. `paired`: one of them has a twin already. `twice`: named twice, or a value that several issues have.
 * `notAllowed`: the admin over there has not allowed it. `unavailable`: Jira did not answer.
 */
export const refusalSchema = z.enum(['unknown', 'type', 'paired', 'twice', 'notAllowed', 'unavailable']);
export type PairingRefusal = z.infer<typeof refusalSchema>;

/** Asks whether these could be pairs; nothing is made. Each names the other issue by key or by the value of a field. */
export const pairAskSchema = z.object({
  op: z.literal('pair.ask'),
  job: jobId,
  part,
  pairs: z
    .array(
      z.object({
        pair: twinId,
        mapping: slotIdSchema,
        type: slotIdSchema,
        key: issueKey.optional(),
        value: value.optional(),
      }),
    )
    .max(250),
});

/** The answer: the key of the other issue, or why not. */
export const pairAnswerSchema = z.object({
  op: z.literal('pair.answer'),
  job: jobId,
  part,
  answers: z
    .array(z.object({ pair: twinId, key: issueKey.optional(), no: refusalSchema.optional() }))
    .max(250),
});

/** These two are a pair from now on; no values are agreed on yet, so these are merged like an `issue.state` which asks. */
export const issuePairSchema = z.object({
  op: z.literal('issue.pair'),
  pair: twinId,
  mapping: slotIdSchema,
  type: slotIdSchema,
  /** The receiver's issue. */
  key: issueKey,
  value: value.optional(),
  values: slotValuesSchema,
  at: z.number().int().nonnegative(),
  from: z.object({ key: z.string().max(64), url: z.url().max(1_000) }).optional(),
});

/** They are none: the sender of `issue.pair` forgets it. */
export const issueUnpairedSchema = z.object({
  op: z.literal('issue.unpaired'),
  pair: twinId,
  no: refusalSchema,
});
