/** The board that comes with a project, and the shared filter behind it. */
import { freshId } from '../admin/fresh-id';
import type { ProjectRow } from '../entities';
import type { Session } from '../world';
import { makeBoard } from './make-board';
import type { BoardRow } from './rows';

interface ProjectBoard {
  type: BoardRow['type'];
  /** Owns the filter and administers the board. */
  ownerId: string;
  /** Absent: the next free one. */
  id?: string;
  /** Absent: called after the project. */
  name?: string;
}

/** Type of board that a template of company-managed projects brings along; undefined for those without a board. */
export function boardOfTemplate(template: string | undefined): BoardRow['type'] | undefined {
  return /^com\.pyxis\.greenhopper\.jira:gh-simplified-(scrum|kanban)-classic$/.exec(template ?? '')?.[1] as
    | BoardRow['type']
    | undefined;
}

/** Stores a board of the project's issues with a filter that everybody in the project sees. */
export function makeProjectBoard(session: Session, project: ProjectRow, wanted: ProjectBoard): BoardRow {
  const { store } = session;
  const { type, ownerId, name = `${project.key} board` } = wanted;
  const filter = store.filters.put({
    id: store.nextId('filter'),
    name: `Filter for ${name}`,
    description: '',
    jql: `project = ${project.key} ORDER BY Rank ASC`,
    ownerId,
    favouriteOf: [],
    shares: [{ id: Number(store.nextId('share')), type: 'project', projectId: project.id }],
  });
  return makeBoard(session, {
    id: wanted.id ?? freshId(store, 'board', (id) => store.boards.get(id) !== undefined),
    name,
    type,
    filterId: filter.id,
    location: { projectId: project.id },
    adminIds: [ownerId],
  });
}
