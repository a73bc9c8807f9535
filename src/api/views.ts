/** View models: what screens show. Texts are ready to read; nothing secret is in them. */
import { z } from 'zod';
import { attachmentTermsSchema } from '#core/model/attachment-terms';
import { fieldUseSchema, fillSchema } from '#core/model/binding';
import { audienceBindingSchema, commentTermsSchema } from '#core/model/comment-terms';
import { directionSchema, mergePolicySchema } from '#core/model/contract';
import { filterSchema, leavingSchema } from '#core/model/filter';
import { lifecycleTermsSchema } from '#core/model/lifecycle-terms';
import { roleSchema } from '#core/model/role';
import { scopeSchema } from '#core/model/scope';
import { fieldKindSchema } from '#core/model/value';

const time = z.number();
export const toneSchema = z.enum(['neutral', 'info', 'moving', 'success', 'warning', 'danger']);
export type Tone = z.infer<typeof toneSchema>;

/** What a person can do with a synchronization in its present status; screens show exactly these. */
export const actionSchema = z.enum([
  'next',
  'copyInvitation',
  'sendAgain',
  'withdraw',
  'confirmPartner',
  'configure',
  'import',
  'start',
  'stop',
  'edit',
  'scope',
  'troubleshoot',
  'delete',
  'removeRecord',
]);
export type Action = z.infer<typeof actionSchema>;

export const statusViewSchema = z.object({
  /** The seeds' six invitation statuses. */
  status: z.enum([
    'Invitation sent',
    'Invitation received',
    'Rejected',
    'Not configured',
    'Active',
    'Deleted',
  ]),
  statusTone: toneSchema,
  /** The seeds' six run states; `null` is shown as a dash. */
  sync: z
    .enum(['Handshake', 'Running', 'Stopped', 'Restart required', 'Waiting for secondary', 'Update required'])
    .nullable(),
  syncTone: toneSchema,
  /** One line: what happened and what to do. */
  qualifier: z.string(),
  /** The action that leads on, if any; always one of `actions`. */
  nextAction: actionSchema.optional(),
  actions: z.array(actionSchema),
});
export type StatusView = z.infer<typeof statusViewSchema>;

export const synchronizationViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  role: roleSchema,
  type: z.literal('cloudToCloud'),
  partner: z.object({ url: z.string(), title: z.string().optional() }),
  status: statusViewSchema,
  /** Everything up to this time is on both sites. */
  inSyncAsOf: time.optional(),
  /** Changes here that have not reached the partner, and problems that wait for somebody. */
  waiting: z.number(),
  problems: z.number(),
  /** Which way issue changes travel, over all enabled mappings. */
  direction: z.enum(['none', 'both', 'in', 'out']),
  updatedAt: time,
});
export type SynchronizationView = z.infer<typeof synchronizationViewSchema>;

export const outlineSchema = z.object({
  projects: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
  issueTypes: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Outline = z.infer<typeof outlineSchema>;

export const activityEntrySchema = z.object({
  at: time,
  level: z.enum(['info', 'warning', 'error']),
  text: z.string(),
  /** Local issue, if the line is about one. */
  issueKey: z.string().optional(),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

export const problemSchema = z.object({
  id: z.string(),
  at: time,
  issueKey: z.string().optional(),
  /** What waits: "Severity", "Comment of Ada Winter", "The whole issue". */
  what: z.string(),
  reason: z.string(),
  /** What the admin can do about it. */
  next: z.string(),
  side: z.enum(['here', 'partner']),
});

/**
 * One mapping as the editor shows it, both bindings beside the slots. `mine` is this site, `theirs` the partner's (in
 * an open contract the primary proposes it). The server splits it into contract and bindings.
 */
export const editorMappingSchema = z.object({
  id: z.string().max(64),
  label: z.string().max(255),
  enabled: z.boolean(),
  mine: z.string().max(64).optional(),
  theirs: z.string().max(64).optional(),
  types: z
    .array(
      z.object({
        slot: z.string().max(64),
        label: z.string().max(255),
        mine: z.string().max(64).optional(),
        theirs: z.string().max(64).optional(),
      }),
    )
    .max(200),
  fields: z
    .array(
      z.object({
        slot: z.string().max(64),
        label: z.string().max(255),
        kind: fieldKindSchema,
        direction: directionSchema,
        policy: mergePolicySchema,
        mine: z.string().max(255).optional(),
        theirs: z.string().max(255).optional(),
        byName: z.literal(true).optional(),
        mineUse: fieldUseSchema.optional(),
        theirUse: fieldUseSchema.optional(),
        values: z
          .array(
            z.object({
              value: z.string().max(64),
              label: z.string().max(255),
              mine: z.array(z.string().max(255)).max(200),
              theirs: z.array(z.string().max(255)).max(200),
            }),
          )
          .max(2_000)
          .optional(),
      }),
    )
    .max(500),
  fills: z.array(fillSchema).max(100).optional(),
  comments: z.enum(['off', 'both', 'toSecondary', 'toPrimary']),
  commentTerms: commentTermsSchema.optional(),
  audiences: z.array(audienceBindingSchema).max(50).optional(),
  worklogs: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  links: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  attachments: attachmentTermsSchema.optional(),
  lifecycle: lifecycleTermsSchema.optional(),
  creates: directionSchema,
  /** Which issues of this site take part; the partner decides on its own. */
  filter: filterSchema.optional(),
  leaving: leavingSchema.optional(),
});
export type EditorMapping = z.infer<typeof editorMappingSchema>;

export const existingChoiceSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('new') }),
  z.object({ mode: z.literal('jql'), jql: z.string().trim().min(1, 'Write a JQL query.').max(10_000) }),
  z.object({ mode: z.literal('one'), issueKey: z.string().trim().min(1, 'Name one issue.').max(64) }),
]);
export type ExistingChoice = z.infer<typeof existingChoiceSchema>;

export const invitationViewSchema = z.object({
  sentAt: time,
  expiresAt: time,
  via: z.enum(['directory', 'code', 'known']),
  undelivered: z.string().optional(),
});

export const synchronizationDetailSchema = synchronizationViewSchema.extend({
  createdAt: time,
  madeBy: z.string(),
  scope: scopeSchema.optional(),
  invitation: invitationViewSchema.optional(),
  words: z.array(z.string()).optional(),
  confirmedHere: z.boolean(),
  confirmedThere: z.boolean(),
  rejection: z.object({ by: z.enum(['me', 'partner']), reason: z.string().optional(), at: time }).optional(),
  agreedRevision: z.number(),
  latestRevision: z.number(),
  /** Note of the newest revision. */
  note: z.string().optional(),
  mappings: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      enabled: z.boolean(),
      fields: z.number(),
      myProject: z.string().optional(),
    }),
  ),
  counts: z.object({ pairs: z.number(), sent: z.number(), received: z.number(), queued: z.number() }),
  backfill: z.object({ total: z.number(), done: z.number() }).optional(),
  /** A safety stop: what happened, the question, and its answers; without answers nothing here can go on. */
  brake: z
    .object({
      reason: z.string(),
      at: time,
      text: z.string(),
      question: z.string().optional(),
      answers: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
    })
    .optional(),
});
export type SynchronizationDetail = z.infer<typeof synchronizationDetailSchema>;
