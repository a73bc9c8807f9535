/** Drops all rows of a connection that ended; what a person may still want to read (activity) stays. */
import type { Ports } from './ports/ports';
import { type Table, workTables } from './ports/store';
import { rowKeys } from './rows/keys';
import { ordersGroup } from './rows/orders';
import { overwrittenGroup } from './rows/overwritten';
import { readStream } from './stream/rows';
import { appliedGroup } from './undo/rows';

/** Rows deleted in one transaction: half of what the Store port allows, because a host may keep a row in two parts. */
const page = 12;
/** Rows of a table that are dropped at most in one go; a repeat goes on. */
const mostPages = 2_000;

/** `dropped`: noted changes and messages that the partner has not stored. Safe to repeat. */
export async function dropConnectionData(ports: Ports, connection: string): Promise<{ dropped: number }> {
  const stream = await readStream(ports, connection);
  const unsent = stream === undefined ? 0 : stream.body.out.seq - stream.body.out.acked;
  let dropped = unsent;
  for (const table of workTables) {
    const count = await dropTable(ports, table, connection);
    if (table === 'dirty') dropped += count;
  }
  await dropTable(ports, 'problem', ordersGroup(connection));
  await dropTable(ports, 'activity', overwrittenGroup(connection));
  await dropTable(ports, 'activity', appliedGroup(connection));
  const keys = [rowKeys.stream(connection), rowKeys.incoming(connection), rowKeys.box(connection)];
  await ports.store.transact(keys.map((key) => ({ op: 'delete', table: 'stream', key })));
  return { dropped };
}

/** Listing lags: rows that are gone may show again, so a page that brings nothing new ends it. */
async function dropTable(ports: Ports, table: Table, group: string): Promise<number> {
  const gone = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const request = { table, group, limit: page };
    const listed = await ports.store.list(cursor === undefined ? request : { ...request, cursor });
    const keys = listed.rows.map((row) => row.key).filter((key) => !gone.has(key));
    if (keys.length > 0) {
      await ports.store.transact(keys.map((key) => ({ op: 'delete', table, key })));
      for (const key of keys) gone.add(key);
    }
    cursor = listed.cursor;
    if (cursor === undefined) break;
  }
  return gone.size;
}
