/**
 * The contract between screens and resolvers: call name -> request and answer schema.
 *
 * Every answer is `{ ok: true, value } | { ok: false, error }`; the error says what to do. Site-wide calls need a Jira admin,
 * which the resolver checks with the account of its own context, never with what the browser sends.
 */
import { z } from 'zod';
import { catalogSchema } from '#core/model/catalog';
import { scopeSchema } from '#core/model/scope';
import { auditCalls } from './audit-calls';
import { call } from './call';
import { answerSchema, conflictSchema, overwrittenViewSchema } from './conflict-views';
import { driftViewSchema } from './drift-views';
import {
  allowPairingSchema,
  backfillViewSchema,
  pairingListSchema,
  pairingViewSchema,
} from './existing-views';
import { historyCalls } from './history-calls';
import { lifecycleCalls } from './lifecycle-calls';
import { panelCalls } from './panel-calls';
import {
  activityEntrySchema,
  editorMappingSchema,
  existingChoiceSchema,
  outlineSchema,
  problemSchema,
  synchronizationDetailSchema,
  synchronizationViewSchema,
} from './views';

const id = z.string().min(1).max(64);
const name = z
  .string()
  .trim()
  .min(1, 'Give the synchronization a name.')
  .max(255, 'The name can have 255 characters at most.');
const description = z.string().max(2_000, 'The description can have 2,000 characters at most.');
const reason = z.string().max(2_000, 'The reason can have 2,000 characters at most.');
const done = z.object({});
const one = z.object({ id });
const page = z.object({ id, cursor: z.string().max(2_000).optional() });

