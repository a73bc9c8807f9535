/** Sprints: create, change, start, close, delete, swap, and moving issues into one. */
import { z } from 'zod';
import { freshId } from '../admin/fresh-id';
import { bodyAs } from '../admin/read-body';
import type { SprintRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { parseMoment } from '../time';
import { sprintIdsOf } from './board-issues';
import { boardById, demandSprints, namedIssues, sprintAt, sprintById } from './find';
import { demandAll, dropSprint, each, ranker, setSprint } from './move';
import { MoveBody } from './move-body';
import { swapped } from './sprint-order';
import { renderAgileSprint } from './views';

export const sprintRoutes: readonly Route[] = [
  route('POST /rest/agile/1.0/sprint', createSprint),
  route('GET /rest/agile/1.0/sprint/{sprintId}', (call) => ok(renderAgileSprint(call, sprintAt(call)))),
  route('POST /rest/agile/1.0/sprint/{sprintId}', (call) => update(call, 'partial')),
  route('PUT /rest/agile/1.0/sprint/{sprintId}', (call) => update(call, 'full')),
  route('DELETE /rest/agile/1.0/sprint/{sprintId}', deleteSprint),
  route('POST /rest/agile/1.0/sprint/{sprintId}/swap', swap),
  route('POST /rest/agile/1.0/sprint/{sprintId}/issue', moveIn),
];

/** The longest name of a sprint, as Jira's clients and pages have it. */
const NAME_CHARACTERS = 30;

function checkedName(input: string | undefined): string {
  const name = (input ?? '').trim();
  if (name === '') throw refuse(400, 'The sprint name must not be empty.');
  if (name.length > NAME_CHARACTERS)
    throw refuse(400, `The sprint name must be shorter than ${NAME_CHARACTERS} characters.`);
  return name;
}

/** The moment as sprints keep it, in UTC; 400 for a text that is none. */
function checkedMoment(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = parseMoment(text);
  if (at === undefined)
    throw refuse(400, `Invalid value '${text}' for '${name}': an ISO 8601 moment is expected.`);
  return new Date(at).toISOString();
}

function checkedSpan(startDate: string | undefined, endDate: string | undefined): void {
  if (startDate !== undefined && endDate !== undefined && startDate >= endDate)
    throw refuse(400, 'The start date of a sprint must be before the end date.');
}

const CreateBody = z.strictObject({
  name: z.string().optional(),
  originBoardId: z.number().int().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  goal: z.string().optional(),
});

function createSprint(call: Call): Reply {
  const body = bodyAs(call, CreateBody);
  const name = checkedName(body.name);
  if (body.originBoardId === undefined) throw refuse(400, 'The origin board id must be specified.');
  const board = boardById(call, String(body.originBoardId));
  if (board.type !== 'scrum') throw refuse(400, 'The board does not support sprints');
  demandSprints(call, body.originBoardId);
  const [startDate, endDate] = [
    checkedMoment('startDate', body.startDate),
    checkedMoment('endDate', body.endDate),
  ];
  checkedSpan(startDate, endDate);
  const sprint = call.store.sprints.put({
    id: freshId(call.store, 'sprint', (id) => call.store.sprints.get(id) !== undefined),
    name,
    state: 'future',
    boardId: Number(board.id),
    goal: body.goal ?? '',
    created: new Date(call.now).toISOString(),
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  });
  return created(renderAgileSprint(call, sprint));
}

/** A client may send back what it read; of that the dates of birth and completion change nothing. */
const UpdateBody = z.strictObject({
  id: z.number().int().optional(),
  self: z.string().optional(),
  state: z.string().optional(),
  name: z.string().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  completeDate: z.string().optional(),
  createdDate: z.string().optional(),
  originBoardId: z.number().int().optional(),
  goal: z.string().optional(),
});
type Update = z.infer<typeof UpdateBody>;

function update(call: Call, extent: 'partial' | 'full'): Reply {
  const body = bodyAs(call, UpdateBody);
  const sprint = sprintAt(call);
  demandSprints(call, sprint.boardId);
  if (body.originBoardId !== undefined && body.originBoardId !== sprint.boardId)
    throw refuse(400, 'The origin board of a sprint cannot be changed.');
  if (extent === 'full' && body.state === undefined) throw refuse(400, 'The sprint state must be specified.');
  const kept: Partial<SprintRow> = extent === 'full' ? {} : sprint;
  const name = checkedName(body.name ?? kept.name);
  const goal = body.goal ?? kept.goal ?? '';
  const next = sprint.state === 'closed' ? { ...sprint, name, goal } : changed(call, sprint, kept, body);
  return ok(renderAgileSprint(call, call.store.sprints.put({ ...next, name, goal })));
}

/** An open sprint with the dates and the state of the request. */
function changed(call: Call, sprint: SprintRow, kept: Partial<SprintRow>, body: Update): SprintRow {
  const startDate = checkedMoment('startDate', body.startDate) ?? kept.startDate;
  const endDate = checkedMoment('endDate', body.endDate) ?? kept.endDate;
  checkedSpan(startDate, endDate);
  const { startDate: _start, endDate: _end, ...rest } = sprint;
  const next: SprintRow = {
    ...rest,
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
  return inState(call, next, body.state ?? sprint.state);
}

/** Future sprints are started, active ones completed; no other way leads anywhere. */
function inState(call: Call, sprint: SprintRow, state: string): SprintRow {
  if (state === sprint.state) return sprint;
  if (sprint.state === 'future' && state === 'active') {
    if (sprint.startDate === undefined || sprint.endDate === undefined)
      throw refuse(400, 'A sprint must have a start date and an end date to be started.');
    const others = call.store.sprints.all().filter((row) => row.boardId === sprint.boardId);
    // Parallel sprints are an option that is off by default.
    if (others.some((row) => row.state === 'active'))
      throw refuse(400, 'Another sprint of the board is active already.');
    return { ...sprint, state };
  }
  if (sprint.state === 'active' && state === 'closed') {
    // What is not done keeps the sprint among its closed ones and stands in the backlog again.
    return { ...sprint, state, completeDate: new Date(call.now).toISOString() };
  }
  throw refuse(400, `The state of a sprint cannot change from '${sprint.state}' to '${state}'.`);
}

/** Its issues go to the backlog. */
function deleteSprint(call: Call): Reply {
  const sprint = sprintAt(call);
  demandSprints(call, sprint.boardId);
  const issues = call.store.issues.all().filter((issue) => sprintIdsOf(call, issue).includes(sprint.id));
  for (const issue of issues) dropSprint(call, issue, sprint.id);
  call.store.sprints.remove(sprint.id);
  return NO_CONTENT;
}

function swap(call: Call): Reply {
  const sprint = sprintAt(call);
  const wanted = (call.body as { sprintToSwapWith?: unknown } | undefined)?.sprintToSwapWith;
  // The document has no 400: what names no sprint names one that does not exist.
  const other = sprintById(call, String(wanted));
  for (const row of [sprint, other]) demandSprints(call, row.boardId);
  for (const row of swapped(sprint, other)) call.store.sprints.put(row);
  return NO_CONTENT;
}

function moveIn(call: Call): Reply {
  const { issues: names, ...place } = bodyAs(call, MoveBody);
  const sprint = sprintAt(call);
  if (sprint.state === 'closed') throw refuse(400, 'Issues can only be moved to open or active sprints.');
  const issues = namedIssues(call, names ?? []);
  const rank = ranker(call, issues, place);
  demandAll(
    each(call, issues, (inner, issue) => {
      inner.noteIssueWrite(issue);
      setSprint(inner, issue, sprint.id);
      rank?.(inner, issue);
    }),
  );
  return NO_CONTENT;
}
