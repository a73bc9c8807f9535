/** Pages in Data Center's common form. */
import type { Call } from '../jira/router';
import { numberParam } from '../jira/routes/read-query';

/** `{maxResults, startAt, total, isLast, values}` of the part that the query asks for. */
export function pageBean<T>(
  call: Call,
  all: readonly T[],
  render: (row: T) => unknown,
  fallback = 50,
): Record<string, unknown> {
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = numberParam(call, 'maxResults', fallback);
  const shown = all.slice(startAt, startAt + maxResults);
  return {
    maxResults,
    startAt,
    total: all.length,
    isLast: startAt + shown.length >= all.length,
    values: shown.map(render),
  };
}
