/** Since when something may have been forgotten, and what the history of an issue says since then. */
import type { HistoryEntry } from '#core/model/history';
import type { Session } from '../stream/session';
import { mayHaveSaid } from './may-have-forgotten';

/** Clocks differ, and the newest thing that a memory holds need not be the newest that it knew of, milliseconds. */
const marginMs = 7_200_000;
/** For what is told when both know the rest again, and nobody remembers how old the backup was. */
const unknownMs = 86_400_000;

/** Milliseconds since the epoch. However old the partner says that its memory is: there was nothing before the connection. */
export function forgottenSince({ stream: { resync, epochs = [] }, connection }: Session): number {
  if (resync === undefined) return (epochs.at(-1) ?? 0) - unknownMs;
  const age = Math.max(resync.ageMs, resync.theirs?.ageMs ?? 0);
  return Math.max(resync.at - age, connection.createdAt) - marginMs;
}

export function changesSince(
  history: readonly HistoryEntry[] | undefined,
  since: number,
): HistoryEntry[] | undefined {
  return history?.filter(({ at }) => at >= since);
}

/** What a state says in the days after a loss of memory; nothing at any other time. */
export function recalledIn(
  session: Session,
  past: Readonly<Record<string, readonly string[]>> = {},
): { recalled?: { past: Readonly<Record<string, readonly string[]>>; since: number } } {
  return mayHaveSaid(session) ? { recalled: { past, since: forgottenSince(session) } } : {};
}
