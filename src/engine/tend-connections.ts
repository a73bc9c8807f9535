/** Tends connections: what a sweep does for handshakes, notices and the directory, apart from issue data. */
import { shareCatalogIfDue } from './agree/share-catalog';
import { tellTermsIfDue } from './agree/tell-terms';
import { finishJoin } from './connect/accept';
import { registerSite } from './directory/register-site';
import { isAtHome } from './epoch/at-home';
import { deliverDueParcels } from './handshake/parcels';
import { sendWelcome } from './inviter/send-welcome';
import type { Ports } from './ports/ports';
import type { Connection } from './rows/connection';
import { listConnections } from './update-connection';

/** Stops in good order with this much time left. */
const reserveMs = 10_000;

/** Every step is safe to repeat and to miss. */
export async function tendConnections(ports: Ports): Promise<void> {
  await deliverDueParcels(ports);
  for (const row of await listConnections(ports)) {
    if (ports.budget.remainingMs() < reserveMs) return;
    await tend(ports, row);
  }
  await registerSite(ports);
}

async function tend(ports: Ports, row: Connection): Promise<void> {
  if (row.home !== undefined && !(await isAtHome(ports, row))) return;
  if (row.phase === 'joining') {
    if (row.role === 'primary') await sendWelcome(ports, row.id);
    else await finishJoin(ports, row);
  }
  if (row.phase === 'joined') {
    await shareCatalogIfDue(ports, row.id);
    await tellTermsIfDue(ports, row.id);
  }
}
