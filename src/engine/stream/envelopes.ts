/** Seals and opens the envelopes of one connection, and checks that an opened one is exactly from the partner to us. */
import {
  type Ack,
  type Envelope,
  parseEnvelope,
  printBody,
  printEnvelope,
  protocolVersion,
} from '#core/protocol/envelope';
import { ownHome } from '../epoch/at-home';
import { keyNameOf } from '../handshake/invitation-secrets';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { longestSealed } from '../rows/outbox';
import type { Incoming, Stream } from '../rows/stream';

const noOperations = printBody([]);

/** What a connection needs before anything can be said on its stream. */
export interface Partner {
  endpoint: string;
  publicKey: string;
  keyId: string;
}

/** The pinned facts of the partner; undefined before the handshake is done and after the connection ended. */
export function partnerOf({ phase, partner }: Connection): Partner | undefined {
  const { endpoint, publicKey, keyId } = partner;
  if (phase !== 'joined' || endpoint === undefined || publicKey === undefined || keyId === undefined) return;
  return { endpoint, publicKey, keyId };
}

/** What we have of the partner's stream; undefined before its first message. */
export function acknowledgement(stream: Stream, incoming: Incoming): Ack | undefined {
  if (incoming.ep === undefined) return undefined;
  return {
    ep: incoming.ep,
    seq: incoming.seq,
    ch: incoming.ch,
    done: Math.min(stream.in.applied, incoming.seq),
    // Reports of held values are cut in the same transaction in which `applied` moves, so all of them are up to here.
    at: stream.out.seq,
  };
}

export type Content =
  | { kind: 'batch'; seq: number; ch: string; body: string }
  /** Asks for an answer that is made now, or is one. */
  | { probe?: string; echo?: string };

/** Seals a batch, or else a message that only carries the acknowledgement. */
export async function sealEnvelope(
  ports: Ports,
  connection: Connection,
  rows: { stream: Stream; incoming: Incoming },
  content?: Content,
): Promise<string> {
  const partner = partnerOf(connection);
  if (partner === undefined) throw new Error(`Connection ${connection.id}: sealing without a partner.`);
  const { stream, incoming } = rows;
  const ack = acknowledgement(stream, incoming);
  const envelope: Envelope = {
    v: protocolVersion,
    link: connection.id,
    from: connection.keyId,
    to: partner.keyId,
    ep: stream.ep,
    lane: 'main',
    kind: 'ctl',
    seq: 0,
    ch: stream.out.ch,
    body: noOperations,
    ...content,
    hi: stream.out.seq,
    ...(ack === undefined ? {} : { ack }),
    created: ports.clock.now(),
    home: ownHome(ports),
    cap: { bytes: longestSealed, features: [] },
  };
  return ports.sealer.seal(keyNameOf(connection.id), partner.publicKey, printEnvelope(envelope));
}

/** `why` is for the activity log. */
export type Opened = { ok: true; envelope: Envelope } | { ok: false; why: string };

/** Opens what claims to be from the partner. The seal proves who signed; the fields prove for whom and which connection. */
export async function openEnvelope(ports: Ports, connection: Connection, sealed: string): Promise<Opened> {
  const partner = partnerOf(connection);
  if (partner === undefined) return { ok: false, why: 'The connection is not joined.' };
  const opened = await ports.sealer.open(keyNameOf(connection.id), partner.publicKey, sealed);
  if (!opened.ok) return { ok: false, why: sealFaults[opened.why] };
  const parsed = parseEnvelope(opened.text);
  if (!parsed.ok) {
    return {
      ok: false,
      why:
        parsed.why === 'newer'
          ? 'The partner uses a newer version of the protocol: update this app.'
          : 'A sealed message could not be read.',
    };
  }
  const { link, from, to } = parsed.envelope;
  const isOurs = link === connection.id && from === partner.keyId && to === connection.keyId;
  return isOurs ? parsed : { ok: false, why: 'A sealed message was meant for somebody else.' };
}

const sealFaults = {
  stranger: 'A message was not signed with the key of the partner.',
  notForMe: 'A message was not sealed for this site.',
  broken: 'A message was not sealed at all.',
  tooBig: 'A message was too big.',
} as const;
