/** Envelope: the numbered, chained wrapper around a batch of operations; what the seal protects. PROTOCOL.md explains it. */
import { z } from 'zod';
import { hashText } from './hash';
import { type Operation, operationSchema } from './operations';

/** Major version. A partner that speaks another one is told so, never guessed at. */
export const protocolVersion = 1 as const;

/** A batch carries at most this many operations; PROTOCOL.md section 4. */
const mostOperationsInBatch = 200;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const sequence = z.number().int().nonnegative();
const nonce = z.string().regex(/^[a-z0-9]{8,64}$/);

/**
 * A sender's life between two losses of memory: `n` grows, `id` is random, so that two lives never look alike. Its numbers
 * begin after `from`. `lost`: whose memory was, as far as the sender knew when it began.
 */
export const epochSchema = z.object({
  n: z.number().int().positive().max(1_000_000),
  id: z.string().min(8).max(64),
  from: z.number().int().nonnegative().max(1_000_000_000_000).optional(),
  lost: z.enum(['mine', 'yours']).optional(),
});
export type Epoch = z.infer<typeof epochSchema>;

/**
 * What the sender of this envelope has of the receiver's stream. `seq`: all up to here is stored for good, `ch`: the chain
 * there. `done`: all up to here is applied or reported as held; it counts only for a reader who has received every message
 * of this sender up to `at`, because the reports of what was held precede it.
 */
export const ackSchema = z.object({
  ep: epochSchema,
  seq: sequence,
  ch: sha256Hex,
  done: sequence,
  at: sequence,
});
export type Ack = z.infer<typeof ackSchema>;

export const envelopeSchema = z.object({
  v: z.literal(protocolVersion),
  /** The connection. Like `from` and `to` it is checked against the pinned facts: a seal does not name its receiver. */
  link: z.string().min(8).max(64),
  /** Key ids: SHA-256 of the primary public key packet. */
  from: sha256Hex,
  to: sha256Hex,
  ep: epochSchema,
  lane: z.literal('main'),
  /** 1, 2, 3 ... without holes within lane and epoch; 0 for `ctl`. */
  seq: sequence,
  /** Highest sequence sent so far: shows that the tail is missing. */
  hi: sequence,
  /** Chain at `seq`; for `ctl` the chain at `hi`. */
  ch: sha256Hex,
  ack: ackSchema.optional(),
  kind: z.enum(['batch', 'ctl']),
  /** With `ctl`: wants an answer that is made now and says `echo`. */
  probe: nonce.optional(),
  echo: nonce.optional(),
  /** The installation that sealed this, as a hash: a copy of a site has another one. */
  home: z.string().max(64).optional(),
  /** Sender's clock in milliseconds, for people only: nothing is decided by it. */
  created: z.number().int().nonnegative(),
  /** Largest sealed message in characters, and the features, which the sender takes. */
  cap: z.object({ bytes: z.number().int().positive(), features: z.array(z.string().max(64)).max(50) }),
  /** JSON text of `{ops: [...]}`, as text so that its hash is the same for every program that reads it. */
  body: z.string().max(4_000_000),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Text to seal. */
export function printEnvelope(envelope: Envelope): string {
  return JSON.stringify(envelope);
}

/** `newer`: the partner speaks a later major version; `broken`: not an envelope. */
export type ParsedEnvelope = { ok: true; envelope: Envelope } | { ok: false; why: 'newer' | 'broken' };

const versionOnly = z.object({ v: z.number().int() });

/** Reads what came out of a seal. */
export function parseEnvelope(text: string): ParsedEnvelope {
  const json = parseJson(text);
  const parsed = envelopeSchema.safeParse(json);
  if (parsed.success) return { ok: true, envelope: parsed.data };
  const version = versionOnly.safeParse(json);
  const newer = version.success && version.data.v > protocolVersion;
  return { ok: false, why: newer ? 'newer' : 'broken' };
}

/** The body of a batch; for a `ctl` without operations pass none. */
export function printBody(operations: readonly Operation[]): string {
  return JSON.stringify({ ops: operations });
}

/** One entry of a batch. What this version does not understand is set aside and reported; the stream goes on. */
export type BatchEntry =
  | { known: true; operation: Operation }
  | { known: false; op: string; pair: string | undefined };

const bodySchema = z.object({ ops: z.array(z.unknown()).max(mostOperationsInBatch) });
const anyOperation = z.object({ op: z.string().max(64), pair: z.string().max(64).optional() });

/** Undefined when the body as a whole is unreadable; then the envelope is broken although its seal is sound. */
export function parseBody(body: string): BatchEntry[] | undefined {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  return parsed.data.ops.map(readEntry);
}

function readEntry(raw: unknown): BatchEntry {
  const parsed = operationSchema.safeParse(raw);
  if (parsed.success) return { known: true, operation: parsed.data };
  const named = anyOperation.safeParse(raw);
  return named.success
    ? { known: false, op: named.data.op, pair: named.data.pair }
    : { known: false, op: 'unreadable', pair: undefined };
}

/** Chain before the first batch of an epoch. */
export function chainStart(link: string, epochId: string): string {
  return hashText(`${link}\n${epochId}`);
}

/** Chain after a batch: `ch[n] = SHA-256(ch[n-1] ‖ SHA-256(body))`, over the hex texts. */
export function chainNext(previous: string, body: string): string {
  return hashText(previous + hashText(body));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
