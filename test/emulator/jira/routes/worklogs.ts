/** Worklogs: of an issue, changed since a moment, by their ids. */
import { canSeeIssue, inVisibility } from '../access';
import type { WorklogRow } from '../entities';
import { addWorklog, deleteWorklog, editWorklog } from '../issues/worklogs';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { propertyList, renderWorklog, visibleWorklogs } from '../views/activity';
import { requireUser, selfUrl } from '../world';
import { issueAt } from './issues';
import { listParam, neededList, numberParam, objectBody } from './read-query';

/** Of one page, and how old a change must be to be told: both as the document says. */
const CHANGES_PAGE = 1000;
const NOT_YET_TOLD_MS = 60_000;

export const worklogRoutes: readonly Route[] = [
  route('GET /rest/api/3/issue/{issueIdOrKey}/worklog', listWorklogs),
  route('POST /rest/api/3/issue/{issueIdOrKey}/worklog', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    return created(
      renderWorklog(call, addWorklog(call, issue, objectBody(call), call.query), expandOf(call)),
    );
  }),
  route('GET /rest/api/3/issue/{issueIdOrKey}/worklog/{id}', (call) => {
    call.cost.core(1);
    return ok(renderWorklog(call, worklogAt(call), expandOf(call)));
  }),
  route('PUT /rest/api/3/issue/{issueIdOrKey}/worklog/{id}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    const worklog = editWorklog(call, issue, worklogAt(call), objectBody(call), call.query);
    return ok(renderWorklog(call, worklog, expandOf(call)));
  }),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/worklog/{id}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    deleteWorklog(call, issue, worklogAt(call), call.query);
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/worklog/updated', updatedWorklogs),
  route('GET /rest/api/3/worklog/deleted', deletedWorklogs),
  route('POST /rest/api/3/worklog/list', worklogsByIds),
];

function expandOf(call: Call): string {
  return call.query.get('expand') ?? '';
}

/** The worklog of the path; 404 when the caller may not see it. */
export function worklogAt(call: Call): WorklogRow {
  const issue = issueAt(call);
  const row = call.store.worklogs.get(call.params['id'] ?? call.params['worklogId']);
  if (row === undefined || row.issueId !== issue.id || !inVisibility(call, issue, row.visibility)) {
    throw refuse(404, `Cannot find worklog with id: '${call.params['id']}'.`);
  }
  return row;
}

function listWorklogs(call: Call): Reply {
  const after = numberParam(call, 'startedAfter', 0);
  const before = numberParam(call, 'startedBefore', Number.MAX_SAFE_INTEGER);
  const all = visibleWorklogs(call, issueAt(call)).filter(
    (row) => row.started >= after && row.started < before,
  );
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = Math.min(numberParam(call, 'maxResults', 5000), 5000);
  const shown = all.slice(startAt, startAt + maxResults);
  call.cost.core(shown.length);
  return ok({
    startAt,
    maxResults,
    total: all.length,
    worklogs: shown.map((row) => renderWorklog(call, row, expandOf(call))),
  });
}

function seenWorklogs(call: Call): WorklogRow[] {
  return call.store.worklogs.all().filter((row) => {
    const issue = call.store.issues.must(row.issueId);
    return canSeeIssue(call, issue) && inVisibility(call, issue, row.visibility);
  });
}

function updatedWorklogs(call: Call): Reply {
  const withProperties = listParam(call, 'expand').includes('properties');
  const changes = seenWorklogs(call).map((row) => ({
    worklogId: Number(row.id),
    updatedTime: row.updated,
    properties: withProperties ? propertyList(row.properties ?? {}) : [],
  }));
  return changesSince(call, 'worklog/updated', changes);
}

function deletedWorklogs(call: Call): Reply {
  requireUser(call);
  const changes = call.store.deletedWorklogs
    .all()
    .map((row) => ({ worklogId: Number(row.id), updatedTime: row.at, properties: [] }));
  return changesSince(call, 'worklog/deleted', changes);
}

/** A page of changes from the oldest on; those of the last minute are not told yet. */
function changesSince(call: Call, path: string, changes: readonly { updatedTime: number }[]): Reply {
  const since = numberParam(call, 'since', 0);
  const all = changes
    .filter((row) => row.updatedTime >= since && row.updatedTime < call.now - NOT_YET_TOLD_MS)
    .sort((left, right) => left.updatedTime - right.updatedTime);
  const values = all.slice(0, CHANGES_PAGE);
  const until = values.at(-1)?.updatedTime ?? since;
  const lastPage = values.length === all.length;
  const self = selfUrl(call, path);
  call.cost.core(values.length);
  return ok({
    values,
    since,
    until,
    self: `${self}?since=${since}`,
    ...(lastPage ? {} : { nextPage: `${self}?since=${until}` }),
    lastPage,
  });
}

function worklogsByIds(call: Call): Reply {
  const ids = neededList(call, 'ids');
  const found = seenWorklogs(call).filter((row) => ids.includes(row.id));
  call.cost.core(found.length);
  return ok(found.map((row) => renderWorklog(call, row, expandOf(call))));
}
