/** Jira Software: boards, sprints, epics, ranks, estimates and the lists of issues in both their versions. */
import { SearchResultsSchema } from 'jira.js/agile';

const BOARD = { boardId: 1 };

export async function driveAgile(driver) {
  const issues = [await madeTask(driver, 'Agile one'), await madeTask(driver, 'Agile two')];
  await driveBoards(driver);
  await driveSprints(driver, issues);
  await driveEpics(driver, issues);
  await driveRanks(driver, issues);
  await driveLists(driver);
}

async function madeTask({ ask }, summary) {
  const fields = { project: { key: 'DEV' }, issuetype: { name: 'Task' }, summary };
  return (await ask('issues.createIssue', { fields })).key;
}

async function driveBoards({ askAgile }) {
  const expand = 'admins,permissions';
  await askAgile('board.getAllBoards', { expand, orderBy: '-name', includePrivate: true });
  await askAgile('board.getBoard', BOARD);
  const { filter } = await askAgile('board.getConfiguration', BOARD);
  const filterId = Number(filter.id);
  await askAgile('board.getBoardByFilterId', { filterId });
  const location = { type: 'project', projectKeyOrId: 'DEV' };
  const made = await askAgile('board.createBoard', { name: 'Flow', type: 'kanban', filterId, location });
  await askAgile('board.getConfiguration', { boardId: made.id });
  await askAgile('board.deleteBoard', { boardId: made.id });
  await askAgile('board.getProjects', BOARD);
  await askAgile('board.getAllVersions', BOARD);
  const { values } = await askAgile('board.getAllQuickFilters', BOARD);
  await askAgile('board.getQuickFilter', { ...BOARD, quickFilterId: values[0].id });
  await askAgile('board.setBoardProperty', { ...BOARD, propertyKey: 'p', propertyValue: { a: 1 } });
  await askAgile('board.getBoardPropertyKeys', BOARD);
  await askAgile('board.getBoardProperty', { ...BOARD, propertyKey: 'p' });
  await askAgile('board.deleteBoardProperty', { ...BOARD, propertyKey: 'p' });
}

async function driveSprints({ askAgile }, issues) {
  const { values } = await askAgile('board.getAllSprints', { ...BOARD, state: ['active'] });
  const [running] = values;
  const dates = { startDate: '2026-12-07T08:00:00.000Z', endDate: '2026-12-18T16:00:00.000Z' };
  const { id: sprintId } = await askAgile('sprint.createSprint', {
    name: 'Next',
    originBoardId: 1,
    ...dates,
  });
  await askAgile('sprint.getSprint', { sprintId });
  await askAgile('sprint.moveIssuesToSprintAndRank', { sprintId, issues });
  await askAgile('sprint.partiallyUpdateSprint', { sprintId: running.id, state: 'closed' });
  await askAgile('sprint.updateSprint', { sprintId, name: 'Now', state: 'active', ...dates });
  const { id: later } = await askAgile('sprint.createSprint', { name: 'Later', originBoardId: 1 });
  await askAgile('sprint.swapSprint', { sprintId, sprintToSwapWith: later });
  await askAgile('sprint.deleteSprint', { sprintId: later });
  await askAgile('sprint.setProperty', { sprintId, propertyKey: 'p', propertyValue: { a: 1 } });
  await askAgile('sprint.getPropertiesKeys', { sprintId });
  await askAgile('sprint.getProperty', { sprintId, propertyKey: 'p' });
  await askAgile('sprint.deleteProperty', { sprintId, propertyKey: 'p' });
  await askAgile('backlog.moveIssuesToBacklogForBoard', { ...BOARD, issues: issues.slice(1) });
  await askAgile('backlog.moveIssuesToBacklog', { issues });
}

async function driveEpics({ ask, askAgile }, issues) {
  const { values } = await askAgile('board.getEpics', BOARD);
  const epicIdOrKey = values[0].key;
  await askAgile('epic.getEpic', { epicIdOrKey });
  await askAgile('epic.partiallyUpdateEpic', { epicIdOrKey, name: 'Short', color: { key: 'color_4' } });
  await askAgile('epic.moveIssuesToEpic', { epicIdOrKey, issues });
  await askAgile('epic.removeIssuesFromEpic', { issues: issues.slice(1) });
  const other = values[1] ?? (await ask('issues.getIssue', { issueIdOrKey: 'DEV-1' }));
  await askAgile('epic.rankEpics', { epicIdOrKey, rankAfterEpic: other.key });
}

async function driveRanks({ askAgile }, [first, second]) {
  await askAgile('issue.rankIssues', { issues: [second], rankBeforeIssue: first });
  await askAgile('issue.getIssue', { issueIdOrKey: first, expand: 'names,schema,changelog' });
  await askAgile('issue.estimateIssueForBoard', { issueIdOrKey: first, boardId: 1, value: '3' });
  await askAgile('issue.getIssueEstimationForBoard', { issueIdOrKey: first, boardId: 1 });
}

/** jira.js asks for the newer lists only; the older ones go by hand. */
async function driveLists({ askAgile, send }) {
  const epicIdOrKey = 'DEV-1';
  const [epicId, sprintId] = [(await askAgile('epic.getEpic', { epicIdOrKey })).id, 42];
  await askAgile('board.getIssuesForBoard', { ...BOARD, maxResults: 5, jql: 'issuetype = Bug' });
  await askAgile('board.getApproximateIssueCountForBoard', BOARD);
  await askAgile('board.getIssuesForBacklog', BOARD);
  await askAgile('board.getApproximateIssueCountForBacklog', BOARD);
  await askAgile('board.getBoardIssuesForSprint', { ...BOARD, sprintId });
  await askAgile('board.getBoardIssuesForEpic', { ...BOARD, epicId });
  await askAgile('board.getIssuesWithoutEpicForBoard', BOARD);
  await askAgile('sprint.getIssuesForSprint', { sprintId });
  await askAgile('epic.getIssuesForEpic', { epicIdOrKey });
  await askAgile('epic.getIssuesWithoutEpic', { maxResults: 3 });
  for (const path of [
    'board/1/issue',
    'board/1/backlog',
    `board/1/sprint/${sprintId}/issue`,
    'board/1/epic/none/issue',
    `board/1/epic/${epicId}/issue`,
    `sprint/${sprintId}/issue`,
    'epic/none/issue',
    `epic/${epicIdOrKey}/issue`,
  ]) {
    await send('GET', `/rest/agile/1.0/${path}?maxResults=3`, { schema: SearchResultsSchema });
  }
}
