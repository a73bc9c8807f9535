/** Worklogs: of an issue, changed since a moment, by their ids. */
import { canSeeIssue, inVisibility } from '../access';
import type { WorklogRow } from '../entities';
import { addWorklog, deleteWorklog, editWorklog } from '../issues/worklogs';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderWorklog, visibleWorklogs } from '../views/activity';
import { selfUrl } from '../world';
import { issueAt } from './issues';
import { neededList, numberParam, objectBody } from './read-query';

/** Changed worklogs of one page, as the document says. */
const UPDATED_PAGE = 1000;

/** Worklogs have no properties here, which is all that `expand` could add. */
const WORKLOGS = { without: ['expand'] };

export const worklogRoutes: readonly Route[] = [
  route('GET /rest/api/3/issue/{issueIdOrKey}/worklog', listWorklogs, WORKLOGS),
  route(
    'POST /rest/api/3/issue/{issueIdOrKey}/worklog',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      return created(renderWorklog(call, addWorklog(call, issue, objectBody(call), call.query)));
    },
    WORKLOGS,
  ),
  route(
    'GET /rest/api/3/issue/{issueIdOrKey}/worklog/{id}',
    (call) => {
      call.cost.core(1);
      return ok(renderWorklog(call, worklogAt(call)));
    },
    WORKLOGS,
  ),
  route(
    'PUT /rest/api/3/issue/{issueIdOrKey}/worklog/{id}',
    (call) => {
      const issue = issueAt(call);
      call.noteIssueWrite(issue);
      return ok(renderWorklog(call, editWorklog(call, issue, worklogAt(call), objectBody(call), call.query)));
    },
    WORKLOGS,
  ),
  route('DELETE /rest/api/3/issue/{issueIdOrKey}/worklog/{id}', (call) => {
    const issue = issueAt(call);
    call.noteIssueWrite(issue);
    deleteWorklog(call, issue, worklogAt(call), call.query);
    return NO_CONTENT;
  }),
  route('GET /rest/api/3/worklog/updated', updatedWorklogs, WORKLOGS),
  route('POST /rest/api/3/worklog/list', worklogsByIds, WORKLOGS),
];

function worklogAt(call: Call): WorklogRow {
  const issue = issueAt(call);
  const row = call.store.worklogs.get(call.params['id']);
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
    worklogs: shown.map((row) => renderWorklog(call, row)),
  });
}

function seenWorklogs(call: Call): WorklogRow[] {
  return call.store.worklogs.all().filter((row) => {
    const issue = call.store.issues.must(row.issueId);
    return canSeeIssue(call, issue) && inVisibility(call, issue, row.visibility);
  });
}

function updatedWorklogs(call: Call): Reply {
  const since = numberParam(call, 'since', 0);
  const all = seenWorklogs(call)
    .filter((row) => row.updated >= since)
    .sort((left, right) => left.updated - right.updated);
  const found = all.slice(0, UPDATED_PAGE);
  const until = found.at(-1)?.updated ?? since;
  const lastPage = found.length === all.length;
  const self = selfUrl(call, 'worklog/updated');
  call.cost.core(found.length);
  return ok({
    values: found.map((row) => ({ worklogId: Number(row.id), updatedTime: row.updated, properties: [] })),
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
  return ok(found.map((row) => renderWorklog(call, row)));
}
