/** Delete: ends a connection from this side; the goodbye outlives the record, keys and contract do not. */
import { protocolVersion } from '#core/protocol/envelope';
import { forgetContract } from '../agree/forget-contract';
import { keepAuditEnd } from '../audit/keep-audit-end';
import { dropConnectionData } from '../drop-connection-data';
import { ownHome } from '../epoch/at-home';
import { Refusal } from '../errors';
import { destroySecrets, keyNameOf } from '../handshake/invitation-secrets';
import { deliverParcel, keepParcel } from '../handshake/parcels';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { requireConnection } from './require-connection';
import { withdraw } from './withdraw';

const nonceBytes = 12;
type Reason = 'deleted' | 'uninstalled';

/** An invitation that is still out is withdrawn; one that waits here is to be rejected instead. */
export async function deleteConnection(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  switch (row.phase) {
    case 'invited':
      return withdraw(ports, request);
    case 'received':
      throw new Refusal('notPossible', 'This invitation waits for your answer: accept or reject it.');
    case 'rejected':
    case 'deleted':
      throw new Refusal(
        'notPossible',
        'There is nothing left to delete. Choose Remove record to take it off the list.',
      );
    default:
      return endConnection(ports, row, 'deleted');
  }
}

/** Stops, tells the partner, and destroys. */
export async function endConnection(ports: Ports, row: Connection, reason: Reason): Promise<void> {
  const parcel = await sealGoodbye(ports, row, reason);
  // Stopped and told first, in one transaction; what follows can be repeated by Remove record.
  await updateConnection(
    ports,
    row.id,
    (current) => ended(current, { at: ports.clock.now(), by: 'me', dropped: 0 }),
    () => parcel,
  );
  await destroyContent(ports, row.id);
  await deliverParcel(ports, row.id, 'goodbye');
}

/** The row after its end, whoever ended it; undefined when it has ended before. */
export function ended(row: Connection, deleted: NonNullable<Connection['deleted']>): Connection | undefined {
  if (row.phase === 'deleted') return undefined;
  const { proposal: _proposal, brake: _brake, catalogDue: _catalog, termsDue: _terms, ...rest } = row;
  const run = { ...row.run, here: 'stopped' as const, there: 'stopped' as const };
  return { ...rest, phase: 'deleted', deleted, bindings: [], agreedRevision: 0, latestRevision: 0, run };
}

/** Keys, contract and all data of the connection; what was not sent is counted in the row and told. Safe to repeat. */
export async function destroyContent(ports: Ports, id: string): Promise<void> {
  await destroySecrets(ports, id);
  await forgetContract(ports, id);
  await keepAuditEnd(ports, id);
  const { dropped } = await dropConnectionData(ports, id);
  await updateConnection(
    ports,
    id,
    (row) =>
      row.deleted === undefined || dropped === 0
        ? undefined
        : { ...row, deleted: { ...row.deleted, dropped } },
    () => [
      activityRow(ports, id, {
        level: 'warning',
        text: `${dropped} changes had not been sent and were dropped.`,
      }),
    ],
  );
}

async function sealGoodbye(ports: Ports, row: Connection, reason: Reason): Promise<StoreOperation[]> {
  const text =
    reason === 'deleted' ? 'The synchronization was deleted here.' : 'The app was removed from this site.';
  const note = activityRow(ports, row.id, { level: 'warning', text });
  // From a copy of the site a goodbye would end what the original goes on with.
  if (row.home !== undefined && row.home !== ownHome(ports)) return [note];
  const { endpoint, publicKey, keyId } = row.partner;
  if (row.keyId === '' || endpoint === undefined || publicKey === undefined || keyId === undefined)
    return [note];
  const nonce = ports.random.id(nonceBytes);
  const message = {
    v: protocolVersion,
    kind: 'goodbye',
    link: row.id,
    from: row.keyId,
    to: keyId,
    nonce,
    reason,
  };
  const sealed = await ports.sealer.seal(keyNameOf(row.id), publicKey, JSON.stringify(message));
  return [note, keepParcel(ports, { connection: row.id, kind: 'goodbye', endpoint, sealed })];
}
