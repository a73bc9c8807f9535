/** Boards, sprints, epics and issues that a request names; what the caller may not see is not there. */
import { canSeeIssue, findIssue } from '../access';
import type { IssueRow, SprintRow } from '../entities';
import { refuse } from '../problem';
import type { Call } from '../router';
import type { Session } from '../world';
import { sprintIdsOf } from './board-issues';
import { hasEverywhere } from './board-projects';
import { seesFilter } from './filter-access';
import type { BoardRow } from './rows';

/** Whether the caller sees the board: its filter decides. */
export function seesBoard(session: Session, board: BoardRow): boolean {
  const filter = session.store.filters.get(board.filterId);
  return filter !== undefined && seesFilter(session, filter);
}

/** The board of the id, or 404. */
export function boardById(session: Session, id: string): BoardRow {
  const board = session.store.boards.get(id);
  if (board === undefined || !seesBoard(session, board))
    throw refuse(404, 'Board does not exist or you do not have permission to see it.');
  return board;
}

export function boardAt(call: Call): BoardRow {
  return boardById(call, call.params['boardId'] ?? '');
}

/** A board that has sprints, or 400. */
export function scrumBoardAt(call: Call): BoardRow {
  const board = boardAt(call);
  if (board.type !== 'scrum') throw refuse(400, 'The board does not support sprints');
  return board;
}

/** The sprint of the id, seen with its board or with one of its issues; else 404. */
export function sprintById(session: Session, id: string): SprintRow {
  const sprint = session.store.sprints.get(id);
  if (sprint === undefined || !seesSprint(session, sprint)) throw refuse(404, 'Sprint does not exist.');
  return sprint;
}

export function seesSprint(session: Session, sprint: SprintRow): boolean {
  const board = session.store.boards.get(String(sprint.boardId));
  if (board !== undefined && seesBoard(session, board)) return true;
  return session.store.issues
    .all()
    .some((issue) => sprintIdsOf(session, issue).includes(sprint.id) && canSeeIssue(session, issue));
}

export function sprintAt(call: Call): SprintRow {
  return sprintById(call, call.params['sprintId'] ?? '');
}

/** Throws 403 unless the caller may manage sprints in every project of the board. */
export function demandSprints(session: Session, boardId: number): void {
  const board = session.store.boards.get(String(boardId));
  if (board === undefined || !hasEverywhere(session, board, 'MANAGE_SPRINTS_PERMISSION'))
    throw refuse(403, 'The user does not have permissions to manage sprints on this board.');
}

/** The issue of an epic type by id or key, or 404. */
export function epicById(session: Session, idOrKey: string): IssueRow {
  const issue = findIssue(session, idOrKey);
  const level = issue === undefined ? 0 : session.store.issueTypes.must(issue.typeId).hierarchyLevel;
  if (issue === undefined || level !== 1 || !canSeeIssue(session, issue))
    throw refuse(404, 'The requested epic does not exist or you do not have permission to view it.');
  return issue;
}

/** Issues that a body names by id or key; 400 for one that is missing or hidden, for none and for more than 50. */
export function namedIssues(session: Session, names: readonly string[]): IssueRow[] {
  if (names.length === 0) throw refuse(400, 'At least one issue must be given.');
  if (names.length > MOST_ISSUES) throw refuse(400, `At most ${MOST_ISSUES} issues can be moved at once.`);
  return [...new Set(names.map((name) => namedIssue(session, name)))];
}

/** The issue that a body names; 400 when it is missing or hidden. */
export function namedIssue(session: Session, name: string): IssueRow {
  const issue = findIssue(session, name);
  if (issue === undefined || !canSeeIssue(session, issue))
    throw refuse(400, `Issue ${name} does not exist or you do not have permission to see it.`);
  return issue;
}

/** "At most 50 issues may be moved at once." */
const MOST_ISSUES = 50;
