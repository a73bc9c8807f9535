/** Takes a person's answer to a conflict; the worker writes it here and offers it to the partner. */
import { emptyLike } from '#core/merge/equal-values';
import type { FieldValue } from '#core/model/value';
import { versionOf } from '#core/reconcile/plan-orders';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { leaveOrder, requirePair } from './leave-order';

export interface Answer {
  id: string;
  pair: string;
  slot: string;
  /** Of the conflict as it was shown. */
  version: string;
  take: 'here' | 'partner' | 'value';
  /** With `take: 'value'`. */
  value?: FieldValue | undefined;
}

/** Refuses when the values are not those that were shown any more, or when the conflict is over. */
export async function resolveConflict(ports: Ports, answer: Answer): Promise<void> {
  const { connection, pair } = await requirePair(ports, answer.id, answer.pair);
  const conflict = pair.conflicts?.[answer.slot];
  if (conflict === undefined) throw new Refusal('notFound', 'This was decided already.');
  if (versionOf(conflict) !== answer.version) {
    throw new Refusal('conflict', 'One of the values changed meanwhile. Look at both again.');
  }
  const value = chosen(answer, { here: conflict.mine.value, partner: conflict.theirs.value });
  await leaveOrder(ports, connection, pair, {
    slot: answer.slot,
    kind: 'resolve',
    value,
    version: answer.version,
  });
}

function chosen(answer: Answer, values: { here: FieldValue; partner: FieldValue }): FieldValue {
  if (answer.take !== 'value') return values[answer.take];
  const { value } = answer;
  // A value of another type would not fit the field on either site.
  if (value === undefined || value.t !== emptyLike(values.here).t) {
    throw new Refusal('invalid', 'Give a value that fits the field.');
  }
  return value;
}
