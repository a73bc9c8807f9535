/** Farewell: the app is being removed from this site; every partner is told, as far as the time allows. */
import type { Ports } from '../ports/ports';
import { listConnections } from '../update-connection';
import { endConnection } from './delete-connection';
import { withdraw } from './withdraw';

/** Leaves time to end in good order. */
const reserveMs = 5_000;

export async function farewell(ports: Ports): Promise<void> {
  for (const row of await listConnections(ports)) {
    if (ports.budget.remainingMs() < reserveMs) return;
    if (row.phase === 'joined' || row.phase === 'joining') await endConnection(ports, row, 'uninstalled');
    if (row.phase === 'invited') await withdraw(ports, { id: row.id });
  }
}
