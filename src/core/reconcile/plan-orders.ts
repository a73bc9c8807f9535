/** Decides what becomes of values that people want written: answers to conflicts, and values that come back. */
import { equalValues } from '#core/merge/equal-values';
import { hashValue, hashValues } from '#core/merge/hash-values';
import type { Conflict } from '#core/model/conflict';
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';
import { conflictOf } from './conflicts';

/** `is`: with `undo`, hash of the value that may be replaced. `version`: with `resolve`, of the conflict that was shown. */
export interface Order {
  kind: 'resolve' | 'restore' | 'undo';
  value: FieldValue;
  is?: string | undefined;
  version?: string | undefined;
}

/** Of both values of a conflict: whoever decides must have seen exactly these. */
export function versionOf({ mine, theirs }: Pick<Conflict, 'mine' | 'theirs'>): string {
  return hashValues({ mine: mine.value, theirs: theirs.value });
}

export interface OrdersPlan {
  /** What our issue does not hold yet. */
  write: SlotValues;
  /** Conflicts that end once it is written. */
  resolves: string[];
  refused: Record<string, string>;
}

export interface OrdersQuestion {
  pair: Pair;
  orders: Readonly<Record<string, Order>>;
  /** Our issue as just read. */
  local: SlotValues;
  fields: readonly ContractField[];
  bound: ReadonlySet<string>;
}

/** An answer to a conflict that has ended meanwhile is dropped: both sites agree by now. */
export function planOrders(question: OrdersQuestion): OrdersPlan {
  const plan: OrdersPlan = { write: {}, resolves: [], refused: {} };
  for (const [slot, order] of Object.entries(question.orders)) {
    const conflict = conflictOf(question.pair, slot);
    if (order.kind === 'resolve' && conflict === undefined) continue;
    const refused = refusalOf(question, slot, order, conflict);
    if (refused !== undefined) {
      plan.refused[slot] = refused;
      continue;
    }
    if (order.kind === 'resolve') plan.resolves.push(slot);
    if (!equalValues(question.local[slot], order.value)) plan.write[slot] = order.value;
  }
  return plan;
}

function refusalOf(
  { local: values, fields, bound }: OrdersQuestion,
  slot: string,
  order: Order,
  conflict: Conflict | undefined,
): string | undefined {
  const local = values[slot];
  if (!fields.some(({ id }) => id === slot) || !bound.has(slot)) {
    return 'The field is not part of the agreement any more.';
  }
  if (conflict !== undefined && isOutdated(order, conflict, local)) {
    return 'One of the values changed meanwhile. Look at both again.';
  }
  const isDone = equalValues(local, order.value);
  if (order.kind === 'undo' && !isDone && (local === undefined || hashValue(local) !== order.is)) {
    return 'It was changed again before it could be undone.';
  }
  return undefined;
}

/** What a worker wrote that died before it could say so counts as carried out. */
function isOutdated({ value, version }: Order, conflict: Conflict, local: FieldValue | undefined): boolean {
  if (version === undefined || local === undefined || equalValues(local, value)) return false;
  return versionOf({ mine: { ...conflict.mine, value: local }, theirs: conflict.theirs }) !== version;
}
