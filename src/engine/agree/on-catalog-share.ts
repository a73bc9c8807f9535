/** The partner showed its catalog. */
import type { ControlOperation } from '#core/protocol/operations';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import { updateConnection } from '../update-connection';
import { setPartnerCatalog } from './read-contract';
import { shareCatalogIfDue } from './share-catalog';

type CatalogShare = Extract<ControlOperation, { op: 'catalog.share' }>;

/** Keeps it; ours goes back if it is due. A repeat puts the same in the same place. */
export async function onCatalogShare(ports: Ports, id: string, operation: CatalogShare): Promise<void> {
  const at = ports.clock.now();
  const count = operation.catalog.projects.length;
  await updateConnection(
    ports,
    id,
    (row) => (row.confirmedHere === undefined || row.confirmedThere === undefined ? undefined : row),
    () => [
      setPartnerCatalog(id, operation.catalog, at),
      activityRow(ports, id, { level: 'info', text: `The partner shows ${count} projects.` }),
    ],
  );
  await shareCatalogIfDue(ports, id);
}
