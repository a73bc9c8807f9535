/** Tries what waits here once more by itself: its cause may be gone without anybody telling the app. */
import { isRetryDue } from '#core/reconcile/is-retry-due';
import type { Ports } from './ports/ports';
import type { StoreOperation } from './ports/store';
import { lookAgain } from './retry-problems';
import { setDirty } from './rows/dirty';
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
  // Several rows of one issue may want the same look: a transaction names a key once.
  const dirty = new Map<string, StoreOperation>();
  for (const { key, body } of listed.rows) {
    const row = problemRowSchema.parse(body);
    const wanted = isDue(row, now) ? lookAgain(row, key.slice(connection.length + 1)) : undefined;
    if (wanted === undefined || dirty.size >= mostAtOnce) continue;
    const noted = setDirty(connection, wanted.issueId, wanted.aspect, now);
    dirty.set(noted.key, noted);
  }
  if (dirty.size > 0) await ports.store.transact([...dirty.values()]);
  return [...dirty.keys()];
}

/** What waits for a decision, or over there, is not for us to try. */
function isDue({ items }: ProblemRow, now: number): boolean {
  return items.some(
    (item) => item.side === 'here' && conflictSlot(item) === undefined && isRetryDue(now - item.at),
  );
}
