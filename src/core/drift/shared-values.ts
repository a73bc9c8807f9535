/** The values of a pair that must be the same on both sites: what the agreement makes of our issue, or of what was agreed. */
import { emptyLike, equalValues } from '../merge/equal-values';
import { hashValues } from '../merge/hash-values';
import type { ContractField } from '../model/contract';
import { maySend } from '../model/may-send';
import type { Pair } from '../model/pair';
import type { Role } from '../model/role';
import type { FieldValue, SlotValues } from '../model/value';
import { agreedValue } from '../reconcile/agreed-values';
import { withoutUnsaid } from '../reconcile/unsaid';

export interface SharedQuestion {
  pair: Pair;
  fields: readonly ContractField[];
  role: Role;
  /** Our issue in the agreement's words; absent for the light check. */
  local?: SlotValues | undefined;
}

/**
 * A slot that this side may not send counts with what was applied here last, so that only changes which should have travelled
 * are differences. What waits counts with the value that both sites know. Slots with an open conflict count for nothing:
 * they differ by intent and are shown elsewhere. Empty, never agreed and nobody's word are the same.
 */
export function sharedValues({ pair, fields, role, local }: SharedQuestion): SlotValues {
  const values: SlotValues = {};
  const said = withoutUnsaid(pair, local ?? {});
  for (const { id, direction } of fields) {
    if (pair.conflicts?.[id] !== undefined) continue;
    const isRead = pair.held[id] === undefined && maySend(direction, role);
    const value = (isRead ? said[id] : undefined) ?? agreedValue(pair, id);
    if (value !== undefined && !isBlank(value)) values[id] = value;
  }
  return values;
}

/** Short hash of each slot, for finding those that differ. */
export function slotHashes(values: SlotValues): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const [slot, value] of Object.entries(values))
    hashes[slot] = hashValues({ [slot]: value }).slice(0, 8);
  return hashes;
}

function isBlank(value: FieldValue): boolean {
  return equalValues(value, emptyLike(value));
}
