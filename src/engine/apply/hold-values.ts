/** Sets the partner's values aside as a whole, with the reason, and reports them. */
import type { Held, Pair } from '#core/model/pair';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import { planHold } from '#core/reconcile/plan-hold';
import { settlePair } from '#core/reconcile/settle-pair';

import type { IncomingUpdate } from '#core/reconcile/update-plan';
import { keepOverwritten } from '../conflicts/keep-overwritten';
import { sayConflicts } from '../conflicts/say-conflicts';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { Session } from '../stream/session';
import { fieldsToMerge } from './merge-terms';
import { stageOverwritten } from './stage-overwritten';

export interface HoldWork {
  pair: Pair;
  update: IncomingUpdate;
  state?: { ask: boolean };
  agreed: AgreedMapping | undefined;
  reason: string;
}

/** The values count as said, so both sites go on from the same; our issue keeps what it has. */
export async function holdValues(session: Session, agreement: Agreement, work: HoldWork): Promise<Outcome> {
  const { pair, update, agreed, reason } = work;
  if (agreed === undefined) return holdUnread(session, work);
  const plan = planHold({
    pair,
    update,
    asks: work.state?.ask === true,
    fields: await fieldsToMerge(session, agreed, pair),
    bound: agreed.bound,
    role: agreement.role,
  });
  if (plan.kind !== 'apply') {
    putPair(session, plan.pair);
    return done;
  }
  const { overwritten } = plan;
  if (overwritten.length > 0) {
    // What gives way to a value that waits is not heard of again when that is written.
    await keepOverwritten(session, agreed, pair, overwritten);
    await stageOverwritten(session, agreed, pair.local?.key ?? 'an issue', overwritten);
  }
  const at = session.ports.clock.now();
  const before = pair.open?.values ?? {};
  const refused = Object.fromEntries(Object.keys(plan.write).map((slot) => [slot, reason]));
  const concluded = concludeUpdate(plan, { before, after: before, refused, at });
  putPair(session, concluded.pair);
  if (pair.left?.here === undefined) sayConflicts(session, concluded.pair, plan.asked);
  report(session, work, concluded.held);
  await stagePairProblems(session, { pair: concluded.pair, agreed, now: at });
  return done;
}

/** Without an agreement on the fields nothing can be merged. */
async function holdUnread(session: Session, { pair, update, reason }: HoldWork): Promise<Outcome> {
  const at = session.ports.clock.now();
  const settled = settlePair({ ...pair, inSeq: Math.max(pair.inSeq, update.seq) }, update.seen);
  const held: Record<string, Held> = { ...settled.held };
  for (const [slot, value] of Object.entries(update.values)) held[slot] = { side: 'here', value, reason, at };
  const after: Pair = { ...settled, held };
  putPair(session, after);
  const slots = Object.keys(update.values).map((slot) => ({ slot, reason }));
  report(session, { pair, update }, slots);
  await stagePairProblems(session, { pair: after, agreed: undefined, now: at });
  return done;
}

function report(
  session: Session,
  { pair, update }: Pick<HoldWork, 'pair' | 'update'>,
  slots: { slot: string; reason: string }[],
): void {
  if (slots.length > 0) session.say({ op: 'issue.held', pair: pair.pair, seq: update.seq, slots });
}
