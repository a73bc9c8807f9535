/** A board with the columns, estimation and quick filters that Jira gives to a new one. */

import type { Session } from '../world';
import { filterProjects } from './board-projects';
import type { BoardColumn, BoardRow } from './rows';

/** Words of Jira's new boards; quick filters are numbered through the site. */
const QUICK_FILTERS = [
  {
    name: 'Only My Issues',
    description: 'Displays issues which are currently assigned to the current user',
    jql: 'assignee = currentUser()',
  },
  {
    name: 'Recently Updated',
    description: 'Displays issues which have been updated in the last day',
    jql: 'updated >= -1d',
  },
] as const;

/** Hides what was released, as on every new kanban board. */
const KANBAN_SUB_QUERY = 'fixVersion in unreleasedVersions() OR fixVersion is EMPTY';

/** Stores a new board and returns it. */
export function makeBoard(
  session: Session,
  given: Pick<BoardRow, 'id' | 'name' | 'type' | 'filterId' | 'location' | 'adminIds'>,
): BoardRow {
  const { store } = session;
  const points = store.fields
    .all()
    .find((field) => field.kind === 'number' && /^story points?( estimate)?$/i.test(field.name));
  const board: BoardRow = {
    ...given,
    columns: [],
    ...(given.type === 'scrum' ? { estimationFieldId: points?.id ?? 'timeoriginalestimate' } : {}),
    ...(given.type === 'kanban' ? { subQuery: KANBAN_SUB_QUERY } : {}),
    quickFilters: QUICK_FILTERS.map((row) => ({ ...row, id: Number(store.nextId('quickFilter')) })),
    properties: {},
  };
  return store.boards.put({ ...board, columns: columnsFor(session, board) });
}

/** One column for each category, with the statuses of the projects' workflows. */
function columnsFor(session: Session, board: BoardRow): BoardColumn[] {
  const { store } = session;
  const projects = filterProjects(session, board);
  const workflowIds = new Set(
    (projects.length > 0 ? projects : store.projects.all()).flatMap((project) =>
      Object.values(project.workflows),
    ),
  );
  const ids = new Set([...workflowIds].flatMap((id) => [...store.workflows.must(id).statusIds]));
  const statuses = store.statuses.all().filter((status) => ids.has(status.id));
  const column = (name: string, categoryId: number) => ({
    name,
    statusIds: statuses.filter((status) => status.categoryId === categoryId).map((status) => status.id),
  });
  return [column('To Do', 2), column('In Progress', 4), column('Done', 3)];
}
