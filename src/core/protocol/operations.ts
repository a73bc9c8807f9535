/** Operations: the typed content of a batch. Data operations say what an issue shall look like; control operations agree. */
import { z } from 'zod';
import { mappingBindingSchema } from '../model/binding';
import { catalogSchema } from '../model/catalog';
import { contractSchema, slotIdSchema } from '../model/contract';
import { adfSchema, slotValuesSchema } from '../model/value';
import { attachmentDeleteSchema, attachmentHeldSchema, attachmentPutSchema } from './attachment-operations';
import { commentAudienceSchema, commentEditSchema } from './comment-operations';
import { changeTimesSchema, issueConflictSchema, resolvesSchema } from './conflict-operations';
import {
  driftAskSchema,
  driftHealSchema,
  driftLookSchema,
  driftSeenSchema,
  driftTellSchema,
} from './drift-operations';
import {
  epochDoneSchema,
  epochOpenSchema,
  issuePartsSchema,
  issueRecallSchema,
  pastSchema,
} from './epoch-operations';
import { issueBackSchema, issueLeftSchema } from './filter-operations';
import { issueEndedSchema } from './lifecycle-operations';
import { issueLinksSchema, linksHeldSchema } from './link-operations';
import { issueMovedSchema } from './move-operations';
import { issuePairSchema, issueUnpairedSchema, pairAnswerSchema, pairAskSchema } from './pairing-operations';
import { worklogDeleteSchema, worklogHeldSchema, worklogPutSchema } from './worklog-operations';

/** Opaque id of a pair or of a comment twin, made by the side where the original is. */
export const twinIdSchema = z.string().regex(/^[a-z0-9-]{8,64}$/);
const hash = z.string().regex(/^[0-9a-f]{16,64}$/);
/** When Jira says the value was last changed, milliseconds since the epoch. Only the policy `newest` looks at it. */
const changedAt = z.number().int().nonnegative();
const person = z.object({ name: z.string().max(255) });
const text = z.string().max(2_000);
/** It may have been made before, and forgotten: look for the mark first. */
const again = z.literal(true).optional();
/** Where the twin is, for people. Left out by a private contract. */
const address = z.object({ key: z.string().max(64), url: z.url().max(1_000) });

/**
 * `seen`: highest sequence of the receiver that the sender had applied to this pair when it made the operation: tells
 * "made after yours" from "made at the same time". `base`: hash of the values it was made against; another base over
 * there means that full states are exchanged.
 */
const issueUpdate = z.object({
  op: z.literal('issue.update'),
  pair: twinIdSchema,
  mapping: slotIdSchema,
  values: slotValuesSchema,
  seen: z.number().int().nonnegative(),
  base: hash,
  at: changedAt,
  times: changeTimesSchema.optional(),
  resolves: resolvesSchema.optional(),
});

const issueCreate = z.object({
  op: z.literal('issue.create'),
  pair: twinIdSchema,
  mapping: slotIdSchema,
  type: slotIdSchema,
  values: slotValuesSchema,
  at: changedAt,
  from: address.optional(),
  again,
});

/** Answer to a create: the twin exists. */
const issueTwin = z.object({ op: z.literal('issue.twin'), pair: twinIdSchema, at: address.optional() });

/** Slots (or the whole issue, slot absent) which could not be applied; the sender keeps its base for them. */
const issueHeld = z.object({
  op: z.literal('issue.held'),
  pair: twinIdSchema,
  seq: z.number().int().positive(),
  slots: z.array(z.object({ slot: slotIdSchema, reason: text })).max(500),
  whole: text.optional(),
});

/** All values as the sender has them, sent when bases differ; `ask` wants the same back. */
const issueState = z.object({
  op: z.literal('issue.state'),
  pair: twinIdSchema,
  mapping: slotIdSchema,
  values: slotValuesSchema,
  seen: z.number().int().nonnegative(),
  at: changedAt,
  ask: z.boolean(),
  /** Only in the days after a loss of memory, as in `issue.recall`. */
  past: pastSchema.optional(),
});

const commentPut = z.object({
  op: z.literal('comment.put'),
  pair: twinIdSchema,
  comment: twinIdSchema,
  body: adfSchema,
  author: person.optional(),
  at: changedAt,
  /** Only these may see it; absent: everybody who sees the issue. */
  audience: commentAudienceSchema.optional(),
  again,
});
const commentDelete = z.object({
  op: z.literal('comment.delete'),
  pair: twinIdSchema,
  comment: twinIdSchema,
  /** It became restricted: its copy goes, whatever is agreed on deletions. */
  withdrawn: z.literal(true).optional(),
});
const commentHeld = z.object({
  op: z.literal('comment.held'),
  pair: twinIdSchema,
  comment: twinIdSchema,
  reason: text,
});

export const dataOperationSchema = z.discriminatedUnion('op', [
  issueCreate,
  issueUpdate,
  issueTwin,
  issueHeld,
  issueState,
  issueConflictSchema,
  commentPut,
  commentDelete,
  commentHeld,
  commentEditSchema,
  attachmentPutSchema,
  attachmentDeleteSchema,
  attachmentHeldSchema,
  worklogPutSchema,
  worklogDeleteSchema,
  worklogHeldSchema,
  issueLinksSchema,
  linksHeldSchema,
  issuePairSchema,
  issueUnpairedSchema,
  issueLeftSchema,
  issueBackSchema,
  issueEndedSchema,
  issueMovedSchema,
  driftAskSchema,
  driftTellSchema,
  driftLookSchema,
  driftSeenSchema,
  driftHealSchema,
  epochOpenSchema,
  epochDoneSchema,
  issueRecallSchema,
  issuePartsSchema,
]);
export type DataOperation = z.infer<typeof dataOperationSchema>;

/** The admin over there compared the words and confirmed. */
const partnerConfirmed = z.object({ op: z.literal('partner.confirmed') });
/** Catalog within the sender's scope; open contracts only, after both confirmed. */
const catalogShare = z.object({ op: z.literal('catalog.share'), catalog: catalogSchema });
/** Primary only. `proposal`: bindings which the primary suggests to the secondary (open contracts). */
const contractPublish = z.object({
  op: z.literal('contract.publish'),
  contract: contractSchema,
  proposal: z.array(mappingBindingSchema).max(200),
});
/** Secondary only: agreed, with the mappings that it completed; from the carrying sequence on, the revision is in force. */
const contractConfirm = z.object({
  op: z.literal('contract.confirm'),
  revision: z.number().int().min(1),
  mappings: z.array(slotIdSchema).max(200),
  /** Fields of these mappings which the secondary left out; nobody sends them. */
  without: z
    .array(z.object({ mapping: slotIdSchema, slots: z.array(slotIdSchema).max(500) }))
    .max(200)
    .optional(),
});
const runStart = z.object({ op: z.literal('run.start') });
const runStop = z.object({ op: z.literal('run.stop') });
const goodbye = z.object({ op: z.literal('goodbye'), reason: z.enum(['deleted', 'uninstalled']) });

export const controlOperationSchema = z.discriminatedUnion('op', [
  partnerConfirmed,
  catalogShare,
  contractPublish,
  contractConfirm,
  runStart,
  runStop,
  goodbye,
  pairAskSchema,
  pairAnswerSchema,
]);
export type ControlOperation = z.infer<typeof controlOperationSchema>;

/** Anything that a batch carries. An unknown `op` is reported back and set aside; the stream goes on. */
export const operationSchema = z.union([dataOperationSchema, controlOperationSchema]);
export type Operation = z.infer<typeof operationSchema>;
