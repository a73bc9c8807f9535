/** Lists the rows of what hangs on the issue of a pair. */
import type { Session } from '../stream/session';

/** Rows listed at once. */
const page = 100;

/** `name`: of the twin, with the prefix of its kind. */
export interface TwinRow {
  name: string;
  body: unknown;
}

/** May miss what was written a moment ago. */
export async function listTwinRows(
  session: Session,
  table: 'attachmentTwin' | 'commentTwin',
  pair: string,
): Promise<TwinRow[]> {
  const found: TwinRow[] = [];
  let cursor: string | undefined;
  do {
    const request = { table, group: session.id, from: `${pair}:`, to: `${pair}:~`, limit: page } as const;
    const listed = await session.ports.store.list(cursor === undefined ? request : { ...request, cursor });
    for (const { key, body } of listed.rows) found.push({ name: key.slice(session.id.length + 1), body });
    cursor = listed.cursor;
  } while (cursor !== undefined);
  return found;
}
