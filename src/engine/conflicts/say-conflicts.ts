/** Tells the partner what our issue says of slots on which a person has to decide. */
import type { Pair } from '#core/model/pair';
import type { Told } from '#core/reconcile/conflicts';
import type { Session } from '../stream/session';

/** Said before anything of the same look that depends on it: the partner takes these slots out of its offer first. */
export function sayConflicts(session: Session, pair: Pair, told: readonly Told[]): void {
  if (told.length === 0) return;
  session.say({ op: 'issue.conflict', pair: pair.pair, seen: pair.inSeq, slots: [...told] });
}
