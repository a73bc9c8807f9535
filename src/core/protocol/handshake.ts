/** Handshake messages: what two sites say to each other outside the numbered stream. PROTOCOL.md tells their order. */
import { z } from 'zod';
import { isEndpoint } from '../connection/endpoint';
import { protocolVersion } from './envelope';
import { authenticate } from './hash';

const linkId = z.string().min(8).max(64);
const keyId = z.string().regex(/^[0-9a-f]{64}$/);
const nonce = z.string().regex(/^[a-z0-9]{8,64}$/);
const proof = z.string().regex(/^[0-9a-f]{64}$/);
const publicKey = z.string().max(10_000);
const endpoint = z.string().refine(isEndpoint);
const siteUrl = z.string().max(255);

/** Kinds of the outer text, in clear and a hint only. `stream` carries envelopes; the others are answered at once. */
const outerKinds = [
  'stream',
  'hello',
  'join',
  'welcome',
  'reject',
  'invite',
  'introduce',
  'withdrawn',
  'goodbye',
  'range',
] as const;

/** What a webtrigger of this app takes. `nonce` belongs to `hello`, `sealed` to all others. */
export const outerSchema = z.object({
  v: z.literal(protocolVersion),
  link: linkId,
  kind: z.enum(outerKinds),
  sealed: z.string().max(2_000_000).optional(),
  nonce: nonce.optional(),
});
export type Outer = z.infer<typeof outerSchema>;

/** Checked in every sealed message: a seal does not name its receiver. */
const bound = { v: z.literal(protocolVersion), link: linkId, from: keyId, to: keyId, nonce };

/** The site behind an endpoint, as it says itself; shown as plain text. */
const siteFactsSchema = z.object({
  endpoint,
  siteUrl,
  siteId: z.string().max(255),
  title: z.string().max(255),
});
export type SiteFacts = z.infer<typeof siteFactsSchema>;

/** State of an invitation, as its inviter tells whoever knows its link. */
const invitationStateSchema = z.enum(['open', 'used', 'expired', 'burned', 'rejected', 'withdrawn']);

/** Answer to `hello`, in clear: the key's hash is in the code, `mac` proves the rest by the code's secret. */
export const helloAnswerSchema = z.object({
  v: z.literal(protocolVersion),
  kind: z.literal('hello'),
  state: invitationStateSchema,
  publicKey: publicKey.optional(),
  site: siteFactsSchema.optional(),
  mac: proof.optional(),
});
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;

/** Joiner to inviter: I accept. `by`: which secret the proof is made with. */
export const joinSchema = z.object({
  ...bound,
  kind: z.literal('join'),
  publicKey,
  site: siteFactsSchema,
  by: z.enum(['code', 'ticket']),
  proof,
});
export type Join = z.infer<typeof joinSchema>;

/** Sealed answer to a join. `unreachable`: the welcome did not get through; try again. */
export const joinAnswerSchema = z.object({
  ...bound,
  kind: z.literal('joined'),
  re: nonce,
  refused: z
    .enum([
      'wrongSecret',
      'burned',
      'expired',
      'used',
      'rejected',
      'withdrawn',
      'wrongSite',
      'unreachable',
      'notPossible',
    ])
    .optional(),
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

/** Inviter to the joiner's endpoint, which it proves thereby. */
export const welcomeSchema = z.object({ ...bound, kind: z.literal('welcome'), site: siteFactsSchema, proof });
/** Sealed answer to a welcome. */
export const confirmSchema = z.object({ ...bound, kind: z.literal('confirm'), re: nonce });

/** Joiner to inviter: no. By the key that it would have joined with. */
export const rejectSchema = z.object({
  ...bound,
  kind: z.literal('reject'),
  publicKey,
  by: z.enum(['code', 'ticket']),
  reason: z.string().max(2_000),
  proof,
});

/**
 * Invitation that travels by itself. As `invite` it is signed by the installation that the directory names for the
 * inviter's site; as `introduce` it comes over an older connection, which vouches for `publicKey`. The ticket is a secret
 * of its own, so that whoever the directory named never passes for somebody who was given the code.
 */
export const inviteSchema = z.object({
  ...bound,
  kind: z.enum(['invite', 'introduce']),
  /** The connection that is offered; for `introduce` another one than `link`. */
  offer: linkId,
  publicKey,
  /** Key of the signing installation; for `invite` only. */
  installation: publicKey.optional(),
  site: siteFactsSchema,
  expectedSite: siteUrl,
  name: z.string().min(1).max(255),
  ticket: z.string().regex(/^[0-9a-f]{32}$/),
  expires: z.number().int().positive(),
});
export type Invite = z.infer<typeof inviteSchema>;

/** Answer to an invite, in clear. */
export const inviteAnswerSchema = z.object({
  v: z.literal(protocolVersion),
  kind: z.literal('invite'),
  result: z.enum(['received', 'full', 'blocked', 'notThisSite', 'unknownInviter']),
});

/** Inviter to whoever was invited by itself: taken back. */
export const withdrawnSchema = z.object({ ...bound, kind: z.literal('withdrawn') });
/** Either side: the connection is deleted here. Stands outside the stream because it outlives keys and sequences. */
export const goodbyeSchema = z.object({
  ...bound,
  kind: z.literal('goodbye'),
  reason: z.enum(['deleted', 'uninstalled']),
});

/** Answer to a parcel (reject, withdrawn, goodbye): `of` is the SHA-256 of the sealed text. */
export const notedSchema = z.object({
  v: z.literal(protocolVersion),
  kind: z.literal('noted'),
  of: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Proof of the joiner: all that it claims, under the secret it was given. */
export function joinProof(secret: string, join: Omit<Join, 'proof'>, inviterKey: string): string {
  const { site } = join;
  return prove(secret, 'join', [
    join.link,
    inviterKey,
    join.from,
    site.endpoint,
    site.siteUrl,
    site.siteId,
    join.nonce,
  ]);
}

/** Proof of the inviter, over both keys and both endpoints. */
export function welcomeProof(
  secret: string,
  facts: { link: string; inviter: string; joiner: string; from: string; to: string; nonce: string },
): string {
  return prove(secret, 'welcome', [
    facts.link,
    facts.inviter,
    facts.joiner,
    facts.from,
    facts.to,
    facts.nonce,
  ]);
}

/** Proof that a reject comes from whoever was invited. */
export function rejectProof(secret: string, link: string, joiner: string, nonceText: string): string {
  return prove(secret, 'reject', [link, joiner, nonceText]);
}

/** Proof that a hello is answered by whoever made the code. */
export function helloProof(secret: string, nonceText: string, answer: Omit<HelloAnswer, 'mac'>): string {
  const { site } = answer;
  return prove(secret, 'hello', [
    nonceText,
    answer.state,
    answer.publicKey ?? '',
    site?.endpoint ?? '',
    site?.siteUrl ?? '',
    site?.siteId ?? '',
    site?.title ?? '',
  ]);
}

/** The label keeps a proof of one message from passing for another's. JSON keeps the parts apart. */
function prove(secret: string, label: string, parts: string[]): string {
  return authenticate(secret, JSON.stringify([`concord ${protocolVersion} ${label}`, ...parts]));
}
