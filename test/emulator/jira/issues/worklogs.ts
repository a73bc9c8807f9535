/** Logged work and what it does to the issue's time tracking. */
import { hasProjectPermission } from '../access';
import type { Body, ChangeItem, IssueRow, WorklogRow } from '../entities';
import { emitWorklog } from '../events';
import { FieldRefusal } from '../fields/codec';
import { checkDocument } from '../fields/text-codecs';
import { WORKLOGS_PER_ISSUE } from '../limits';
import { refuse, refuseFields } from '../problem';
import { parseDuration, parseMoment } from '../time';
import type { TimeTracking } from '../views/choices';
import { requireUser, type Session } from '../world';
import { valueItems } from './change-items';
import { readVisibility } from './comments';
import { commitIssue, dropOrphans, readProperties, withValues } from './commit';

export function addWorklog(
  session: Session,
  issue: IssueRow,
  input: Record<string, unknown>,
  query: URLSearchParams,
): WorklogRow {
  const me = requireUser(session);
  const project = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(me, project, 'WORK_ON_ISSUES')) {
    throw refuse(400, 'You do not have the permission to associate a worklog to this issue.');
  }
  if (session.store.worklogs.by('issue', issue.id).length >= WORKLOGS_PER_ISSUE) {
    throw refuse(413, `The issue has reached the limit of ${WORKLOGS_PER_ISSUE} worklogs.`);
  }
  const seconds = readSpent(input);
  if (seconds === undefined) throw refuseFields({ timeLogged: 'You must indicate the time spent working.' });
  const comment = readComment(session, issue, input['comment']);
  const visibility = readVisibility(session, issue, input['visibility']);
  const worklog = session.store.worklogs.put({
    id: session.store.nextId('worklog'),
    issueId: issue.id,
    authorId: me.id,
    updateAuthorId: me.id,
    created: session.now,
    updated: session.now,
    started: readStarted(input['started']) ?? session.now,
    seconds,
    properties: readProperties(input['properties']),
    ...(comment === undefined ? {} : { comment }),
    ...(visibility === undefined ? {} : { visibility }),
  });
  track(session, issue.id, { logged: seconds, query, worklogId: worklog.id });
  emitWorklog(session, 'created', worklog);
  return worklog;
}

export function editWorklog(
  session: Session,
  issue: IssueRow,
  worklog: WorklogRow,
  input: Record<string, unknown>,
  query: URLSearchParams,
): WorklogRow {
  const me = demandWorklog(session, issue, worklog, 'EDIT');
  const seconds = readSpent(input) ?? worklog.seconds;
  const comment = 'comment' in input ? readComment(session, issue, input['comment']) : worklog.comment;
  const { comment: old, visibility: kept, ...rest } = worklog;
  const visibility = 'visibility' in input ? readVisibility(session, issue, input['visibility']) : kept;
  const next = session.store.worklogs.put({
    ...rest,
    updateAuthorId: me.id,
    updated: session.now,
    started: readStarted(input['started']) ?? worklog.started,
    seconds,
    properties: { ...worklog.properties, ...readProperties(input['properties']) },
    ...(comment === undefined ? {} : { comment }),
    ...(visibility === undefined ? {} : { visibility }),
  });
  track(session, issue.id, { logged: seconds - worklog.seconds, query, worklogId: worklog.id });
  emitWorklog(session, 'updated', next);
  dropOrphans(session, issue.id, [old]);
  return next;
}

export function deleteWorklog(
  session: Session,
  issue: IssueRow,
  worklog: WorklogRow,
  query: URLSearchParams,
): void {
  demandWorklog(session, issue, worklog, 'DELETE');
  track(session, issue.id, { logged: -worklog.seconds, query, worklogId: worklog.id });
  emitWorklog(session, 'deleted', worklog);
  session.store.worklogs.remove(worklog.id);
  session.store.deletedWorklogs.put({ id: worklog.id, issueId: issue.id, at: session.now });
  dropOrphans(session, issue.id, [worklog.comment]);
}

function demandWorklog(session: Session, issue: IssueRow, worklog: WorklogRow, verb: 'EDIT' | 'DELETE') {
  const me = requireUser(session);
  const project = session.store.projects.must(issue.projectId);
  const own = worklog.authorId === me.id && hasProjectPermission(me, project, `${verb}_OWN_WORKLOGS`);
  if (!own && !hasProjectPermission(me, project, `${verb}_ALL_WORKLOGS`)) {
    throw refuse(400, 'You do not have the permission to change this worklog.');
  }
  return me;
}

function readSpent(input: Record<string, unknown>): number | undefined {
  const words = input['timeSpent'];
  const seconds = input['timeSpentSeconds'];
  if (typeof words === 'string') {
    const parsed = parseDuration(words);
    if (parsed === undefined || parsed <= 0)
      throw refuseFields({ timeLogged: 'Invalid time duration entered.' });
    return parsed;
  }
  if (typeof seconds === 'number') {
    if (seconds < 60) throw refuseFields({ timeLogged: 'Worklog must not be null or less than one minute.' });
    return seconds;
  }
  return undefined;
}

function readStarted(input: unknown): number | undefined {
  if (input === undefined || input === null) return undefined;
  const at = parseMoment(String(input));
  if (at === undefined) throw refuse(400, `Can not deserialize value '${String(input)}' of 'started'.`);
  return at;
}

function readComment(session: Session, issue: IssueRow, input: unknown): Body | undefined {
  if (input === undefined || input === null) return undefined;
  try {
    return checkDocument(session, input, issue.id);
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuseFields({ comment: error.message });
    throw error;
  }
}

/** Moves time spent, and the remaining estimate as `adjustEstimate` says (`auto` when absent). */
function track(
  session: Session,
  issueId: string,
  change: { logged: number; query: URLSearchParams; worklogId: string },
): void {
  const issue = session.store.issues.must(issueId);
  const before = (issue.values['timetracking'] as TimeTracking | undefined) ?? {};
  const spent = Math.max(0, (before.spent ?? 0) + change.logged);
  const remaining = adjusted(before.remaining, change.logged, change.query);
  const after: TimeTracking = { ...before, spent };
  if (remaining !== undefined) after.remaining = remaining;
  const next = withValues(issue, new Map([['timetracking', after]]));
  const items: ChangeItem[] = valueItems(session, issue, next);
  items.push({
    field: 'WorklogId',
    fieldtype: 'jira',
    from: change.logged < 0 ? change.worklogId : null,
    fromString: change.logged < 0 ? change.worklogId : null,
    to: change.logged < 0 ? null : change.worklogId,
    toString: change.logged < 0 ? null : change.worklogId,
  });
  commitIssue(session, next, items, { typeName: 'issue_work_logged' });
}

function adjusted(remaining: number | undefined, logged: number, query: URLSearchParams): number | undefined {
  const amount = (name: string) => {
    const seconds = parseDuration(query.get(name) ?? '');
    if (seconds === undefined) throw refuse(400, `Invalid value of '${name}'.`);
    return seconds;
  };
  switch (query.get('adjustEstimate') ?? 'auto') {
    case 'leave':
      return remaining;
    case 'new':
      return amount('newEstimate');
    case 'manual':
      return Math.max(0, (remaining ?? 0) + (logged < 0 ? amount('increaseBy') : -amount('reduceBy')));
    case 'auto':
      return remaining === undefined ? undefined : Math.max(0, remaining - logged);
    default:
      throw refuse(400, "Invalid value of 'adjustEstimate'.");
  }
}
