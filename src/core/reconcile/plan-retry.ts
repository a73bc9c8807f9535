/** Tries waiting values once more. */
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { SlotValues } from '#core/model/value';

export interface RetryPlan {
  /** Partner's values that wait here: write them, then `concludeRetry`. */
  write: SlotValues;
  /** Our values that wait over there: offer them again (`again` of `detectChanges`). */
  again: string[];
}

/** `bound`: slots that have a binding here. Waiting values which the agreement no longer allows stay where they are. */
export function planRetry(
  pair: Pair,
  fields: readonly ContractField[],
  bound: ReadonlySet<string>,
  role: Role,
): RetryPlan {
  const plan: RetryPlan = { write: {}, again: [] };
  for (const field of fields) {
    const held = pair.held[field.id];
    if (held === undefined || !bound.has(field.id)) continue;
    if (held.side === 'partner') {
      if (maySend(field.direction, role)) plan.again.push(field.id);
    } else if (maySend(field.direction, otherRole(role))) {
      plan.write[field.id] = held.value;
    }
  }
  return plan;
}
