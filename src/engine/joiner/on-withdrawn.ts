/** The joiner is told that an invitation which had come by itself was taken back. */
import { type JoinerPhase, joinerTransition } from '#core/connection/joiner';
import { withdrawnSchema } from '#core/protocol/handshake';
import { destroySecrets } from '../handshake/invitation-secrets';
import { openPinned } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { readConnection, updateConnection } from '../update-connection';
import { firstContactKey, isJoiner } from './facts';

/** True when it may be noted as received. Signed by the key that was offered, so nobody else can take it back. */
export async function onWithdrawn(ports: Ports, row: Connection, sealed: string): Promise<boolean> {
  const { publicKey, keyId } = row.partner;
  if (!isJoiner(row) || publicKey === undefined || keyId === undefined) return false;
  const { over } = row.invitation ?? {};
  const older = over === undefined ? undefined : await readConnection(ports, over);
  const own = { ...(await firstContactKey(ports, row, older)), link: row.id };
  const message = await openPinned(ports, own, { publicKey, keyId }, sealed, withdrawnSchema);
  if (message === undefined) return false;
  const after = await updateConnection(
    ports,
    row.id,
    (current) => {
      const phase = joinerTransition(current.phase as JoinerPhase, { type: 'withdrawn' });
      if (phase === undefined) return undefined;
      return { ...current, phase, deleted: { at: ports.clock.now(), by: 'withdrawn', dropped: 0 } };
    },
    () => [
      activityRow(ports, row.id, { level: 'warning', text: 'The invitation was withdrawn by the partner.' }),
    ],
  );
  if (after?.phase === 'deleted') await destroySecrets(ports, row.id);
  return true;
}
