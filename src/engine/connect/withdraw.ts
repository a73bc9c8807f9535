/** Withdraw: takes back an invitation that was not accepted yet. */
import { inviterTransition } from '#core/connection/inviter';
import { protocolVersion } from '#core/protocol/envelope';
import { Refusal } from '../errors';
import { destroySecrets, keyNameOf } from '../handshake/invitation-secrets';
import { deliverParcel, keepParcel } from '../handshake/parcels';
import { isInviter, readState, writeState } from '../inviter/state';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { requireConnection } from './require-connection';

const nonceBytes = 12;

/** The code stops counting; a partner to whom it went by itself is told. */
export async function withdraw(ports: Ports, request: { id: string }): Promise<void> {
  const before = await requireConnection(ports, request.id);
  const parcel = await sealNotice(ports, before);
  let possible = false;
  await updateConnection(
    ports,
    request.id,
    (row) => {
      possible = false;
      if (!isInviter(row)) return undefined;
      const step = inviterTransition(readState(row), { type: 'withdrawn' });
      if (step.outcome !== 'taken') return undefined;
      possible = true;
      const at = ports.clock.now();
      return { ...writeState(row, step.state), deleted: { at, by: 'withdrawn', dropped: 0 } };
    },
    () => [
      ...parcel,
      activityRow(ports, request.id, { level: 'info', text: 'The invitation was withdrawn.' }),
    ],
  );
  if (!possible) {
    throw new Refusal(
      'notPossible',
      'The invitation was answered already. Delete the synchronization instead.',
    );
  }
  await destroySecrets(ports, request.id);
  if (parcel.length > 0) await deliverParcel(ports, request.id, 'withdrawn');
}

/** Sealed while the key still exists. */
async function sealNotice(ports: Ports, row: Connection): Promise<StoreOperation[]> {
  const sentTo = row.phase === 'invited' ? row.invitation?.sentTo : undefined;
  if (sentTo === undefined) return [];
  const receiver = await ports.sealer.readIdentity(sentTo.publicKey);
  if (receiver === undefined) return [];
  const notice = {
    v: protocolVersion,
    kind: 'withdrawn',
    link: row.id,
    from: row.keyId,
    to: receiver.id,
    nonce: ports.random.id(nonceBytes),
  };
  const sealed = await ports.sealer.seal(keyNameOf(row.id), receiver.publicKey, JSON.stringify(notice));
  return [keepParcel(ports, { connection: row.id, kind: 'withdrawn', endpoint: sentTo.endpoint, sealed })];
}
