/** Says whether an issue that was there before the first start may have begun to match since. */
import { type Filter, filterFieldIds, isOpen } from '../model/filter';
import type { HistoryEntry } from '../model/history';

/**
 * True when, since that moment, somebody changed a field that a condition names; with a query any change counts, because
 * nobody can tell what the query depends on. `since`: milliseconds since the epoch.
 */
export function hasEntered(
  filter: Filter | undefined,
  history: readonly HistoryEntry[] | undefined,
  since: number,
): boolean {
  if (filter === undefined || isOpen(filter)) return false;
  const named = new Set(filterFieldIds(filter));
  return (history ?? []).some(
    ({ at, fields }) =>
      at >= since && (filter.jql !== undefined || fields.some(({ fieldId }) => named.has(fieldId))),
  );
}
