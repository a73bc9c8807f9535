/** Writes into our issue what people decided: the answer to a conflict, or a value that was overwritten. */
import { equalValues } from '#core/merge/equal-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { withoutConflicts } from '#core/reconcile/conflicts';
import { withoutWalk } from '#core/reconcile/half-way';
import { type OrdersPlan, planOrders } from '#core/reconcile/plan-orders';
import { keepBetween } from '../apply/keep-between';
import { readable, type Written, writeSlots } from '../apply/write-slots';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import { labelOf } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import { activityRow } from '../record-activity';
import { rowKeys } from '../rows/keys';
import { type Orders, ordersSchema } from '../rows/orders';
import type { Session } from '../stream/session';
import { takeBackComments } from '../undo/take-back-comments';
import { type Kept, keepOverwritten } from './keep-overwritten';

export interface OrdersWork {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
  values: SlotValues;
}

/** `resolves`: conflicts that ended so; their values are to be offered. */
export type Ordered = { kind: 'ordered'; pair: Pair; values: SlotValues; resolves: string[] } | Later;

/**
 * Nothing is offered here: what was written differs from what both agreed on, and goes out as any edit does. What Jira refuses
 * is told in the log, and its conflict stays open. Writing twice is writing once.
 */
export async function carryOutOrders(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue, values }: OrdersWork,
): Promise<Ordered> {
  const orders = await readOrders(session, pair);
  if (orders === undefined) return { kind: 'ordered', pair, values, resolves: [] };
  const { written, plan } = await writeOrders(session, agreement, { pair, agreed, issue, values }, orders);
  if (written.kind === 'later') return written;
  const failed = await takeBackComments(session, pair, orders.comments ?? []);
  if (failed !== undefined) return failed;
  session.rows.remove('problem', rowKeys.orders(session.id, pair.pair));
  const refused: Record<string, string> = { ...plan.refused };
  if (written.kind === 'gone') for (const slot of Object.keys(plan.write)) refused[slot] = written.reason;
  else Object.assign(refused, written.refused);
  noteRefused(session, agreed, issue.key, refused);
  const resolves = plan.resolves.filter((slot) => refused[slot] === undefined);
  const after = written.kind === 'gone' ? values : written.after;
  return {
    kind: 'ordered',
    pair: withoutConflicts(withoutWalk(pair, plan.write), resolves),
    values: after,
    resolves,
  };
}

/**
 * What people wrote between our reading and our writing counts as if it had been read: whoever decided against another value
 * did not decide against this one, so it comes back.
 */
async function writeOrders(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue, values }: OrdersWork,
  orders: Orders,
): Promise<{ written: Written; plan: OrdersPlan }> {
  const { fields } = agreed.mapping;
  const planFor = (local: SlotValues): OrdersPlan =>
    planOrders({ pair, orders: orders.slots, local, fields, bound: agreed.bound });
  const plan = planFor(values);
  await keepOverwritten(session, agreed, pair, givingWay(pair, values, Object.keys(plan.write)));
  const written = await writeSlots(session, agreement, agreed, { issue, pair, values: plan.write });
  if (written.kind !== 'written' || written.between.length === 0) return { written, plan };
  await keepBetween(session, agreed, { pair, issueKey: issue.key }, written.between);
  // Durable before it comes back: the next worker would take what stands there now for what was decided.
  await session.commit();
  const edits = readable(written.between);
  const again = planFor({ ...values, ...edits });
  const back = Object.fromEntries(
    Object.entries(edits).filter(([slot]) => again.refused[slot] !== undefined),
  );
  const restored = await writeSlots(session, agreement, agreed, { issue: written.issue, pair, values: back });
  if (restored.kind !== 'written') return { written: restored, plan };
  await keepBetween(session, agreed, { pair, issueKey: issue.key }, restored.between);
  return { written: { ...restored, refused: { ...written.refused, ...restored.refused } }, plan: again };
}

/** What our issue holds and a decision writes over; the partner keeps its own. */
function givingWay(pair: Pair, values: SlotValues, slots: readonly string[]): Kept[] {
  return slots.flatMap((slot) => {
    const value = values[slot];
    if (value === undefined) return [];
    const said = pair.conflicts?.[slot]?.mine;
    const isSaid = said !== undefined && equalValues(said.value, value);
    const who = isSaid && said.who !== undefined ? { who: said.who } : {};
    return [{ slot, side: 'local' as const, value, ...(isSaid ? { changedAt: said.at } : {}), ...who }];
  });
}

async function readOrders(session: Session, pair: Pair): Promise<Orders | undefined> {
  const body = await session.rows.read('problem', rowKeys.orders(session.id, pair.pair));
  return body === undefined ? undefined : ordersSchema.parse(body);
}

function noteRefused(
  session: Session,
  agreed: AgreedMapping,
  issueKey: string,
  refused: Readonly<Record<string, string>>,
): void {
  const parts = Object.entries(refused).map(([slot, reason]) => `${labelOf(agreed, slot)}: ${reason}`);
  if (parts.length === 0) return;
  const text = `A value that was chosen for ${issueKey} could not be written. ${parts.join(' ')}`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'error', text, issueKey }));
}
