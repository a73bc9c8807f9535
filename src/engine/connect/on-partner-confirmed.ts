/** The admin over there compared the words and confirmed. */
import { shareCatalogIfDue } from '../agree/share-catalog';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import { updateConnection } from '../update-connection';

/** Safe to repeat. */
export async function onPartnerConfirmed(ports: Ports, id: string): Promise<void> {
  await updateConnection(
    ports,
    id,
    (row) =>
      row.confirmedThere !== undefined
        ? undefined
        : { ...row, confirmedThere: ports.clock.now(), catalogDue: row.confirmedHere !== undefined },
    () => [activityRow(ports, id, { level: 'info', text: 'The partner confirmed the words.' })],
  );
  await shareCatalogIfDue(ports, id);
}
