/** The list of synchronizations, and what its page needs to know of this site. */
import { registerSite } from '../directory/register-site';
import { refreshSite } from '../handshake/installation';
import type { Ports } from '../ports/ports';
import { listConnections } from '../update-connection';
import { type SynchronizationView, tellSynchronization } from './synchronization-view';

/** Newest first. Opening the list is also the first occasion to register with the directory. */
export async function listSynchronizations(ports: Ports): Promise<{
  site: { url: string; title: string };
  directory: boolean;
  synchronizations: SynchronizationView[];
}> {
  const site = await refreshSite(ports);
  await registerSite(ports);
  const rows = await listConnections(ports);
  const told = await Promise.all(rows.map((row) => tellSynchronization(ports, row)));
  return {
    site: { url: site.url, title: site.title },
    directory: ports.endpoints.directory() !== undefined,
    synchronizations: told.map(({ view }) => view).reverse(),
  };
}
