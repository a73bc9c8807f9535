/** Values of our copy that nobody said: what Jira filled in where the original is silent, because it is empty or has no word for what it holds. */
import { emptyLike, equalValues } from '#core/merge/equal-values';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Held, Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { agreedValue } from './agreed-values';

/** What an edit of this slot of our issue starts from; `local` is what it holds. */
export function startValue(pair: Pair, slot: string, local: FieldValue): FieldValue {
  return agreedValue(pair, slot) ?? pair.unsaid?.[slot] ?? emptyLike(local);
}

/**
 * The same of a slot in which a value of the partner waits: what our issue held when that was set aside. Without a look at the
 * issue then, what both sites last agreed on is what it held.
 */
export function startBeneath(held: Held, pair: Pair, slot: string, local: FieldValue): FieldValue {
  return held.local ?? pair.base[slot] ?? pair.unsaid?.[slot] ?? emptyLike(local);
}

/** Without what nobody said yet: as soon as a person edits such a slot, or both sites agreed on something, it counts. */
export function withoutUnsaid(pair: Pair, values: SlotValues): SlotValues {
  if (pair.unsaid === undefined) return values;
  return Object.fromEntries(
    Object.entries(values).filter(([slot, value]) => {
      const unsaid = agreedValue(pair, slot) === undefined ? pair.unsaid?.[slot] : undefined;
      return unsaid === undefined || !equalValues(value, unsaid);
    }),
  );
}

export interface CopyLook {
  /** What is agreed stands in its base already. */
  pair: Pair;
  local: SlotValues;
  fields: readonly ContractField[];
  role: Role;
  /** Somebody may have changed that slot since the copy was made. */
  isChanged: (field: ContractField) => boolean;
}

/**
 * Notes of a copy what the original could have said and did not. Answers the same pair where nothing is new. An original, and an
 * issue that existed before it got a twin, hold nothing that nobody said.
 */
export function withUnsaid({ pair, local, fields, role, isChanged }: CopyLook): Pair {
  if (pair.origin === role || pair.pairedAt !== undefined) return pair;
  const found: SlotValues = {};
  for (const field of fields) {
    const { id, direction } = field;
    const value = local[id];
    if (value === undefined || !maySend(direction, otherRole(role)) || isChanged(field)) continue;
    const isAgreed = agreedValue(pair, id) !== undefined || pair.open?.values[id] !== undefined;
    const isNew = !isAgreed && pair.unsaid?.[id] === undefined;
    if (isNew && !equalValues(value, emptyLike(value))) found[id] = value;
  }
  return Object.keys(found).length === 0 ? pair : { ...pair, unsaid: { ...pair.unsaid, ...found } };
}
