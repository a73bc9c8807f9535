/** Tells whether a new copy holds values that only its own site can say: Jira's defaults of fields that travel from there. */
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { detectChanges } from '#core/reconcile/detect-changes';
import type { AgreedMapping, Agreement } from '../pairs/agreement';

/** No event tells of them, as a copy's creation is our own deed. `local`: the copy as it was read after it was made. */
export function hasOwnValues(
  { role }: Agreement,
  { mapping: { fields } }: AgreedMapping,
  pair: Pair,
  local: SlotValues,
): boolean {
  return Object.keys(detectChanges({ pair, local, fields, role })).length > 0;
}
