/** New connection rows: the facts that both halves of the handshake start from. */
import type { Role } from '#core/model/role';
import type { Scope } from '#core/model/scope';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { keyNameOf } from './invitation-secrets';

/** What differs between an invitation sent and one received. */
export interface NewConnection {
  id: string;
  name: string;
  description: string;
  role: Role;
  createdBy: string;
  partner: Connection['partner'];
  invitation: NonNullable<Connection['invitation']>;
  scope?: Scope;
}

/**
 * The row, not stored yet and without an identity: `ensureIdentity` makes that once the row is claimed, so that two
 * messages which bring the same invitation at once cannot overwrite each other's key.
 */
export function newConnection(ports: Ports, facts: NewConnection): Connection {
  const now = ports.clock.now();
  return {
    ...facts,
    phase: facts.role === 'primary' ? 'invited' : 'received',
    createdAt: now,
    updatedAt: now,
    keyId: '',
    publicKey: '',
    bindings: [],
    agreedRevision: 0,
    latestRevision: 0,
    startWhenAgreed: true,
    run: { here: 'stopped', there: 'stopped', since: now },
    existing: { mode: 'new' },
  };
}

/** Makes the connection's own identity where it has none yet, and gives the row with it. */
export async function ensureIdentity(ports: Ports, row: Connection): Promise<Connection> {
  if (row.keyId !== '') return row;
  const { id, publicKey } = await ports.sealer.createIdentity(keyNameOf(row.id));
  const after = await updateConnection(ports, row.id, (current) => ({ ...current, keyId: id, publicKey }));
  if (after === undefined) throw new Error(`Connection ${row.id} vanished.`);
  return after;
}
