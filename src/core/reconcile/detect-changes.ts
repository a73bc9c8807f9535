/** Finds what our issue says differently from what both sites agreed on. */
import { equalValues } from '#core/merge/equal-values';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import type { Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { conflictOf } from './conflicts';
import { startValue } from './unsaid';

export interface ChangeQuestion {
  /** Settled as far as possible (`settlePair`). */
  pair: Pair;
  /** Our issue as just read, in contract vocabulary. Slots that cannot be said are absent. */
  local: SlotValues;
  fields: readonly ContractField[];
  role: Role;
  /** Slots to offer even if nothing changed: those which a person wants tried again, or has decided on. */
  again?: readonly string[];
}

/**
 * The values to offer; empty when there is nothing to say. While an offer is open nothing more is offered: the change
 * stays visible as a difference and goes out with the next look.
 */
export function detectChanges(question: ChangeQuestion): SlotValues {
  if (question.pair.open !== undefined) return {};
  const again = new Set(question.again ?? []);
  const changes: SlotValues = {};
  for (const field of question.fields) {
    const value = question.local[field.id];
    if (value === undefined || !maySend(field.direction, question.role)) continue;
    if (conflictOf(question.pair, field.id) !== undefined) continue;
    if (again.has(field.id) || isChanged(question.pair, field.id, value)) changes[field.id] = value;
  }
  return changes;
}

function isChanged(pair: Pair, slot: string, local: FieldValue): boolean {
  const held = pair.held[slot];
  if (held?.side === 'here' && (held.local === undefined || equalValues(held.local, local))) return false;
  return !equalValues(local, startValue(pair, slot, local));
}
