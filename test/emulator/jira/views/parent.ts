/** The short form in which an issue stands inside another: parent, sub-task, link. */
import type { IssueRow } from '../entities';
import { type Session, selfUrl } from '../world';
import { renderIssueType, renderPriority, renderStatus } from './choices';

export function renderLinkedIssue(session: Session, issue: IssueRow): Record<string, unknown> {
  const priority = issue.values['priority'];
  return {
    id: issue.id,
    key: issue.key,
    self: selfUrl(session, `issue/${issue.id}`),
    fields: {
      summary: issue.values['summary'],
      status: renderStatus(session, session.store.statuses.must(issue.statusId)),
      ...(typeof priority === 'string' ? { priority: renderPriority(session, priority) } : {}),
      issuetype: renderIssueType(session, session.store.issueTypes.must(issue.typeId)),
    },
  };
}

export function renderParent(session: Session, id: string): Record<string, unknown> {
  return renderLinkedIssue(session, session.store.issues.must(id));
}
