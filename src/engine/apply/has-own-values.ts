/** Tells whether a new copy holds values that only its own site can say: Jira's defaults of fields that travel from there. */
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { SlotValues } from '#core/model/value';
import { detectChanges } from '#core/reconcile/detect-changes';
import type { AgreedMapping, Agreement } from '../pairs/agreement';

/**
 * No event tells of them, as a copy's creation is our own deed. Where both sites say a field, a default here is nobody's word:
 * the original may hold what cannot be said. `local`: the copy as it was read after it was made.
 */
export function hasOwnValues(
  { role }: Agreement,
  { mapping }: AgreedMapping,
  pair: Pair,
  local: SlotValues,
): boolean {
  const fields = mapping.fields.filter(({ direction }) => !maySend(direction, otherRole(role)));
  return Object.keys(detectChanges({ pair, local, fields, role })).length > 0;
}
