/** Which issues are on a board, in its backlog, in a sprint, under an epic: found by JQL over the index, ordered by rank. */
import { compileJql } from '../../jql/compile-jql';
import type { CompiledJql } from '../../jql/jql-env';
import { canSeeIssue } from '../access';
import type { IssueRow } from '../entities';
import { issueView, jqlEnv } from '../jql-site';
import type { Session } from '../world';
import { byRank } from './rank';
import type { BoardRow } from './rows';

type Compiled = Extract<CompiledJql, { ok: true }>;
const NO_RECONCILIATION: ReadonlySet<string> = new Set();

/** Issues of the index that the caller sees and the test lets through; archived ones are never found. */
export function visibleIssues(session: Session, reconcile = NO_RECONCILIATION): IssueRow[] {
  return session.world.index
    .visible(session.store.issues.all(), session.now, reconcile)
    .filter(
      (issue) =>
        issue.archived === undefined &&
        session.store.projects.get(issue.projectId)?.archived === false &&
        canSeeIssue(session, issue),
    );
}

/** A query of a board that the site no longer understands finds nothing. */
function compiledOf(session: Session, jql: string): Compiled | undefined {
  const compiled = compileJql(jql, jqlEnv(session));
  return compiled.ok ? compiled : undefined;
}

/** Query of the board's filter; one that finds nothing when the filter was deleted. */
export function filterJql(session: Session, board: BoardRow): string {
  return session.store.filters.get(board.filterId)?.jql ?? 'key is EMPTY';
}

/** Issues on the board, its backlog among them, by rank. */
export function issuesOf(
  session: Session,
  board: BoardRow,
  reconcile: ReadonlySet<string> = NO_RECONCILIATION,
): IssueRow[] {
  const isOn = membershipOf(session, board);
  return visibleIssues(session, reconcile).filter(isOn).sort(byRank(session.store));
}

/** Whether an issue is on the board: filter, sub-query and a column for its status; epics are not on scrum boards. */
export function membershipOf(session: Session, board: BoardRow): (issue: IssueRow) => boolean {
  const { store } = session;
  const queries = [filterJql(session, board), board.subQuery ?? ''].map((jql) => compiledOf(session, jql));
  const statusIds = new Set(board.columns.flatMap((column) => column.statusIds));
  return (issue) => {
    const isEpic = store.issueTypes.must(issue.typeId).hierarchyLevel > 0;
    if (!statusIds.has(issue.statusId) || (board.type === 'scrum' && isEpic)) return false;
    const view = issueView(session, issue);
    return queries.every((query) => query?.matches(view) === true);
  };
}

/** Epics that the board's filter finds, by rank. */
export function epicsOf(session: Session, board: BoardRow): IssueRow[] {
  const filter = compiledOf(session, filterJql(session, board));
  return visibleIssues(session)
    .filter((issue) => session.store.issueTypes.must(issue.typeId).hierarchyLevel === 1)
    .filter((issue) => filter?.matches(issueView(session, issue)) === true)
    .sort(byRank(session.store));
}

/** Ids of the sprints of an issue, oldest first. */
export function sprintIdsOf(session: Session, issue: IssueRow): string[] {
  const field = sprintField(session);
  return field === undefined ? [] : ((issue.values[field.id] as string[] | undefined) ?? []);
}

/** The field that keeps sprints; absent on a site without Jira Software. */
export function sprintField(session: Session) {
  return session.store.fields.all().find((field) => field.kind === 'sprint' && field.trashed !== true);
}

/** Whether the issue is in a sprint that is not over. */
export function isPlanned(session: Session, issue: IssueRow): boolean {
  return sprintIdsOf(session, issue).some((id) => session.store.sprints.get(id)?.state !== 'closed');
}

/** The last column that has statuses is the one of what is done. */
export function isDoneOn(board: BoardRow, issue: IssueRow): boolean {
  const last = board.columns.filter((column) => column.statusIds.length > 0).at(-1);
  return last?.statusIds.includes(issue.statusId) === true;
}

/** Id of the epic an issue belongs to: its parent, for a sub-task the parent's. */
export function epicIdOf(session: Session, issue: IssueRow): string | undefined {
  const parent = session.store.issues.get(issue.values['parent'] as string | undefined);
  if (parent === undefined) return undefined;
  const { hierarchyLevel } = session.store.issueTypes.must(parent.typeId);
  return hierarchyLevel >= 1 ? parent.id : epicIdOf(session, parent);
}
