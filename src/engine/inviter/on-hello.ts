/** Answers whoever has an invitation code and asks whether it still counts. */
import { protocolVersion } from '#core/protocol/envelope';
import { type HelloAnswer, helloProof } from '#core/protocol/handshake';
import { ownFacts } from '../handshake/installation';
import { readSecrets } from '../handshake/invitation-secrets';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { isInviter } from './state';

/** Undefined when there is nothing to tell. The proof is left out where the secret is gone; the key is in the code as a hash. */
export async function onHello(
  ports: Ports,
  row: Connection,
  nonce: string,
): Promise<HelloAnswer | undefined> {
  if (!isInviter(row)) return undefined;
  const state = stateOf(row, ports.clock.now());
  const base = { v: protocolVersion, kind: 'hello', state } as const;
  const { code } = await readSecrets(ports, row.id);
  if (state === 'withdrawn' || code === undefined) return base;
  const answer = { ...base, publicKey: row.publicKey, site: await ownFacts(ports) };
  return { ...answer, mac: helloProof(code, nonce, answer) };
}

function stateOf(row: Connection, now: number): HelloAnswer['state'] {
  switch (row.phase) {
    case 'deleted':
      return row.deleted?.by === 'withdrawn' ? 'withdrawn' : 'used';
    case 'rejected':
      return 'rejected';
    case 'invited':
      if (row.invitation?.burned === true) return 'burned';
      return row.invitation !== undefined && now >= row.invitation.expiresAt ? 'expired' : 'open';
    default:
      return 'used';
  }
}
