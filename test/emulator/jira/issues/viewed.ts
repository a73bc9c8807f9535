/** Which issues somebody looked at: what `updateHistory=true` notes and `issueHistory()` finds. */
import { canSeeIssue } from '../access';
import type { IssueRow } from '../entities';
import type { Session } from '../world';

/** Issues that `issueHistory()` knows at most, as Jira's reference says. */
const HISTORY_ISSUES = 60;

/** Notes that the caller looked at the issue. */
export function noteView(session: Session, issue: IssueRow): void {
  if (session.me === undefined) return;
  const id = `${session.me.id} ${issue.id}`;
  session.store.views.put({ id, userId: session.me.id, issueId: issue.id, at: session.now });
}

/** When the caller last looked at the issue, epoch milliseconds. */
export function lastViewed(session: Session, issueId: string): number | undefined {
  return session.store.views.get(`${session.me?.id ?? ''} ${issueId}`)?.at;
}

/** The issues the caller looked at and still sees, newest first. */
export function viewedIssues(session: Session): IssueRow[] {
  const { me, store } = session;
  if (me === undefined) return [];
  return store.views
    .all()
    .filter((row) => row.userId === me.id)
    .sort((left, right) => right.at - left.at)
    .map((row) => store.issues.get(row.issueId))
    .filter((row): row is IssueRow => row !== undefined && canSeeIssue(session, row))
    .slice(0, HISTORY_ISSUES);
}
