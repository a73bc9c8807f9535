/** The partner ended the connection. */
import { goodbyeSchema } from '#core/protocol/handshake';
import { keyNameOf } from '../handshake/invitation-secrets';
import { openPinned } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { destroyContent, ended } from './delete-connection';

/** True when it may be noted as received. Stands outside the stream: it counts whatever is still missing before it. */
export async function onGoodbyeMessage(ports: Ports, row: Connection, sealed: string): Promise<boolean> {
  if (row.phase === 'deleted') return true;
  const { publicKey, keyId } = row.partner;
  if (publicKey === undefined || keyId === undefined) return false;
  const own = { keyName: keyNameOf(row.id), keyId: row.keyId, link: row.id };
  const message = await openPinned(ports, own, { publicKey, keyId }, sealed, goodbyeSchema);
  if (message === undefined) return false;
  await endByPartner(ports, row, message.reason);
  return true;
}

/** Ends the connection here because the partner did. Safe to repeat. */
export async function endByPartner(
  ports: Ports,
  row: Connection,
  reason: 'deleted' | 'uninstalled',
): Promise<void> {
  const partner = row.partner.title ?? row.partner.siteUrl;
  const text =
    reason === 'deleted'
      ? `${partner} deleted the synchronization. The issues on both sites stay as they are.`
      : `The app was removed from ${partner}. The issues on both sites stay as they are.`;
  await updateConnection(
    ports,
    row.id,
    (current) => ended(current, { at: ports.clock.now(), by: 'partner', dropped: 0 }),
    () => [activityRow(ports, row.id, { level: 'warning', text })],
  );
  await destroyContent(ports, row.id);
}
