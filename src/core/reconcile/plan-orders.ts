/** Decides what becomes of values that people want written: answers to conflicts, and values that come back. */
import { equalValues } from '#core/merge/equal-values';
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';
import { conflictOf } from './conflicts';

export interface OrdersPlan {
  /** What our issue does not hold yet. */
  write: SlotValues;
  /** Conflicts that end once it is written. */
  resolves: string[];
  refused: Record<string, string>;
}

/** An answer to a conflict that has ended meanwhile is dropped: both sites agree by now. */
export function planOrders(question: {
  pair: Pair;
  orders: Readonly<Record<string, { kind: 'resolve' | 'restore'; value: FieldValue }>>;
  /** Our issue as just read. */
  local: SlotValues;
  fields: readonly ContractField[];
  bound: ReadonlySet<string>;
}): OrdersPlan {
  const plan: OrdersPlan = { write: {}, resolves: [], refused: {} };
  for (const [slot, { kind, value }] of Object.entries(question.orders)) {
    const field = question.fields.find((one) => one.id === slot);
    if (kind === 'resolve' && conflictOf(question.pair, slot) === undefined) continue;
    if (field === undefined || !question.bound.has(slot)) {
      plan.refused[slot] = 'The field is not part of the agreement any more.';
      continue;
    }
    if (kind === 'resolve') plan.resolves.push(slot);
    if (!equalValues(question.local[slot], value)) plan.write[slot] = value;
  }
  return plan;
}
