/** Connection row: the slow facts of one synchronization. Status is derived from it (core/status), never stored. */
import { z } from 'zod';
import { mappingBindingSchema } from '#core/model/binding';
import { roleSchema } from '#core/model/role';
import { scopeSchema } from '#core/model/scope';
import { connectionAuditSchema } from '../audit/rows';
import { driftFlagsSchema } from '../drift/rows';
import { brakeAnswersSchema, brakeSchema } from './brake';
import { pairingStateSchema } from './pairing';

const time = z.number().int().nonnegative();

/** The partner as far as it is known. `publicKey` and `endpoint` are proved by the join, pinned from then on. */
const partnerSchema = z.object({
  siteUrl: z.string().max(255),
  siteId: z.string().max(255).optional(),
  title: z.string().max(255).optional(),
  endpoint: z.string().max(1_000).optional(),
  keyId: z.string().max(64).optional(),
  publicKey: z.string().max(10_000).optional(),
});

/** Where the handshake stands; drawn in core/connection. */
export const phaseSchema = z.enum(['invited', 'received', 'joining', 'joined', 'rejected', 'deleted']);

export const connectionSchema = z.object({
  /** Id of the connection, the same on both sites (128 random bits). */
  id: z.string().max(64),
  name: z.string().min(1).max(255),
  description: z.string().max(2_000),
  role: roleSchema,
  phase: phaseSchema,
  createdAt: time,
  /** Bumped by every change that a screen should show. */
  updatedAt: time,
  createdBy: z.string().max(255),
  partner: partnerSchema,
  /** Own identity: the private key is in the secret store under `connection:<id>`. */
  keyId: z.string().max(64),
  publicKey: z.string().max(10_000),
  scope: scopeSchema.optional(),
  /** The six words of both keys; present once both keys are known. */
  words: z.array(z.string()).length(6).optional(),
  confirmedHere: time.optional(),
  confirmedThere: time.optional(),
  /** Vouched for by the invitation code (the joiner proved the secret) or by an older verified connection. */
  vouched: z.enum(['code', 'knownPartner']).optional(),
  invitation: z
    .object({
      sentAt: time,
      expiresAt: time,
      /** How it went out: `directory` delivered it; `code` waits for a person; `known` through an older connection. */
      via: z.enum(['directory', 'code', 'known']),
      /** Wrong secrets seen; five burn the invitation. */
      failures: z.number().int().nonnegative(),
      burned: z.boolean(),
      /** Why the directory could not deliver, in words. */
      undelivered: z.string().max(500).optional(),
      /** To whom it went by itself (the inviter keeps it, so that it can be taken back). */
      sentTo: z.object({ endpoint: z.string().max(1_000), publicKey: z.string().max(10_000) }).optional(),
      /** With `known`: the older connection over which it travelled. */
      over: z.string().max(64).optional(),
    })
    .optional(),
  rejected: z
    .object({ at: time, by: z.enum(['me', 'partner']), reason: z.string().max(2_000).optional() })
    .optional(),
  deleted: z
    .object({ at: time, by: z.enum(['me', 'partner', 'withdrawn']), dropped: z.number().int().nonnegative() })
    .optional(),
  /** Our catalog must be shared (again): both confirmed, the scope changed, or the partner asked. */
  catalogDue: z.boolean().optional(),
  /** Published or confirmed here, and the partner has not been told yet. */
  termsDue: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('publish') }),
      z.object({
        kind: z.literal('confirm'),
        revision: z.number().int().min(1),
        mappings: z.array(z.string().max(64)),
        without: z.array(z.object({ mapping: z.string().max(64), slots: z.array(z.string().max(64)) })),
      }),
    ])
    .optional(),
  /** Bindings of this site, mapping by mapping. */
  bindings: z.array(mappingBindingSchema).max(200),
  /** Revision in force on both sites (0 = none), newest published or received one, and what the primary suggests. */
  agreedRevision: z.number().int().nonnegative(),
  latestRevision: z.number().int().nonnegative(),
  proposal: z.array(mappingBindingSchema).max(200).optional(),
  startWhenAgreed: z.boolean(),
  run: z.object({
    here: z.enum(['stopped', 'started']),
    there: z.enum(['stopped', 'started']),
    since: time,
    /** First start, from which on "only new issues" counts. */
    startedAt: time.optional(),
  }),
  /** Which issues that exist already take part: none, those that match, or exactly one as a trial. */
  existing: z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('new') }),
    z.object({ mode: z.literal('jql'), jql: z.string().min(1).max(10_000) }),
    z.object({ mode: z.literal('one'), issueKey: z.string().max(64), issueId: z.string().max(64) }),
  ]),
  /** The admin stopped bringing in existing issues for the time being. */
  existingPaused: z.literal(true).optional(),
  /** When it went on: the pace before counts no more. */
  existingResumedAt: time.optional(),
  /** Issues which exist on both sites are made pairs. */
  pairing: pairingStateSchema.optional(),
  /** A check for differences is going on. */
  drift: driftFlagsSchema.optional(),
  /** A time window is being looked at again. */
  replay: z.string().max(64).optional(),
  /** A safety stop that stands, and what was answered to earlier ones, by reason. */
  brake: brakeSchema.optional(),
  /** The installation where it was set up, and another one about which an admin was asked (`engine/epoch/at-home`). */
  home: z.string().max(64).optional(),
  strangeHome: z.string().max(64).optional(),
  brakeAnswers: brakeAnswersSchema.optional(),
  /** End of the audit log's lane `admin`. */
  audit: connectionAuditSchema.optional(),
});
export type Connection = z.infer<typeof connectionSchema>;
