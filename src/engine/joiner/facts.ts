/** What the joiner's row remembers of the invitation: which secret it holds and under which key it was reached. */

import { ensureInstallation } from '../handshake/installation';
import { keyNameOf, readSecrets } from '../handshake/invitation-secrets';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

/** True for rows that received an invitation. */
export function isJoiner(row: Connection): boolean {
  return row.role === 'secondary' && row.invitation !== undefined;
}

/** The one secret that came with the invitation. */
export async function heldSecret(
  ports: Ports,
  row: Connection,
): Promise<{ by: 'code' | 'ticket'; secret: string } | undefined> {
  const { code, ticket } = await readSecrets(ports, row.id);
  if (code !== undefined) return { by: 'code', secret: code };
  return ticket === undefined ? undefined : { by: 'ticket', secret: ticket };
}

/** The key with which the inviter can reach us before the join: the installation's, or the older connection's. */
export async function firstContactKey(
  ports: Ports,
  row: Connection,
  over: Connection | undefined,
): Promise<{ keyName: string; keyId: string }> {
  if (row.invitation?.via === 'known' && over !== undefined) {
    return { keyName: keyNameOf(over.id), keyId: over.keyId };
  }
  const { keyName, keyId } = await ensureInstallation(ports);
  return { keyName, keyId };
}
