/** Tries waiting values once more. What people wrote here meanwhile merges with them as any two edits do. */

import type { PastValues } from '#core/mapping/slot-history';
import { equalValues } from '#core/merge/equal-values';
import { mergeLocal } from '#core/merge/merge-local';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Held, Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { conflictOf, noteConflict, type Told } from './conflicts';
import { sawBefore } from './seen-before';
import { withoutSlots } from './settle-pair';
import { startBeneath } from './unsaid';

export interface RetryPlan {
  /** With the conflicts that were found: what waits against what people wrote here, where a person has to decide. */
  pair: Pair;
  asked: Told[];
  /** Partner's values that wait here, merged with edits made here since: write them, then `concludeUpdate`. */
  write: SlotValues;
  /** What both sites know of the same slots: the base once they are written. */
  agreed: SlotValues;
  /** Values of this site that give way. */
  overwritten: { slot: string; side: 'local' | 'partner'; value: FieldValue }[];
  /** Our values that wait over there: offer them again (`again` of `detectChanges`). */
  again: string[];
}

export interface RetryQuestion {
  pair: Pair;
  fields: readonly ContractField[];
  /** Slots that have a binding here. */
  bound: ReadonlySet<string>;
  role: Role;
  /** Our issue as just read, and when Jira says it was last changed. */
  local: SlotValues;
  localAt: number;
  past?: PastValues | undefined;
  /** False: nobody asked; only what people wrote here since gives a reason to try. */
  isWanted: boolean;
}

/** Waiting values which the agreement no longer allows stay where they are. */
export function planRetry(question: RetryQuestion): RetryPlan {
  const { pair, fields, bound, role, isWanted } = question;
  const plan: RetryPlan = { pair, asked: [], write: {}, agreed: {}, overwritten: [], again: [] };
  for (const field of fields) {
    const held = pair.held[field.id];
    if (conflictOf(pair, field.id) !== undefined) continue;
    if (held === undefined || !bound.has(field.id)) continue;
    if (held.side === 'partner') {
      if (isWanted && maySend(field.direction, role)) plan.again.push(field.id);
    } else if (maySend(field.direction, otherRole(role))) {
      planHere(question, plan, field, held);
    }
  }
  return plan;
}

function planHere(question: RetryQuestion, plan: RetryPlan, field: ContractField, held: Held): void {
  const { pair, role, local: values, localAt, isWanted } = question;
  const local = values[field.id];
  const base = local === undefined ? undefined : startBeneath(held, pair, field.id, local);
  if (local === undefined || equalValues(local, base)) {
    if (isWanted) put(plan, field.id, held.value, held.value);
    return;
  }
  const isOurs = maySend(field.direction, role);
  const merged = mergeLocal({
    role,
    base: wasWritten(question, field.id, held.value, base) ? held.value : base,
    local,
    partner: held.value,
    policy: isOurs ? field.policy : otherRole(role),
    times: { local: localAt, partner: held.at },
  });
  if (isOurs && merged.asks === true) {
    const mine = { value: local, at: localAt };
    const released = { ...plan.pair, held: withoutSlots(plan.pair.held, [field.id]) };
    plan.pair = noteConflict(released, field.id, mine, { value: held.value, at: held.at }, held.value);
    plan.asked.push({ slot: field.id, ...mine });
    return;
  }
  const value = isOurs ? merged.value : held.value;
  if (!isOurs) plan.overwritten.push({ slot: field.id, side: 'local', value: local });
  else if (merged.overwritten !== undefined) plan.overwritten.push({ slot: field.id, ...merged.overwritten });
  if (equalValues(value, local)) plan.again.push(field.id);
  else put(plan, field.id, held.value, value);
}

/** By a worker that died before it could say so: the edit here is one of that value. */
function wasWritten(
  { past }: RetryQuestion,
  slot: string,
  value: FieldValue,
  base: FieldValue | undefined,
): boolean {
  return past !== undefined && base !== undefined && sawBefore(past(slot), value, base);
}

function put(plan: RetryPlan, slot: string, agreed: FieldValue, value: FieldValue): void {
  plan.agreed[slot] = agreed;
  plan.write[slot] = value;
}
