/** Single issues of Jira Software: reading one, its estimate on a board, ranks, and the way back to the backlog. */
import { z } from 'zod';
import { demand, issueOf } from '../access';
import { bodyAs } from '../admin/read-body';
import type { IssueRow } from '../entities';
import { FieldRefusal } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { valueItems } from '../issues/change-items';
import { commitIssue, withValues } from '../issues/commit';
import { spotFor } from '../issues/field-access';
import { noteView } from '../issues/viewed';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { listParam } from '../routes/read-query';
import { parseDuration } from '../time';
import type { TimeTracking } from '../views/choices';
import { renderAgileIssue } from './agile-issue';
import { membershipOf } from './board-issues';
import { boardById, namedIssues, scrumBoardAt } from './find';
import { demandAll, each, ranker, replyOf, setSprint } from './move';
import { IssuesBody, MoveBody } from './move-body';

export const agileIssueRoutes: readonly Route[] = [
  route('GET /rest/agile/1.0/issue/{issueIdOrKey}', readIssue),
  route('GET /rest/agile/1.0/issue/{issueIdOrKey}/estimation', (call) => {
    const { issue, fieldId } = estimated(call);
    return ok(estimationOf(issue, fieldId));
  }),
  route('PUT /rest/agile/1.0/issue/{issueIdOrKey}/estimation', estimate),
  route('PUT /rest/agile/1.0/issue/rank', rank),
  route('POST /rest/agile/1.0/backlog/issue', toBacklog),
  route('POST /rest/agile/1.0/backlog/{boardId}/issue', toBacklogOf),
];

function issueAt(call: Call): IssueRow {
  return issueOf(call, call.params['issueIdOrKey'] ?? '');
}

function readIssue(call: Call): Reply {
  const issue = issueAt(call);
  call.cost.core(1);
  if (call.query.get('updateHistory') === 'true') noteView(call, issue);
  return ok(
    renderAgileIssue(call, issue, { fields: listParam(call, 'fields'), expand: listParam(call, 'expand') }),
  );
}

/** The issue and the field in which the board of the request estimates it. */
function estimated(call: Call): { issue: IssueRow; fieldId: string } {
  const boardId = call.query.get('boardId');
  if (boardId === null || boardId === '') throw refuse(400, 'The boardId must be given.');
  const issue = issueAt(call);
  const board = boardById(call, boardId);
  if (!membershipOf(call, board)(issue)) throw refuse(404, 'The issue does not belong to the board.');
  const fieldId = board.estimationFieldId;
  if (fieldId === undefined) throw refuse(400, 'The board does not estimate issues by a field.');
  return { issue, fieldId };
}

/** Points as they are, original time in seconds; without an estimate there is no value. */
function estimationOf(issue: IssueRow, fieldId: string): Record<string, unknown> {
  const value =
    fieldId === 'timeoriginalestimate'
      ? (issue.values['timetracking'] as TimeTracking | undefined)?.original
      : issue.values[fieldId];
  return { fieldId, ...(value === undefined ? {} : { value }) };
}

const EstimateBody = z.strictObject({ value: z.string().optional() });

/** Sets the field whatever the screen; the permission to edit is enough. */
function estimate(call: Call): Reply {
  const { value = '' } = bodyAs(call, EstimateBody);
  const { issue, fieldId } = estimated(call);
  demand(call, issue, 'EDIT_ISSUES', 403, 'You do not have permission to edit the issue.');
  call.noteIssueWrite(issue);
  const change: [string, unknown] =
    fieldId === 'timeoriginalestimate'
      ? ['timetracking', withOriginal(issue, value)]
      : [fieldId, readPoints(call, issue, fieldId, value)];
  const next = withValues(issue, new Map([change]));
  return ok(estimationOf(commitIssue(call, next, valueItems(call, issue, next)), fieldId));
}

function withOriginal(issue: IssueRow, text: string): TimeTracking {
  const original = parseDuration(text);
  if (original === undefined) throw refuse(400, `Invalid time duration entered: '${text}'.`);
  return { ...(issue.values['timetracking'] as TimeTracking | undefined), original };
}

function readPoints(call: Call, issue: IssueRow, fieldId: string, text: string): unknown {
  if (text.trim() === '') return undefined;
  const project = call.store.projects.must(issue.projectId);
  const type = call.store.issueTypes.must(issue.typeId);
  const spot = spotFor(call, call.store.fields.must(fieldId), project, type, issue.id);
  try {
    return codecOf('number').parse(Number(text), spot);
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuse(400, error.message);
    throw error;
  }
}

function rank(call: Call): Reply {
  const { issues: names, ...place } = bodyAs(call, MoveBody);
  const issues = namedIssues(call, names ?? []);
  const step = ranker(call, issues, place);
  if (step === undefined) throw refuse(400, 'Either rankBeforeIssue or rankAfterIssue must be given.');
  return replyOf(
    each(call, issues, (inner, issue) => {
      inner.noteIssueWrite(issue);
      step(inner, issue);
    }),
  );
}

function toBacklog(call: Call): Reply {
  const issues = namedIssues(call, bodyAs(call, IssuesBody).issues ?? []);
  demandAll(
    each(call, issues, (inner, issue) => {
      inner.noteIssueWrite(issue);
      setSprint(inner, issue, undefined);
    }),
  );
  return NO_CONTENT;
}

function toBacklogOf(call: Call): Reply {
  const { issues: names, ...place } = bodyAs(call, MoveBody);
  const board = scrumBoardAt(call);
  const issues = namedIssues(call, names ?? []);
  const isOn = membershipOf(call, board);
  const stray = issues.find((issue) => !isOn(issue));
  if (stray !== undefined) throw refuse(400, `Issue ${stray.key} is not on the board.`);
  const step = ranker(call, issues, place);
  return replyOf(
    each(call, issues, (inner, issue) => {
      inner.noteIssueWrite(issue);
      setSprint(inner, issue, undefined);
      step?.(inner, issue);
    }),
  );
}
