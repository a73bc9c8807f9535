/** Pages of Jira Software: of rows, of issues by position, and of issues by token. */
import { compileJql } from '../../jql/compile-jql';
import type { IssueRow } from '../entities';
import { issueView, jqlEnv } from '../jql-site';
import { RECONCILE_ISSUES, SEARCH_MAX_RESULTS_WITH_FIELDS } from '../limits';
import { Problem, refuse } from '../problem';
import { type Call, ok, type Reply } from '../router';
import { listParam, numberParam } from '../routes/read-query';
import { renderAgileIssue } from './agile-issue';

const PAGE = 50;

/** One page of boards, sprints, epics, versions or projects. */
export function pageOf<T>(call: Call, all: readonly T[], render: (row: T) => unknown): Reply {
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = numberParam(call, 'maxResults', PAGE);
  const shown = all.slice(startAt, startAt + maxResults);
  call.cost.core(shown.length);
  return ok({
    maxResults,
    startAt,
    total: all.length,
    isLast: startAt + shown.length >= all.length,
    values: shown.map(render),
  });
}

/** Finds the issues of a list; ids in `reconcile` are read from the store, not from the index. */
export type Find = (reconcile: ReadonlySet<string>) => IssueRow[];

interface Found {
  issues: IssueRow[];
  warningMessages?: string[];
}

/**
 * What `find` gives, narrowed and ordered by the `jql` of the request. A query that is wrong is refused, or with
 * `validateQuery=false` finds nothing and warns.
 */
function narrowed(call: Call, find: Find): Found {
  const all = find(new Set(listParam(call, 'reconcileIssues')));
  const jql = call.query.get('jql') ?? '';
  const isLenient = call.query.get('validateQuery') === 'false';
  if (jql.trim() === '') return { issues: all };
  const compiled = compileJql(jql, jqlEnv(call));
  if (!compiled.ok) {
    if (isLenient) return { issues: [], warningMessages: compiled.errorMessages };
    throw new Problem(400, { errorMessages: compiled.errorMessages, errors: {} });
  }
  const views = all
    .map((issue) => ({ issue, view: issueView(call, issue) }))
    .filter(({ view }) => compiled.matches(view));
  // The sort is stable: what the query does not tell apart stays in the order of ranks.
  views.sort((left, right) => compiled.compare(left.view, right.view));
  return { issues: views.map(({ issue }) => issue) };
}

function ask(call: Call) {
  return { fields: listParam(call, 'fields'), expand: listParam(call, 'expand') };
}

/** A page of issues by position, as agile 1.0 has it. */
export function issuePage(call: Call, find: Find): Reply {
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = Math.min(numberParam(call, 'maxResults', PAGE), SEARCH_MAX_RESULTS_WITH_FIELDS);
  const { issues, warningMessages } = narrowed(call, find);
  const shown = issues.slice(startAt, startAt + maxResults);
  call.cost.core(shown.length);
  return ok({
    expand: 'schema,names',
    startAt,
    maxResults,
    total: issues.length,
    issues: shown.map((issue) => renderAgileIssue(call, issue, ask(call))),
    ...(warningMessages === undefined ? {} : { warningMessages }),
  });
}

/** A page of issues by token, as software 1.0 has it. */
export function tokenPage(call: Call, find: Find): Reply {
  if (listParam(call, 'reconcileIssues').length > RECONCILE_ISSUES)
    throw refuse(400, `At most ${RECONCILE_ISSUES} issues can be reconciled.`);
  const size = Math.min(numberParam(call, 'maxResults', PAGE), SEARCH_MAX_RESULTS_WITH_FIELDS);
  const start = startOf(call);
  const { issues, warningMessages } = narrowed(call, find);
  const shown = issues.slice(start, start + size);
  const next = start + shown.length;
  call.cost.core(shown.length);
  return ok({
    expand: 'schema,names',
    isLast: next >= issues.length,
    ...(next < issues.length ? { nextPageToken: tokenOf(call, next) } : {}),
    issues: shown.map((issue) => renderAgileIssue(call, issue, ask(call))),
    ...(warningMessages === undefined ? {} : { warningMessages }),
  });
}

/** How many issues there are. */
export function issueCount(call: Call, find: Find): Reply {
  return ok({ count: narrowed(call, find).issues.length });
}

/** A token belongs to one list and one query. */
function listOf(call: Call): string {
  return `${JSON.stringify(call.params)} ${call.query.get('jql') ?? ''}`;
}

function tokenOf(call: Call, start: number): string {
  return Buffer.from(JSON.stringify([listOf(call), start])).toString('base64url');
}

function startOf(call: Call): number {
  const token = call.query.get('nextPageToken');
  if (token === null || token === '') return 0;
  try {
    const [list, start] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown];
    if (list === listOf(call) && typeof start === 'number') return start;
  } catch {
    // Falls through to the refusal below.
  }
  throw refuse(400, 'The nextPageToken is invalid or belongs to another query.');
}
