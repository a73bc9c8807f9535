/** Tells by the history of our copy which of its values Jira filled in, so that they are nobody's word. */
import { slotChanges } from '#core/mapping/slot-history';
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { withUnsaid } from '#core/reconcile/unsaid';
import type { IssueRead } from '../ports/site';
import type { AgreedMapping, Agreement } from './agreement';

/** Kinds whose changes Jira's history does not show under the field. */
const untold: ReadonlySet<ContractField['kind']> = new Set(['parent', 'timeTracking', 'watchers', 'votes']);

export interface UnsaidLook {
  /** Settled as far as possible. */
  pair: Pair;
  issue: Pick<IssueRead, 'history'>;
  local: SlotValues;
  /** Nobody can have edited it since it was made. */
  isFresh?: boolean;
}

/** The same pair where there is nothing to note. */
export function noteUnsaid(
  { role }: Agreement,
  { mapping, binding }: AgreedMapping,
  { pair, issue, local, isFresh = false }: UnsaidLook,
): Pair {
  const changed = slotChanges(binding, issue.history);
  const isChanged = ({ id, kind }: ContractField): boolean =>
    changed[id] !== undefined || (!isFresh && (issue.history === undefined || untold.has(kind)));
  return withUnsaid({ pair, local, fields: mapping.fields, role, isChanged });
}
