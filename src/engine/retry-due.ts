/** Tries what waits here once more by itself: its cause may be gone without anybody telling the app. */
import { isRetryDue } from '#core/reconcile/is-retry-due';
import type { Ports } from './ports/ports';
import { issuelessId, setDirty } from './rows/dirty';
import { conflictSlot, type ProblemRow, problemRowSchema } from './rows/problem';

/** The sweep comes every five minutes: the first of an hour does this. */
const sweepMs = 300_000;
const hourMs = 3_600_000;
/** Rows that are looked at; and of these, how many are tried in one hour (25 operations are a transaction). */
const page = 100;
const mostAtOnce = 25;

/** Keys of the dirty rows that were written, for the wake-up. Costs nothing but once an hour, then one listing. */
export async function retryDue(ports: Ports, connection: string): Promise<string[]> {
  const now = ports.clock.now();
  if (now % hourMs >= sweepMs) return [];
  const listed = await ports.store.list({ table: 'problem', group: connection, limit: page });
  const rows = listed.rows.flatMap(({ key, body }) => {
    const row = problemRowSchema.parse(body);
    const subject = key.slice(connection.length + 1);
    return isDue(row, now) ? [{ row, subject }] : [];
  });
  const dirty = rows.slice(0, mostAtOnce).map(({ row, subject }) => {
    const { issueId = issuelessId(subject), comment } = row;
    return setDirty(connection, issueId, comment === undefined ? 'retry' : `recomment:${comment}`, now);
  });
  if (dirty.length > 0) await ports.store.transact(dirty);
  return dirty.map(({ key }) => key);
}

/** What waits for a decision, or over there, is not for us to try. */
function isDue({ items }: ProblemRow, now: number): boolean {
  return items.some(
    (item) => item.side === 'here' && conflictSlot(item) === undefined && isRetryDue(now - item.at),
  );
}
