/** Holds issues that were just read against the filters of this site, before anything of them is said. */
import { isOpen } from '#core/model/filter';
import { type Agreement, mappingOf } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { recordActivityOnce } from '../record-activity';
import type { Session } from '../stream/session';
import { findOutside } from './find-outside';
import { isRuled } from './is-ruled';

/**
 * Remembered for this run, by issue. After the reading, so that an issue which was taken back meanwhile does not leave. At
 * most one call for 50 issues; none where no mapping has a query, nor for pairs that go on whatever the filter says.
 */
export async function judgeIssues(
  session: Session,
  agreement: Agreement,
  issues: readonly IssueRead[],
): Promise<Later | undefined> {
  const { filtered } = session.memory;
  const asked: IssueRead[] = [];
  for (const issue of issues) {
    filtered.delete(issue.id);
    if (await isAsked(session, agreement, issue)) asked.push(issue);
  }
  if (asked.length === 0) return undefined;
  const found = await findOutside(session.ports, agreement, asked);
  if (found.kind === 'later') return found;
  for (const id of found.outside) filtered.set(id, 'outside');
  for (const [id, { agreed, why }] of found.undecided) {
    filtered.set(id, 'undecided');
    const { id: mapping, label } = agreed.mapping;
    const text = `Changes of "${label}" wait: Jira refuses the query of its filter. Correct it under Configure. ${why}`;
    await recordActivityOnce(session.ports, session.id, `filter-${mapping}`, { level: 'error', text });
  }
  return undefined;
}

async function isAsked(session: Session, agreement: Agreement, issue: IssueRead): Promise<boolean> {
  const agreed = mappingOf(agreement, issue);
  if (agreed === undefined || isOpen(agreed.binding.filter)) return false;
  const pair = await findPair(session, issue.id);
  return pair === undefined || isRuled(agreement, agreed, pair);
}
