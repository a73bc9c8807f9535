/** Lists of issues: of boards, backlogs, sprints and epics, by position (agile 1.0) and by token (software 1.0). */
import { type Call, type Reply, type Route, route } from '../router';
import { epicIdOf, isDoneOn, isPlanned, issuesOf, sprintIdsOf, visibleIssues } from './board-issues';
import { boardAt, epicById, scrumBoardAt, sprintAt } from './find';
import { type Find, issueCount, issuePage, tokenPage } from './pages';
import { byRank } from './rank';

/** Which issues each list has, and for lists of which versions. */
const LISTS: Readonly<Record<string, (call: Call) => Find>> = {
  'board/{boardId}/issue': (call) => {
    const board = boardAt(call);
    return (reconcile) => issuesOf(call, board, reconcile);
  },
  'board/{boardId}/backlog': (call) => {
    const board = boardAt(call);
    // A kanban board without a backlog column has everything on the board.
    return (reconcile) =>
      board.type === 'kanban'
        ? []
        : issuesOf(call, board, reconcile).filter((row) => !isDoneOn(board, row) && !isPlanned(call, row));
  },
  'board/{boardId}/sprint/{sprintId}/issue': (call) => {
    const board = scrumBoardAt(call);
    const sprint = sprintAt(call);
    return (reconcile) =>
      issuesOf(call, board, reconcile).filter((row) => sprintIdsOf(call, row).includes(sprint.id));
  },
  'board/{boardId}/epic/none/issue': (call) => {
    const board = boardAt(call);
    return (reconcile) => issuesOf(call, board, reconcile).filter((row) => epicIdOf(call, row) === undefined);
  },
  'board/{boardId}/epic/{epicId}/issue': (call) => {
    const board = boardAt(call);
    const epic = epicById(call, call.params['epicId'] ?? '');
    return (reconcile) => issuesOf(call, board, reconcile).filter((row) => epicIdOf(call, row) === epic.id);
  },
  'sprint/{sprintId}/issue': (call) => {
    const sprint = sprintAt(call);
    return (reconcile) => everywhere(call, reconcile, (row) => sprintIdsOf(call, row).includes(sprint.id));
  },
  'epic/none/issue': (call) => (reconcile) =>
    everywhere(
      call,
      reconcile,
      (row) => call.store.issueTypes.must(row.typeId).hierarchyLevel < 1 && epicIdOf(call, row) === undefined,
    ),
  'epic/{epicIdOrKey}/issue': (call) => {
    const epic = epicById(call, call.params['epicIdOrKey'] ?? '');
    return (reconcile) => everywhere(call, reconcile, (row) => epicIdOf(call, row) === epic.id);
  },
};

function everywhere(
  call: Call,
  reconcile: ReadonlySet<string>,
  test: (row: ReturnType<typeof visibleIssues>[number]) => boolean,
) {
  return visibleIssues(call, reconcile).filter(test).sort(byRank(call.store));
}

function listRoutes(version: string, page: (call: Call, find: Find) => Reply): Route[] {
  return Object.entries(LISTS).map(([path, findOf]) =>
    route(`GET /rest/${version}/${path}`, (call) => page(call, findOf(call))),
  );
}

/** Lists of agile 1.0, which Data Center has too. */
export const agileListRoutes: readonly Route[] = listRoutes('agile/1.0', issuePage);

/** The newer lists of Cloud, two of which can be counted. */
export const softwareListRoutes: readonly Route[] = [
  ...listRoutes('software/1.0', tokenPage),
  ...['board/{boardId}/issue', 'board/{boardId}/backlog'].map((path) =>
    route(`GET /rest/software/1.0/${path}/approximate-count`, (call) =>
      issueCount(call, LISTS[path]?.(call) ?? (() => [])),
    ),
  ),
];
