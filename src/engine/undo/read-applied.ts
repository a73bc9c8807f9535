/** Reads the rows of one applied message: a message that took several transactions has several. */
import type { Ports } from '../ports/ports';
import type { Row } from '../ports/store';
import { paddedRank } from '../rows/keys';
import { type Applied, appliedGroup, appliedSchema } from './rows';

const page = 100;

export interface Found {
  row: Row;
  applied: Applied;
}

/** None: the message changed nothing here, or its rows are not kept any more. `last`: a run of messages. */
export async function readApplied(ports: Ports, id: string, seq: number, last = seq): Promise<Found[]> {
  const found: Found[] = [];
  const bounds = { from: `${paddedRank(seq)}:`, to: `${paddedRank(last)}:~` };
  let cursor: string | undefined;
  do {
    const request = { table: 'activity' as const, group: appliedGroup(id), ...bounds, limit: page };
    const listed = await ports.store.list(cursor === undefined ? request : { ...request, cursor });
    for (const row of listed.rows) found.push({ row, applied: appliedSchema.parse(row.body) });
    cursor = listed.cursor;
  } while (cursor !== undefined);
  return found;
}
