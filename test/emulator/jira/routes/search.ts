/** Search by JQL over the index, counting, and the parser as a service. */
import { compileJql } from '../../jql/compile-jql';
import type { CompiledJql } from '../../jql/jql-env';
import { canSeeIssue } from '../access';
import type { IssueRow } from '../entities';
import { issueView, jqlEnv } from '../jql-site';
import {
  RECONCILE_ISSUES,
  SEARCH_DEFAULT_RESULTS,
  SEARCH_MAX_RESULTS,
  SEARCH_MAX_RESULTS_WITH_FIELDS,
  SEARCH_PROPERTIES,
} from '../limits';
import { Problem, refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { renderIssue } from '../views/issue';
import { listParam, neededList, numberParam, objectBody, stringsIn } from './read-query';

const GONE = 'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.';

export const searchRoutes: readonly Route[] = [
  route('GET /rest/api/3/search/jql', (call) =>
    search(call, {
      jql: call.query.get('jql') ?? '',
      token: call.query.get('nextPageToken') ?? undefined,
      size: numberParam(call, 'maxResults', SEARCH_DEFAULT_RESULTS),
      fields: listParam(call, 'fields'),
      expand: listParam(call, 'expand'),
      properties: listParam(call, 'properties'),
      reconcile: listParam(call, 'reconcileIssues'),
    }),
  ),
  route('POST /rest/api/3/search/jql', (call) => {
    const body = objectBody(call);
    return search(call, {
      jql: typeof body['jql'] === 'string' ? body['jql'] : '',
      token: typeof body['nextPageToken'] === 'string' ? body['nextPageToken'] : undefined,
      size: typeof body['maxResults'] === 'number' ? body['maxResults'] : SEARCH_DEFAULT_RESULTS,
      fields: stringsIn(body, 'fields'),
      expand: stringsIn(body, 'expand'),
      properties: stringsIn(body, 'properties'),
      reconcile: stringsIn(body, 'reconcileIssues'),
    });
  }),
  route('POST /rest/api/3/search/approximate-count', (call) => {
    const jql = objectBody(call)['jql'];
    const compiled = compileBounded(call, typeof jql === 'string' ? jql : '');
    return ok({ count: found(call, compiled, new Set()).length });
  }),
  route('GET /rest/api/3/search', gone, { level: 'refused', note: 'removed from Jira Cloud: 410' }),
  route('POST /rest/api/3/search', gone, { level: 'refused', note: 'removed from Jira Cloud: 410' }),
  route('POST /rest/api/3/jql/parse', parse, { level: 'partial', note: 'errors only, no structure' }),
  route('POST /rest/api/3/jql/match', match),
];

function gone(): Reply {
  throw refuse(410, GONE);
}

interface Ask {
  jql: string;
  token: string | undefined;
  size: number;
  fields: string[];
  expand: string[];
  properties: string[];
  reconcile: string[];
}

type Compiled = Extract<CompiledJql, { ok: true }>;

function compile(call: Call, jql: string): Compiled {
  const compiled = compileJql(jql, jqlEnv(call));
  if (!compiled.ok) throw new Problem(400, { errorMessages: compiled.errorMessages, errors: {} });
  return compiled;
}

function compileBounded(call: Call, jql: string): Compiled {
  const compiled = compile(call, jql);
  if (!compiled.bounded) {
    throw refuse(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  return compiled;
}

/** What a query finds for the caller, whole; 400 for a query that is wrong or restricts nothing. */
export function searchIssues(call: Call, jql: string): IssueRow[] {
  return found(call, compileBounded(call, jql), new Set());
}

/** What the caller may see of the index, in the query's order; without one the newest issue comes first. */
function found(call: Call, compiled: Compiled, reconcile: ReadonlySet<string>): IssueRow[] {
  const visible = call.world.index.visible(call.store.issues.all(), call.now, reconcile);
  const views = visible
    // A late index may still list issues of a project that was deleted,
    // and archived issues and those of archived projects are read by their keys but not found.
    .filter(
      (issue) =>
        issue.archived === undefined &&
        call.store.projects.get(issue.projectId)?.archived === false &&
        canSeeIssue(call, issue),
    )
    .map((issue) => ({ issue, view: issueView(call, issue) }))
    .filter(({ view }) => compiled.matches(view));
  views.sort(
    (left, right) =>
      compiled.compare(left.view, right.view) || Number(right.issue.id) - Number(left.issue.id),
  );
  return views.map(({ issue }) => issue);
}

function search(call: Call, ask: Ask): Reply {
  if (ask.reconcile.length > RECONCILE_ISSUES) {
    throw refuse(400, `At most ${RECONCILE_ISSUES} issues can be reconciled.`);
  }
  if (ask.properties.length > SEARCH_PROPERTIES) {
    throw refuse(400, `At most ${SEARCH_PROPERTIES} properties can be asked for.`);
  }
  if (ask.size < 0) throw refuse(400, 'maxResults must not be negative.');
  const compiled = compileBounded(call, ask.jql);
  const onlyIds = ask.fields.every((name) => name === 'id' || name === 'key');
  const size = Math.min(ask.size, onlyIds ? SEARCH_MAX_RESULTS : SEARCH_MAX_RESULTS_WITH_FIELDS);
  const all = found(call, compiled, new Set(ask.reconcile));
  const start = startOf(ask);
  const shown = all.slice(start, start + size);
  const isLast = start + shown.length >= all.length;
  call.cost.core(shown.length);
  return ok({
    issues: shown.map((issue) => renderFound(call, issue, ask)),
    ...(isLast ? {} : { nextPageToken: tokenFor(ask.jql, start + shown.length) }),
    isLast,
  });
}

/** Without `fields` the answer has ids and nothing else. */
function renderFound(call: Call, issue: IssueRow, ask: Ask): Record<string, unknown> {
  const bare = ask.fields.length === 0 || ask.fields.every((name) => name === 'id');
  if (bare && ask.expand.length === 0 && ask.properties.length === 0) return { id: issue.id };
  return renderIssue(call, issue, {
    fields: ask.fields.filter((name) => name !== 'id' && name !== 'key'),
    expand: ask.expand,
    properties: ask.properties,
  });
}

function tokenFor(jql: string, start: number): string {
  return Buffer.from(JSON.stringify([jql, start])).toString('base64url');
}

function startOf(ask: Ask): number {
  if (ask.token === undefined) return 0;
  try {
    const [jql, start] = JSON.parse(Buffer.from(ask.token, 'base64url').toString()) as [unknown, unknown];
    if (jql === ask.jql && typeof start === 'number') return start;
  } catch {
    // Falls through to the refusal below.
  }
  throw refuse(400, 'The nextPageToken is invalid or belongs to another query.');
}

const VALIDATIONS: ReadonlySet<string> = new Set(['strict', 'warn', 'none']);

function parse(call: Call): Reply {
  const queries = neededList(call, 'queries');
  if (!VALIDATIONS.has(call.query.get('validation') ?? ''))
    throw refuse(400, "'validation' must be strict, warn or none.");
  return ok({
    queries: queries.map((query) => {
      const compiled = compileJql(query, jqlEnv(call));
      return compiled.ok ? { query } : { query, errors: compiled.errorMessages };
    }),
  });
}

/** Looks at the store, not at the index. */
function match(call: Call): Reply {
  const issues = neededList(call, 'issueIds')
    .map((id) => call.store.issues.get(id))
    .filter((issue): issue is IssueRow => issue !== undefined && canSeeIssue(call, issue));
  const jqls = neededList(call, 'jqls');
  return ok({
    matches: jqls.map((jql) => {
      const compiled = compileJql(jql, jqlEnv(call));
      if (!compiled.ok) return { matchedIssues: [], errors: compiled.errorMessages };
      const matched = issues.filter((issue) => compiled.matches(issueView(call, issue)));
      return { matchedIssues: matched.map((issue) => Number(issue.id)), errors: [] };
    }),
  });
}
