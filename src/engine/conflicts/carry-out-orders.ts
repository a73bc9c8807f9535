/** Writes into our issue what people decided: the answer to a conflict, or a value that was overwritten. */
import { equalValues } from '#core/merge/equal-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { withoutConflicts } from '#core/reconcile/conflicts';
import { planOrders } from '#core/reconcile/plan-orders';
import { keepBetween } from '../apply/keep-between';
import { writeSlots } from '../apply/write-slots';
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
  const { fields } = agreed.mapping;
  const plan = planOrders({ pair, orders: orders.slots, local: values, fields, bound: agreed.bound });
  await keepOverwritten(session, agreed, pair, givingWay(pair, values, Object.keys(plan.write)));
  const written = await writeSlots(session, agreement, agreed, { issue, pair, values: plan.write });
  if (written.kind === 'later') return written;
  if (written.kind === 'written') {
    await keepBetween(session, agreed, { pair, issueKey: issue.key }, written.between);
  }
  const failed = await takeBackComments(session, pair, orders.comments ?? []);
  if (failed !== undefined) return failed;
  session.rows.remove('problem', rowKeys.orders(session.id, pair.pair));
  const refused: Record<string, string> = { ...plan.refused };
  if (written.kind === 'gone') for (const slot of Object.keys(plan.write)) refused[slot] = written.reason;
  else Object.assign(refused, written.refused);
  noteRefused(session, agreed, issue.key, refused);
  const resolves = plan.resolves.filter((slot) => refused[slot] === undefined);
  const after = written.kind === 'gone' ? values : written.after;
  return { kind: 'ordered', pair: withoutConflicts(pair, resolves), values: after, resolves };
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
