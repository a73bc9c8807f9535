/** Reject: says no to an invitation; the inviter is told, however long that takes. */
import { type JoinerPhase, joinerTransition } from '#core/connection/joiner';
import { plainText } from '#core/connection/plain-text';
import { protocolVersion } from '#core/protocol/envelope';
import { rejectProof } from '#core/protocol/handshake';
import { Refusal } from '../errors';
import { destroySecrets, keyNameOf } from '../handshake/invitation-secrets';
import { ensureIdentity } from '../handshake/new-connection';
import { deliverParcel, keepParcel } from '../handshake/parcels';
import { heldSecret, isJoiner } from '../joiner/facts';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { requireConnection } from './require-connection';

const nonceBytes = 12;
const longestReason = 2_000;

/** The reason is optional and goes to the inviter as plain text. */
export async function reject(ports: Ports, request: { id: string; reason: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  const open = row.phase === 'received' || row.phase === 'joining';
  if (!isJoiner(row) || !open) throw answered();
  const reason = plainText(request.reason, longestReason);
  const parcel = await sealReject(ports, await ensureIdentity(ports, row), reason);
  let possible = false;
  await updateConnection(
    ports,
    row.id,
    (current) => {
      const phase = joinerTransition(current.phase as JoinerPhase, { type: 'reject' });
      possible = phase !== undefined;
      if (phase === undefined) return undefined;
      const said = reason === '' ? {} : { reason };
      return { ...current, phase, rejected: { at: ports.clock.now(), by: 'me', ...said } };
    },
    () => [
      ...parcel,
      activityRow(ports, row.id, { level: 'info', text: 'The invitation was rejected here.' }),
    ],
  );
  if (!possible) throw answered();
  await destroySecrets(ports, row.id);
  await deliverParcel(ports, row.id, 'reject');
}

/** Sealed and proved while key and secret still exist. */
async function sealReject(ports: Ports, row: Connection, reason: string): Promise<StoreOperation[]> {
  const held = await heldSecret(ports, row);
  const { endpoint, publicKey, keyId } = row.partner;
  if (held === undefined || endpoint === undefined || publicKey === undefined || keyId === undefined)
    return [];
  const nonce = ports.random.id(nonceBytes);
  const message = {
    v: protocolVersion,
    kind: 'reject',
    link: row.id,
    from: row.keyId,
    to: keyId,
    nonce,
    publicKey: row.publicKey,
    by: held.by,
    reason,
    proof: rejectProof(held.secret, row.id, row.keyId, nonce),
  };
  const sealed = await ports.sealer.seal(keyNameOf(row.id), publicKey, JSON.stringify(message));
  return [keepParcel(ports, { connection: row.id, kind: 'reject', endpoint, sealed })];
}

function answered(): Refusal {
  return new Refusal('notPossible', 'This invitation was answered already.');
}
