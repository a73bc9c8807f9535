/** Boards: list, create, delete, configuration, and the projects, versions, epics, sprints and quick filters of one. */
import { z } from 'zod';
import { projectOf } from '../access';
import { containing, ordered } from '../admin/demand';
import { freshId } from '../admin/fresh-id';
import { versionsOf } from '../admin/places';
import { bodyAs } from '../admin/read-body';
import { hasGlobal } from '../daily/global-permissions';
import type { ProjectRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { listParam } from '../routes/read-query';
import { requireUser } from '../world';
import { epicsOf, issuesOf, sprintIdsOf } from './board-issues';
import { boardProjects, filterProjects } from './board-projects';
import { seesFilter } from './filter-access';
import { boardAt, scrumBoardAt, seesBoard } from './find';
import { makeBoard } from './make-board';
import { pageOf } from './pages';
import type { BoardRow, QuickFilter } from './rows';
import { sprintOrder } from './sprint-order';
import { renderAgileVersion } from './version-view';
import {
  agileUrl,
  mayEditBoard,
  renderAgileSprint,
  renderBoard,
  renderConfiguration,
  renderEpic,
  renderInTwo,
} from './views';

export const boardRoutes: readonly Route[] = [
  route('GET /rest/agile/1.0/board', listBoards),
  route('POST /rest/agile/1.0/board', createBoard),
  route('GET /rest/agile/1.0/board/{boardId}', readBoard),
  route('DELETE /rest/agile/1.0/board/{boardId}', deleteBoard),
  route('GET /rest/agile/1.0/board/filter/{filterId}', boardsOfFilter),
  route('GET /rest/agile/1.0/board/{boardId}/configuration', (call) =>
    ok(renderConfiguration(call, boardAt(call))),
  ),
  route('GET /rest/agile/1.0/board/{boardId}/project', (call) =>
    pageOf(call, boardProjects(call, boardAt(call)), (row) => renderInTwo(call, row)),
  ),
  route('GET /rest/agile/1.0/board/{boardId}/epic', epicsOnBoard),
  route('GET /rest/agile/1.0/board/{boardId}/sprint', sprintsOnBoard),
  route('GET /rest/agile/1.0/board/{boardId}/version', versionsOnBoard),
  route('GET /rest/agile/1.0/board/{boardId}/quickfilter', (call) => {
    const board = boardAt(call);
    return pageOf(call, board.quickFilters, (row) => renderQuickFilter(board, row));
  }),
  route('GET /rest/agile/1.0/board/{boardId}/quickfilter/{quickFilterId}', (call) => {
    const board = boardAt(call);
    const found = board.quickFilters.find((row) => String(row.id) === call.params['quickFilterId']);
    if (found === undefined) throw refuse(404, 'The quick filter does not exist on this board.');
    return ok(renderQuickFilter(board, found));
  }),
];

function renderQuickFilter(board: BoardRow, row: QuickFilter): Record<string, unknown> {
  return { ...row, boardId: Number(board.id), position: board.quickFilters.indexOf(row) };
}

const TYPES: ReadonlySet<string> = new Set(['scrum', 'kanban', 'simple']);

function listBoards(call: Call): Reply {
  const types = listParam(call, 'type');
  const wrong = types.find((type) => !TYPES.has(type));
  if (wrong !== undefined) throw refuse(400, `Unsupported board type '${wrong}'.`);
  const tests = [
    (board: BoardRow) => types.length === 0 || types.includes(board.type),
    projectTest(call),
    locationTest(call),
    filterTest(call),
  ];
  const fits = (board: BoardRow) => tests.every((test) => test(board));
  const all = call.store.boards.all().filter(fits);
  const seen = containing(all, call.query.get('name')).filter((board) => seesBoard(call, board));
  const sorted = ordered(call, seen, { name: (board) => board.name });
  // Private ones are known to administrators only, and by nothing but their id.
  const isAsked = call.query.get('includePrivate') === 'true' && call.me?.admin === true;
  const hidden = isAsked ? all.filter((board) => !seesBoard(call, board)) : [];
  const expand = listParam(call, 'expand');
  return pageOf(call, [...sorted, ...hidden], (board) => renderBoard(call, board, expand));
}

/** Boards about a project; a project that is not there is a wrong request. */
function projectTest(call: Call): (board: BoardRow) => boolean {
  const name = call.query.get('projectKeyOrId');
  if (name === null || name === '') return () => true;
  const project = projectNamed(call, name);
  return (board) => filterProjects(call, board).some((row) => row.id === project.id);
}

function projectNamed(call: Call, name: string): ProjectRow {
  const known = call.store.projects.get(name) ?? call.store.projects.by('key', name.toUpperCase())[0];
  if (known === undefined) throw refuse(400, `No project could be found with key or id '${name}'.`);
  return projectOf(call, known.id);
}

/** Where the board is: with a person, in a project, in projects of a type; `negateLocationFiltering` turns it round. */
function locationTest(call: Call): (board: BoardRow) => boolean {
  const account = call.query.get('accountIdLocation');
  const project = call.query.get('projectLocation');
  const types = listParam(call, 'projectTypeLocation');
  const isNegated = call.query.get('negateLocationFiltering') === 'true';
  if (account === null && project === null && types.length === 0) return () => true;
  return ({ location }) => {
    const row = 'projectId' in location ? call.store.projects.get(location.projectId) : undefined;
    const isThere =
      (account === null || ('userId' in location && location.userId === account)) &&
      (project === null || (row !== undefined && [row.id, row.key].includes(project))) &&
      (types.length === 0 || (row !== undefined && types.includes(row.typeKey)));
    return isThere !== isNegated;
  };
}

function filterTest(call: Call): (board: BoardRow) => boolean {
  const id = call.query.get('filterId');
  return (board) => id === null || board.filterId === id;
}

const BoardBody = z.strictObject({
  name: z.string().optional(),
  type: z.enum(['scrum', 'kanban', 'agility']).optional(),
  filterId: z.number().int().optional(),
  location: z
    .strictObject({ type: z.enum(['project', 'user']).optional(), projectKeyOrId: z.string().optional() })
    .optional(),
});

function createBoard(call: Call): Reply {
  const me = requireUser(call);
  const { name = '', type, filterId, location } = bodyAs(call, BoardBody);
  if (name.trim() === '') throw refuse(400, 'The board name must not be empty.');
  if (name.length >= 255) throw refuse(400, 'The board name must be shorter than 255 characters.');
  if (type === undefined || type === 'agility') throw refuse(400, 'The board type must be scrum or kanban.');
  const filter = call.store.filters.get(String(filterId));
  if (filter === undefined || !seesFilter(call, filter))
    throw refuse(400, `The filter with id ${filterId} does not exist or you cannot see it.`);
  const place = readLocation(call, location);
  // Without the right to share, people get a board of their own.
  const isOwn = place === undefined || !hasGlobal(me, 'CREATE_SHARED_OBJECTS');
  const board = makeBoard(call, {
    id: freshId(call.store, 'board', (id) => call.store.boards.get(id) !== undefined),
    name,
    type,
    filterId: filter.id,
    location: isOwn ? { userId: me.id } : place,
    adminIds: [me.id],
  });
  return created(renderBoard(call, board));
}

/** The project in which the board will be; undefined: with the caller. */
function readLocation(
  call: Call,
  location: z.infer<typeof BoardBody>['location'],
): { projectId: string } | undefined {
  if (location === undefined) return undefined;
  const { type, projectKeyOrId } = location;
  if (type === undefined) throw refuse(400, 'The location must have a type.');
  if (type === 'user') {
    if (projectKeyOrId !== undefined) throw refuse(400, 'A board of a user has no project.');
    return undefined;
  }
  if (projectKeyOrId === undefined) throw refuse(400, 'The location must name a project.');
  return { projectId: projectNamed(call, projectKeyOrId).id };
}

function readBoard(call: Call): Reply {
  const board = call.store.boards.get(call.params['boardId']);
  const isHidden = board !== undefined && !seesBoard(call, board);
  return ok(renderBoard(call, isHidden && call.me?.admin === true ? board : boardAt(call)));
}

function deleteBoard(call: Call): Reply {
  const board = call.store.boards.get(call.params['boardId']);
  const shown = board !== undefined && call.me?.admin === true ? board : boardAt(call);
  if (call.me?.admin !== true && !mayEditBoard(call, shown))
    throw refuse(403, 'You do not have permission to delete this board.');
  call.store.boards.remove(shown.id);
  return NO_CONTENT;
}

/** Tells ids and names even of boards that the caller cannot see otherwise, if the filter is seen. */
function boardsOfFilter(call: Call): Reply {
  const filter = call.store.filters.get(call.params['filterId']);
  if (filter === undefined || !seesFilter(call, filter))
    throw refuse(400, 'The filter does not exist or you do not have permission to see it.');
  const boards = call.store.boards.all().filter((board) => board.filterId === filter.id);
  return pageOf(call, boards, ({ id, name }) => ({
    id: Number(id),
    self: agileUrl(call, `board/${id}`),
    name,
  }));
}

/** A query parameter that is `true` or `false`; undefined when absent. */
function flag(call: Call, name: string): boolean | undefined {
  const text = call.query.get(name);
  if (text === null || text === '') return undefined;
  if (text !== 'true' && text !== 'false') throw refuse(400, `Invalid value '${text}' for '${name}'.`);
  return text === 'true';
}

function epicsOnBoard(call: Call): Reply {
  const done = flag(call, 'done');
  const epics = epicsOf(call, boardAt(call)).map((issue) => renderEpic(call, issue));
  return pageOf(
    call,
    epics.filter((epic) => done === undefined || epic['done'] === done),
    (epic) => epic,
  );
}

const STATES: ReadonlySet<string> = new Set(['future', 'active', 'closed']);

/** Sprints made on the board and those its issues are in. */
function sprintsOnBoard(call: Call): Reply {
  const board = scrumBoardAt(call);
  const states = listParam(call, 'state');
  const wrong = states.find((state) => !STATES.has(state));
  if (wrong !== undefined) throw refuse(400, `Invalid value '${wrong}' for 'state'.`);
  const used = new Set(issuesOf(call, board).flatMap((issue) => sprintIdsOf(call, issue)));
  const sprints = call.store.sprints
    .all()
    .filter((sprint) => String(sprint.boardId) === board.id || used.has(sprint.id))
    .filter((sprint) => states.length === 0 || states.includes(sprint.state));
  return pageOf(call, sprints.sort(sprintOrder), (sprint) => renderAgileSprint(call, sprint));
}

function versionsOnBoard(call: Call): Reply {
  const released = flag(call, 'released');
  const versions = boardProjects(call, boardAt(call))
    .flatMap((project) => versionsOf(call.store, project.id))
    .filter((version) => released === undefined || version.released === released);
  return pageOf(call, versions, (version) => renderAgileVersion(call, version));
}
