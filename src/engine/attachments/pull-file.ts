/** Fetches the bytes of a partner's file, sealed range by sealed range. */
import { rangeAnswerSchema, rangeBytes } from '#core/protocol/attachment-operations';
import { protocolVersion } from '#core/protocol/envelope';
import { keyNameOf } from '../handshake/invitation-secrets';
import { sendSealed } from '../handshake/send-direct';
import { formRoom } from '../ports/site-files';
import { partnerOf } from '../stream/envelopes';
import type { Session } from '../stream/session';

/** Time that one range, or the upload after the last, may need, milliseconds. */
export const reserveMs = 12_000;

export type Pulled =
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  /** Not now: the partner or its Jira is busy, or our time is over. */
  | { kind: 'later'; why: string }
  | { kind: 'gone' };

/** All or nothing: nothing of a file is stored on the way. */
export async function pullFile(session: Session, attachment: string, size: number): Promise<Pulled> {
  const bytes = new Uint8Array(
    new ArrayBuffer(formRoom.before + size + formRoom.after),
    formRoom.before,
    size,
  );
  for (let offset = 0; offset < size; offset += rangeBytes) {
    if (session.ports.budget.remainingMs() < reserveMs) {
      return { kind: 'later', why: 'It takes longer to fetch than the app may work at a time.' };
    }
    const length = Math.min(rangeBytes, size - offset);
    const pulled = await pullRange(session, { attachment, offset, length });
    if (pulled.kind !== 'bytes') return pulled;
    if (pulled.bytes.byteLength !== length) return { kind: 'gone' };
    bytes.set(pulled.bytes, offset);
  }
  return { kind: 'bytes', bytes };
}

async function pullRange(
  { ports, connection }: Session,
  range: { attachment: string; offset: number; length: number },
): Promise<Pulled> {
  const partner = partnerOf(connection);
  if (partner === undefined) return { kind: 'later', why: 'The connection is not joined.' };
  const keyName = keyNameOf(connection.id);
  const nonce = ports.random.id(16);
  const ids = { link: connection.id, from: connection.keyId, to: partner.keyId };
  const request = JSON.stringify({ v: protocolVersion, kind: 'range', ...ids, nonce, ...range });
  const answer = await sendSealed(ports, {
    endpoint: partner.endpoint,
    message: {
      link: connection.id,
      kind: 'range',
      sealed: await ports.sealer.seal(keyName, partner.publicKey, request),
    },
    keys: { keyName, partnerKey: partner.publicKey },
    answer: rangeAnswerSchema,
  });
  if (answer.kind === 'refused') return { kind: 'later', why: "The partner's app did not answer." };
  if (answer.kind === 'unreachable') return { kind: 'later', why: answer.reason };
  const { link, from, to, re, data, refused } = answer.value;
  const isOurs = link === ids.link && from === ids.to && to === ids.from && re === nonce;
  if (!isOurs) return { kind: 'later', why: 'The answer belongs to another question.' };
  if (data !== undefined) return { kind: 'bytes', bytes: Buffer.from(data, 'base64') };
  return refused === 'gone' ? { kind: 'gone' } : { kind: 'later', why: "The partner's Jira is busy." };
}
