/** The joiner accepts over there: sends its key, endpoint and site, with the proof that it was invited. */
import { protocolVersion } from '#core/protocol/envelope';
import { type JoinAnswer, joinAnswerSchema, joinProof } from '#core/protocol/handshake';
import { ownFacts } from '../handshake/installation';
import { keyNameOf } from '../handshake/invitation-secrets';
import { sendSealed } from '../handshake/send-direct';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { readConnection } from '../update-connection';
import { heldSecret } from './facts';

const nonceBytes = 12;

/** `unreachable`: nobody knows what became of it; sending again is safe. */
export type JoinResult =
  | { kind: 'joined' }
  | { kind: 'refused'; why: NonNullable<JoinAnswer['refused']> | 'unknown' }
  | { kind: 'unreachable'; reason: string };

/** The welcome comes in while this waits for its answer, through the partner webtrigger. */
export async function sendJoin(ports: Ports, row: Connection): Promise<JoinResult> {
  const held = await heldSecret(ports, row);
  const { endpoint, publicKey, keyId } = row.partner;
  if (held === undefined || endpoint === undefined || publicKey === undefined || keyId === undefined) {
    return { kind: 'refused', why: 'unknown' };
  }
  const nonce = ports.random.id(nonceBytes);
  const claims = {
    v: protocolVersion,
    kind: 'join' as const,
    link: row.id,
    from: row.keyId,
    to: keyId,
    nonce,
    publicKey: row.publicKey,
    site: await ownFacts(ports),
    by: held.by,
  };
  const join = { ...claims, proof: joinProof(held.secret, claims, keyId) };
  const keyName = keyNameOf(row.id);
  const sealed = await ports.sealer.seal(keyName, publicKey, JSON.stringify(join));
  const answer = await sendSealed(ports, {
    endpoint,
    message: { link: row.id, kind: 'join', sealed },
    keys: { keyName, partnerKey: publicKey },
    answer: joinAnswerSchema,
  });
  if (answer.kind === 'refused') return { kind: 'refused', why: 'unknown' };
  if (answer.kind === 'unreachable') return answer;
  return judge(ports, row, nonce, answer.value);
}

async function judge(ports: Ports, row: Connection, nonce: string, answer: JoinAnswer): Promise<JoinResult> {
  const bound =
    answer.re === nonce &&
    answer.link === row.id &&
    answer.from === row.partner.keyId &&
    answer.to === row.keyId;
  if (!bound) return { kind: 'unreachable', reason: 'The answer was not for this invitation.' };
  if (answer.refused === 'unreachable') {
    return { kind: 'unreachable', reason: 'Your partner could not reach this site back.' };
  }
  if (answer.refused !== undefined) return { kind: 'refused', why: answer.refused };
  const after = await readConnection(ports, row.id);
  if (after?.phase === 'joined') return { kind: 'joined' };
  return { kind: 'unreachable', reason: 'The welcome of your partner has not arrived yet.' };
}
