/** An invitation that is sent again takes the place of the same one that was rejected or deleted here. */
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';

/** False when the row that is there is still in use: then it stays. */
export async function replaceFinished(ports: Ports, fresh: Connection): Promise<boolean> {
  let replaced = false;
  await updateConnection(ports, fresh.id, (row) => {
    const mine = row.role === 'secondary' && (row.phase === 'rejected' || row.phase === 'deleted');
    replaced = mine;
    return mine ? fresh : undefined;
  });
  return replaced;
}
