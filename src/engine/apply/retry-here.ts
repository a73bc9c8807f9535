/** Tries once more to write values of the partner that wait at one of our issues. */
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import { planRetry } from '#core/reconcile/plan-retry';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { writeSlots } from './write-slots';

export interface RetryWork {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
  values: SlotValues;
}

/** `again`: slots to offer although they did not change, so that the partner hears of it. */
export type Retried = { kind: 'retried'; pair: Pair; values: SlotValues; again: string[] } | Later;

export async function retryHere(session: Session, agreement: Agreement, work: RetryWork): Promise<Retried> {
  const { pair, agreed, issue, values } = work;
  const plan = planRetry(pair, agreed.mapping.fields, agreed.bound, agreement.role);
  if (Object.keys(plan.write).length === 0) return { kind: 'retried', pair, values, again: plan.again };
  const written = await writeSlots(session, agreement, agreed, { issue, pair, values: plan.write });
  if (written.kind === 'later') return written;
  if (written.kind === 'gone') return { kind: 'retried', pair, values, again: plan.again };
  const concluded = concludeUpdate(
    { pair, agreed: plan.write, write: plan.write, unbound: [], refused: [] },
    { before: values, after: written.after, refused: written.refused, at: session.ports.clock.now() },
  );
  const waiting = new Set(concluded.held.map(({ slot }) => slot));
  const taken = Object.keys(plan.write).filter((slot) => !waiting.has(slot));
  return { kind: 'retried', pair: concluded.pair, values: written.after, again: [...plan.again, ...taken] };
}
