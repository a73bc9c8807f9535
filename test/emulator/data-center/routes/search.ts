/** Search of Data Center: startAt, maxResults and total; the index follows at once unless the lag switch says otherwise. */

import { canSeeIssue } from '../../jira/access';
import type { IssueRow } from '../../jira/entities';
import { issueView, jqlEnv } from '../../jira/jql-site';
import { Problem, refuse } from '../../jira/problem';
import { type Call, ok, type Reply, type Route, route } from '../../jira/router';
import { listParam, numberParam, stringsIn } from '../../jira/routes/read-query';
import { renderIssue } from '../../jira/views/issue';
import { compileJql } from '../../jql/compile-jql';
import { readBodyRecord, textIn } from '../read-record';

/** Jira's default of `jira.search.views.default.max`, the most that one page gives. */
const MOST_RESULTS = 1000;
const DEFAULT_RESULTS = 50;

export const serverSearchRoutes: readonly Route[] = [
  route(
    'GET /rest/api/2/search',
    (call) =>
      search(call, {
        jql: call.query.get('jql') ?? '',
        startAt: numberParam(call, 'startAt', 0),
        maxResults: numberParam(call, 'maxResults', DEFAULT_RESULTS),
        fields: listParam(call, 'fields'),
        expand: listParam(call, 'expand'),
        strict: call.query.get('validateQuery') !== 'false',
      }),
    { open: true },
  ),
  route(
    'POST /rest/api/2/search',
    (call) => {
      const body = readBodyRecord(call, [
        'jql',
        'startAt',
        'maxResults',
        'fields',
        'expand',
        'validateQuery',
      ]);
      return search(call, {
        jql: textIn(body, 'jql') ?? '',
        startAt: numberIn(body, 'startAt', 0),
        maxResults: numberIn(body, 'maxResults', DEFAULT_RESULTS),
        fields: arrayIn(body, 'fields'),
        expand: arrayIn(body, 'expand'),
        strict: body['validateQuery'] !== false,
      });
    },
    { open: true },
  ),
];

interface Ask {
  jql: string;
  startAt: number;
  maxResults: number;
  fields: string[];
  expand: string[];
  /** False: a query with mistakes finds nothing and says so in `warningMessages`. */
  strict: boolean;
}

function numberIn(body: Record<string, unknown>, name: string, fallback: number): number {
  const value = body[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw refuse(400, `Can not deserialize '${name}': a number is expected.`);
  }
  return value;
}

function arrayIn(body: Record<string, unknown>, name: string): string[] {
  if (typeof body[name] === 'string')
    throw refuse(400, `Can not deserialize '${name}': an array is expected.`);
  return stringsIn(body, name);
}

/** Issues that the query finds and the caller may see, archived ones left out; newest first without an order. */
export function findIssues(call: Call, jql: string): IssueRow[] | { problems: string[] } {
  const compiled = compileJql(jql, jqlEnv(call));
  if (!compiled.ok) return { problems: [...compiled.errorMessages] };
  const found = call.world.index
    .visible(call.store.issues.all(), call.now, new Set())
    .filter((issue) => issue.archived === undefined)
    .filter((issue) => call.store.projects.get(issue.projectId) !== undefined && canSeeIssue(call, issue))
    .map((issue) => ({ issue, view: issueView(call, issue) }))
    .filter(({ view }) => compiled.matches(view));
  found.sort(
    (left, right) =>
      compiled.compare(left.view, right.view) || Number(right.issue.id) - Number(left.issue.id),
  );
  return found.map(({ issue }) => issue);
}

function search(call: Call, ask: Ask): Reply {
  const found = findIssues(call, ask.jql);
  if (!Array.isArray(found) && ask.strict) {
    throw new Problem(400, { errorMessages: found.problems, errors: {} });
  }
  const all = Array.isArray(found) ? found : [];
  // A negative number asks for the most there is.
  const maxResults = ask.maxResults < 0 ? MOST_RESULTS : Math.min(ask.maxResults, MOST_RESULTS);
  const shown = all.slice(ask.startAt, ask.startAt + maxResults);
  const perIssue = ask.expand.filter((name) => name !== 'names' && name !== 'schema');
  const fields = ask.fields.length === 0 ? ['*navigable'] : ask.fields;
  return ok({
    expand: 'names,schema',
    startAt: ask.startAt,
    maxResults,
    total: all.length,
    issues: shown.map((issue) => renderIssue(call, issue, { fields, expand: perIssue, properties: [] })),
    ...(Array.isArray(found) ? {} : { warningMessages: found.problems }),
    ...about(call, ask.expand),
  });
}

/** `names` and `schema` stand once beside the issues, not in each of them. */
function about(call: Call, expand: readonly string[]): Record<string, unknown> {
  const fields = call.store.fields.all().filter((row) => row.trashed !== true);
  return {
    ...(expand.includes('names')
      ? { names: Object.fromEntries(fields.map((row) => [row.id, row.name])) }
      : {}),
    ...(expand.includes('schema')
      ? { schema: Object.fromEntries(fields.filter((row) => row.schema).map((row) => [row.id, row.schema])) }
      : {}),
  };
}
