/** Sets the partner's values aside as a whole, with the reason, and reports them. */
import type { Held, Pair } from '#core/model/pair';
import { settlePair } from '#core/reconcile/settle-pair';
import type { IncomingUpdate } from '#core/reconcile/update-plan';
import type { AgreedMapping } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { Session } from '../stream/session';

export interface HoldWork {
  pair: Pair;
  update: IncomingUpdate;
  agreed: AgreedMapping | undefined;
  reason: string;
}

/** The values count as said, so both sites go on from the same; our issue keeps what it has. */
export async function holdValues(
  session: Session,
  { pair, update, agreed, reason }: HoldWork,
): Promise<Outcome> {
  const at = session.ports.clock.now();
  const settled = settlePair({ ...pair, inSeq: Math.max(pair.inSeq, update.seq) }, update.seen);
  const held: Record<string, Held> = { ...settled.held };
  for (const [slot, value] of Object.entries(update.values)) held[slot] = { side: 'here', value, reason, at };
  const after: Pair = { ...settled, held };
  putPair(session, after);
  const slots = Object.keys(update.values).map((slot) => ({ slot, reason }));
  session.say({ op: 'issue.held', pair: pair.pair, seq: update.seq, slots });
  await stagePairProblems(session, { pair: after, agreed, now: at });
  return done;
}
