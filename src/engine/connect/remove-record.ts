/** Remove record: takes a rejected or deleted synchronization off the list, with its activity. */
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { removeConnection } from '../update-connection';
import { destroyContent } from './delete-connection';
import { requireConnection } from './require-connection';

const pageSize = 25;
/** What may be left after this many pages expires by itself. */
const mostPages = 40;

export async function removeRecord(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  const { phase, invitation } = row;
  const expired =
    phase === 'received' && invitation !== undefined && ports.clock.now() >= invitation.expiresAt;
  if (phase !== 'rejected' && phase !== 'deleted' && !expired) {
    throw new Refusal(
      'notPossible',
      'Only a rejected or deleted synchronization, or an expired invitation, can be taken off the list.',
    );
  }
  await destroyContent(ports, row.id);
  await removeActivity(ports, row.id);
  await removeConnection(ports, row.id);
}

async function removeActivity(ports: Ports, connection: string): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const request = { table: 'activity' as const, group: connection, limit: pageSize };
    const listed = await ports.store.list(cursor === undefined ? request : { ...request, cursor });
    if (listed.rows.length > 0) {
      await ports.store.transact(listed.rows.map(({ key }) => ({ op: 'delete', table: 'activity', key })));
    }
    cursor = listed.cursor;
    if (cursor === undefined) return;
  }
}