export const calls = {
  /** The list, and what the page needs to know of this site. */
  list: call(
    'admin',
    z.object({}),
    z.object({
      site: z.object({ url: z.string(), title: z.string() }),
      directory: z.boolean(),
      synchronizations: z.array(synchronizationViewSchema),
    }),
  ),
  get: call('admin', one, synchronizationDetailSchema),
  /** For the wizard: scope choices, the types of synchronization with the reason where one is not possible, and who writes here. */
  newOptions: call(
    'admin',
    z.object({}),
    z.object({
      outline: outlineSchema,
      types: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          description: z.string(),
          available: z.boolean(),
          reason: z.string().optional(),
        }),
      ),
      madeBy: z.string(),
      /** Partners that are verified already: an invitation to them needs no code. */
      knownPartners: z.array(z.string()),
    }),
  ),
  /** Makes the synchronization and sends the invitation. The code is offered whether or not the directory delivered. */
  invite: call(
    'admin',
    z.object({ name, description, partnerUrl: z.string().max(2_000), scope: scopeSchema }),
    z.object({ id, delivered: z.boolean(), note: z.string() }),
  ),
  /** The invitation code again, with a ready mail. */
  invitationCode: call(
    'admin',
    one,
    z.object({
      code: z.string(),
      expiresAt: z.number(),
      fileName: z.string(),
      mail: z.object({ subject: z.string(), body: z.string() }),
    }),
  ),
  sendAgain: call('admin', one, z.object({ delivered: z.boolean(), note: z.string() })),
  withdraw: call('admin', one, done),
  /** A pasted or uploaded code: it becomes a row in status Invitation received. */
  receiveCode: call('admin', z.object({ code: z.string().max(20_000) }), z.object({ id })),
  accept: call('admin', z.object({ id, name, description, scope: scopeSchema }), done),
  reject: call('admin', z.object({ id, reason }), done),
  confirmPartner: call('admin', one, done),
  edit: call('admin', z.object({ id, name, description }), done),
  delete: call('admin', one, done),
  removeRecord: call('admin', one, done),
  /** What a new scope would do to the mappings, before it is saved. */
  previewScope: call(
    'admin',
    z.object({ id, scope: scopeSchema }),
    z.object({ affected: z.array(z.string()) }),
  ),
  setScope: call('admin', z.object({ id, scope: scopeSchema }), done),
  /** Everything that the mapping editor or the import screen shows. `partner` is null until it has been shared. */
  editor: call(
    'admin',
    one,
    z.object({
      role: z.enum(['primary', 'secondary']),
      mine: catalogSchema,
      partner: catalogSchema.nullable(),
      mappings: z.array(editorMappingSchema),
      /** True when `mappings` holds changes that are not published (primary) or not confirmed (secondary). */
      pending: z.boolean(),
      revision: z.number(),
      note: z.string(),
      startWhenAgreed: z.boolean(),
      existing: existingChoiceSchema,
    }),
  ),
  /** *Match what is alike*: a whole mapping proposed for a project pair (primary only). */
  match: call(
    'admin',
    z.object({ id, mine: z.string().max(64), theirs: z.string().max(64) }),
    editorMappingSchema,
  ),
  saveDraft: call(
    'admin',
    z.object({ id, mappings: z.array(editorMappingSchema).max(200) }),
    z.object({ findings: z.array(z.string()) }),
  ),
  /** What is wrong with the query of a filter, in Jira's words; nothing when it is fine. */
  checkQuery: call(
    'admin',
    z.object({ jql: z.string().trim().min(1).max(2_000) }),
    z.object({ errors: z.array(z.string()) }),
  ),
  /** Primary: publish the draft as the next revision. */
  publish: call(
    'admin',
    z.object({
      id,
      mappings: z.array(editorMappingSchema).max(200),
      note: z.string().trim().min(1, 'Tell your partner what you changed.').max(2_000),
      existing: existingChoiceSchema,
      startWhenAgreed: z.boolean(),
    }),
    z.object({ revision: z.number() }),
  ),
  /** Secondary: accept the newest revision with completed bindings. */
  confirm: call(
    'admin',
    z.object({
      id,
      revision: z.number().int(),
      mappings: z.array(editorMappingSchema).max(200),
      existing: existingChoiceSchema,
      startWhenAgreed: z.boolean(),
    }),
    done,
  ),
  start: call('admin', one, done),
  stop: call('admin', one, done),
  ...lifecycleCalls,
  ...auditCalls,
  ...historyCalls,
  ...panelCalls,
  /** How far existing issues are brought in. */
  backfill: call('admin', one, backfillViewSchema),
  pauseBackfill: call('admin', one, done),
  resumeBackfill: call('admin', one, done),
  /** Pairs of issues that exist on both sites: checked on both first, made when the admin says start. */
  pairing: call('admin', one, pairingViewSchema),
  previewPairing: call(
    'admin',
    z.object({ id, list: pairingListSchema }),
    z.object({ job: z.string(), pairs: z.number() }),
  ),
  startPairing: call('admin', z.object({ id, job: z.string().max(64) }), done),
  cancelPairing: call('admin', one, done),
  allowPairing: call('admin', z.object({ id, allow: allowPairingSchema }), done),
  /** Where the sites differ: a check is begun, looked at, and what it found is put right on request. */
  startDrift: call('admin', z.object({ id, full: z.boolean() }), z.object({ check: z.string() })),
  drift: call('admin', z.object({ id, page: z.number().int().min(0).max(100).optional() }), driftViewSchema),
  healDrift: call('admin', z.object({ id, check: z.string().max(64) }), done),
  activity: call(
    'admin',
    z.object({ id, cursor: z.string().max(2_000).optional() }),
    z.object({ entries: z.array(activityEntrySchema), cursor: z.string().optional() }),
  ),
  problems: call('admin', one, z.object({ problems: z.array(problemSchema) })),
  /** Tries everything that waits once more. */
  retryProblems: call('admin', one, z.object({ retried: z.number() })),
  /** Fields on which both sites disagree and a person has to decide. A page may be empty and still have a cursor. */
  conflicts: call(
    'admin',
    page,
    z.object({ conflicts: z.array(conflictSchema), cursor: z.string().optional() }),
  ),
  resolveConflict: call('admin', answerSchema, done),
  /** Values that gave way to others, newest first; kept for 90 days. */
  overwritten: call(
    'admin',
    page,
    z.object({ entries: z.array(overwrittenViewSchema), cursor: z.string().optional() }),
  ),
  /** Writes such a value here, as an edit that travels. */
  restoreOverwritten: call('admin', z.object({ id, entry: z.string().min(1).max(400) }), done),
} as const;

export type CallName = keyof typeof calls;
export type CallRequest<N extends CallName> = z.input<(typeof calls)[N]['request']>;
export type CallAnswer<N extends CallName> = z.output<(typeof calls)[N]['answer']>;

/**
 * `busy`: a limit of pace, nothing was lost, and it passes by itself. `fields`: messages by request field, so that a form can
 * show them where they belong. `retryAfterMs`: when it is worth trying again, where that is known.
 */
export interface CallError {
  code: 'invalid' | 'forbidden' | 'notFound' | 'notPossible' | 'conflict' | 'busy' | 'unavailable';
  message: string;
  fields?: Record<string, string>;
  retryAfterMs?: number;
}
export type CallResult<N extends CallName> =
  | { ok: true; value: CallAnswer<N> }
  | { ok: false; error: CallError };
