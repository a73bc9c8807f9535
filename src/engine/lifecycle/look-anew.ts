/** A pair that was to end goes on: whatever changed meanwhile is looked at. */
import type { Pair } from '#core/model/pair';
import { putPair } from '../pairs/pairs';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';

export function lookAnew(session: Session, { ending: _over, ...pair }: Pair): void {
  putPair(session, pair);
  if (pair.local === undefined) return;
  const now = session.ports.clock.now();
  for (const aspect of ['fields', 'comments', 'files'] as const) {
    session.noteDirty(setDirty(session.id, pair.local.id, aspect, now));
  }
}
