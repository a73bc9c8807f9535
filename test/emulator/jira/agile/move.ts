/** Moves issues in the order of ranks, in and out of sprints, and under epics, with the changelog that Jira writes. */
import { demand } from '../access';
import { attempt, textsOf } from '../daily/attempt';
import type { ChangeItem, IssueRow } from '../entities';
import { FieldRefusal } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { valueItems } from '../issues/change-items';
import { commitIssue, withValues } from '../issues/commit';
import { spotFor } from '../issues/field-access';
import { type Problem, refuse } from '../problem';
import { type Call, NO_CONTENT, type Reply } from '../router';
import { sprintField, sprintIdsOf } from './board-issues';
import { namedIssue } from './find';
import { byRank, rankBetween, rankField, rankOf } from './rank';

/** Where issues go: above one or below one. */
export interface Place {
  rankBeforeIssue?: string | undefined;
  rankAfterIssue?: string | undefined;
  rankCustomFieldId?: number | undefined;
}

/** What became of one issue. */
interface Outcome {
  issue: IssueRow;
  problem: Problem | undefined;
}

/** Does the task for each issue; what fails is undone alone. */
export function each(
  call: Call,
  issues: readonly IssueRow[],
  task: (inner: Call, issue: IssueRow) => void,
): Outcome[] {
  return issues.map((issue) => ({ issue, problem: attempt(call, (inner) => task(inner, issue)) }));
}

/** 204 when all went well, 207 with the fate of each when some did not, the first refusal when none did. */
export function replyOf(outcomes: readonly Outcome[]): Reply {
  const failed = outcomes.filter(({ problem }) => problem !== undefined);
  if (failed.length === 0) return NO_CONTENT;
  if (failed.length === outcomes.length && failed[0]?.problem !== undefined) throw failed[0].problem;
  const entries = outcomes.map(({ issue, problem }) => ({
    issueId: Number(issue.id),
    issueKey: issue.key,
    status: problem?.status ?? 200,
    ...(problem === undefined ? {} : { errors: textsOf(problem) }),
  }));
  return { status: 207, json: { entries } };
}

/** Throws the first refusal: operations that know no partial answer do all or nothing. */
export function demandAll(outcomes: readonly Outcome[]): void {
  for (const { problem } of outcomes) if (problem !== undefined) throw problem;
}

/** A step that gives an issue the next rank at the place, one below the other; undefined without a place. */
export function ranker(
  call: Call,
  issues: readonly IssueRow[],
  place: Place,
): ((inner: Call, issue: IssueRow) => void) | undefined {
  const { rankBeforeIssue, rankAfterIssue } = place;
  if (rankBeforeIssue !== undefined && rankAfterIssue !== undefined)
    throw refuse(400, 'Only one of rankBeforeIssue and rankAfterIssue can be given.');
  const field = rankField(call.store);
  const { rankCustomFieldId = field?.schema?.customId } = place;
  if (rankCustomFieldId !== field?.schema?.customId)
    throw refuse(400, `The rank field with id ${rankCustomFieldId} does not exist.`);
  const named = rankBeforeIssue ?? rankAfterIssue;
  if (named === undefined) return undefined;
  const anchor = namedIssue(call, named);
  if (issues.some((issue) => issue.id === anchor.id))
    throw refuse(400, `Issue ${anchor.key} cannot be ranked next to itself.`);
  const bounds = boundsAt(call, issues, anchor, rankBeforeIssue !== undefined);
  return (inner, issue) => {
    demand(inner, issue, 'SCHEDULE_ISSUES', 403, 'You do not have permission to rank this issue.');
    bounds.upper = setRank(inner, inner.store.issues.must(issue.id), bounds.upper, bounds.lower);
  };
}

/** The ranks between which the place is, counting only issues that stay where they are. */
function boundsAt(call: Call, moved: readonly IssueRow[], anchor: IssueRow, isBefore: boolean) {
  const gone = new Set(moved.map((issue) => issue.id));
  const others = call.store.issues
    .all()
    .filter((issue) => !gone.has(issue.id))
    .sort(byRank(call.store));
  const at = others.findIndex((issue) => issue.id === anchor.id) + (isBefore ? 0 : 1);
  const rankAt = (position: number) => {
    const issue = others[position];
    return issue === undefined ? undefined : rankOf(call.store, issue);
  };
  return { upper: rankAt(at - 1), lower: rankAt(at) };
}

/** Returns the rank the issue has then; one that is already there stays untouched. */
function setRank(
  session: Call,
  issue: IssueRow,
  upper: string | undefined,
  lower: string | undefined,
): string {
  const field = rankField(session.store);
  const old = rankOf(session.store, issue);
  if (field === undefined || ((upper ?? '') < old && (lower === undefined || old < lower))) return old;
  const rank = rankBetween(session.store, upper, lower);
  const item: ChangeItem = {
    field: field.name,
    fieldtype: 'custom',
    fieldId: field.id,
    from: '',
    fromString: '',
    to: '',
    toString: rank < old ? 'Ranked higher' : 'Ranked lower',
  };
  commitIssue(session, withValues(issue, new Map([[field.id, rank]])), [item]);
  return rank;
}

/** Puts the issue into the sprint, or with none into the backlog; sprints that are over stay with it. */
export function setSprint(session: Call, issue: IssueRow, sprintId: string | undefined): void {
  const field = sprintField(session);
  if (field === undefined) throw refuse(400, 'This site has no sprint field.');
  for (const permission of ['SCHEDULE_ISSUES', 'EDIT_ISSUES'])
    demand(session, issue, permission, 403, `You do not have permission to move issue ${issue.key}.`);
  const old = sprintIdsOf(session, issue);
  const past = old.filter((id) => session.store.sprints.get(id)?.state === 'closed' && id !== sprintId);
  setValue(session, issue, field.id, sprintId === undefined ? past : [...past, sprintId]);
}

/** Takes the sprint out of the issue's list, wherever it stands. */
export function dropSprint(session: Call, issue: IssueRow, sprintId: string): void {
  const rest = sprintIdsOf(session, issue).filter((id) => id !== sprintId);
  setValue(session, issue, sprintField(session)?.id ?? '', rest);
}

function setValue(session: Call, issue: IssueRow, fieldId: string, list: readonly string[]): void {
  const next = withValues(issue, new Map([[fieldId, list.length === 0 ? undefined : list]]));
  const items = valueItems(session, issue, next);
  if (items.length > 0) commitIssue(session, next, items);
}

/** Makes the epic the issue's parent, or takes it from its epic; 400 where the hierarchy does not allow it. */
export function setEpic(session: Call, issue: IssueRow, epic: IssueRow | undefined): void {
  demand(session, issue, 'EDIT_ISSUES', 403, `You do not have permission to edit issue ${issue.key}.`);
  const { store } = session;
  const project = store.projects.must(issue.projectId);
  const spot = spotFor(
    session,
    store.fields.must('parent'),
    project,
    store.issueTypes.must(issue.typeId),
    issue.id,
  );
  try {
    const value = codecOf('parent').parse(epic === undefined ? null : { id: epic.id }, spot);
    const next = withValues(issue, new Map([['parent', value]]));
    const items = valueItems(session, issue, next);
    if (items.length > 0) commitIssue(session, next, items);
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuse(400, `${issue.key}: ${error.message}`);
    throw error;
  }
}
