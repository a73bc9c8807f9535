/** Whether something that hangs on an issue of a pair may leave: a comment, logged work, a file. */
import type { Pair } from '#core/model/pair';
import { type Agreement, findMapping, mayLeave } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { isRuled } from './is-ruled';

/** `wait`: the filter says no, or nothing, and that is not settled with the partner yet; the next look decides. */
export function mayFlow(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issue: IssueRead,
): 'yes' | 'no' | 'wait' {
  const agreed = findMapping(agreement, pair.mapping);
  if (
    agreed === undefined ||
    !mayLeave(agreement, agreed, issue) ||
    pair.left !== undefined ||
    pair.moved !== undefined
  ) {
    return 'no';
  }
  return isRuled(agreement, agreed, pair) && session.memory.filtered.has(issue.id) ? 'wait' : 'yes';
}
