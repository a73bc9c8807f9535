/** Tries once more to write values of the partner that wait at one of our issues. */
import { pastValues } from '#core/mapping/slot-history';
import { equalValues } from '#core/merge/equal-values';
import type { Held, Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { type ConcludedUpdate, concludeUpdate } from '#core/reconcile/conclude-update';
import { planRetry } from '#core/reconcile/plan-retry';
import { keepOverwritten } from '../conflicts/keep-overwritten';
import { sayConflicts } from '../conflicts/say-conflicts';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import type { Later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { keepBetween } from './keep-between';
import { stageOverwritten } from './stage-overwritten';
import { writeSlots } from './write-slots';

export interface RetryWork {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
  values: SlotValues;
  /** False: nobody asked for it; only slots which people here edited since are tried. */
  isWanted: boolean;
}

/** `again`: slots to offer although they did not change, so that the partner hears of it. */
export type Retried = { kind: 'retried'; pair: Pair; values: SlotValues; again: string[] } | Later;

export async function retryHere(session: Session, agreement: Agreement, work: RetryWork): Promise<Retried> {
  const { agreed, issue, values, isWanted } = work;
  const { here } = lookAround(session, agreement, agreed);
  const past = pastValues(agreed.mapping.fields, agreed.binding, issue.history, { here });
  const plan = planRetry({
    pair: work.pair,
    fields: agreed.mapping.fields,
    bound: agreed.bound,
    role: agreement.role,
    local: values,
    localAt: issue.updatedAt,
    past,
    isWanted,
  });
  const { pair } = plan;
  sayConflicts(session, pair, plan.asked);
  if (plan.overwritten.length > 0) {
    // Durable before the write, as in `applyValues`.
    await keepOverwritten(session, agreed, pair, plan.overwritten);
    await stageOverwritten(session, agreed, issue.key, plan.overwritten);
    await session.commit();
  }
  if (Object.keys(plan.write).length === 0) return { kind: 'retried', pair, values, again: plan.again };
  const written = await writeSlots(session, agreement, agreed, {
    issue,
    pair,
    values: due(plan.write, values),
  });
  if (written.kind === 'later') return written;
  if (written.kind === 'gone') return { kind: 'retried', pair, values, again: plan.again };
  await keepBetween(session, agreed, { pair, issueKey: issue.key }, written.between);
  const concluded = concludeUpdate(
    { pair, agreed: plan.agreed, write: plan.write, unbound: [], refused: [] },
    { before: values, after: written.after, refused: written.refused, at: session.ports.clock.now() },
  );
  const waiting = concluded.held.map(({ slot }) => slot);
  const taken = Object.keys(plan.write).filter((slot) => !waiting.includes(slot));
  const after = {
    ...concluded.pair,
    held: { ...concluded.pair.held, ...stillWaiting(pair, concluded, waiting) },
  };
  // An edit that could not be merged with what waits is not offered alone: that would take the waiting value back.
  const offerable = Object.fromEntries(
    Object.entries(written.after).filter(([slot]) => !waiting.includes(slot)),
  );
  return { kind: 'retried', pair: after, values: offerable, again: [...plan.again, ...taken] };
}

/** The partner may have taken back by now what it had said: our issue holds it already. */
function due(write: SlotValues, present: SlotValues): SlotValues {
  return Object.fromEntries(
    Object.entries(write).filter(([slot, value]) => !equalValues(present[slot], value)),
  );
}

/** What was refused again keeps the value that both sites know, and what our issue held when it was set aside. */
function stillWaiting(
  before: Pair,
  { pair }: ConcludedUpdate,
  slots: readonly string[],
): Record<string, Held> {
  const held: Record<string, Held> = {};
  for (const slot of slots) {
    const old = before.held[slot];
    const fresh = pair.held[slot];
    if (old !== undefined && fresh !== undefined) held[slot] = { ...old, reason: fresh.reason, at: fresh.at };
  }
  return held;
}
