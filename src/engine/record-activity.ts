/** Writes the activity log: what an admin reads to know what happened. */
import type { Ports } from './ports/ports';
import type { StoreOperation } from './ports/store';
import { type Activity, activityTtlDays } from './rows/activity';
import { paddedRank } from './rows/keys';

const idBytes = 8;
const longestText = 2_000;

/** Adds a line. */
export async function recordActivity(
  ports: Ports,
  connection: string,
  entry: Omit<Activity, 'at'>,
): Promise<void> {
  await ports.store.transact([activityRow(ports, connection, entry)]);
}

/** The same as an operation, to be written together with the change that it tells of. */
export function activityRow(ports: Ports, connection: string, entry: Omit<Activity, 'at'>): StoreOperation {
  const at = ports.clock.now();
  const id = ports.random.id(idBytes);
  return {
    op: 'set',
    table: 'activity',
    key: `${connection}:${id}`,
    body: { ...entry, text: entry.text.slice(0, longestText), at },
    group: connection,
    rank: `${paddedRank(at)}:${id}`,
    ttlDays: activityTtlDays,
  };
}

/** Adds a line unless the same `topic` was noted in the present hour: strangers must not fill the log. */
export async function recordActivityOnce(
  ports: Ports,
  connection: string,
  topic: string,
  entry: Omit<Activity, 'at'>,
): Promise<void> {
  const hour = Math.floor(ports.clock.now() / 3_600_000);
  const key = `${connection}:${topic}:${hour}`;
  if ((await ports.store.get('activity', key)) !== undefined) return;
  const row = activityRow(ports, connection, entry);
  await ports.store.transact([{ ...row, key, if: { absent: true } } as StoreOperation]);
}
