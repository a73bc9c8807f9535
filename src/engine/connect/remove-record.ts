/** Remove record: takes a rejected or deleted synchronization off the list, with its activity. */
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { removeConnection } from '../update-connection';
import { destroyContent } from './delete-connection';
import { requireConnection } from './require-connection';

const pageSize = 25;
/** Ends in good order with this much time left, milliseconds. */
const reserveMs = 5_000;

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

/** The audit log does not expire by itself, so the record stays until all of it is gone. Listing lags: what is gone may show again. */
async function removeActivity(ports: Ports, connection: string): Promise<void> {
  const gone = new Set<string>();
  let cursor: string | undefined;
  do {
    if (ports.budget.remainingMs() < reserveMs) {
      throw new Refusal('unavailable', 'There is much to remove. Choose Remove record again to go on.');
    }
    const request = { table: 'activity' as const, group: connection, limit: pageSize };
    const listed = await ports.store.list(cursor === undefined ? request : { ...request, cursor });
    const keys = listed.rows.map(({ key }) => key).filter((key) => !gone.has(key));
    if (keys.length > 0) {
      await ports.store.transact(keys.map((key) => ({ op: 'delete', table: 'activity', key })));
      for (const key of keys) gone.add(key);
    }
    cursor = listed.cursor;
  } while (cursor !== undefined);
}
