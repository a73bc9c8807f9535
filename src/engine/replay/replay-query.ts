/** Which issues of this site a replay looks at, as a query for Jira. */
import type { AgreedMapping } from '../pairs/agreement';

const minuteMs = 60_000;
/** Jira counts from the minute in which it is asked, and the answer comes in pages: so much is looked at before the window. */
const marginMinutes = 60;

/**
 * `updated` knows the last change only, so whatever was changed since the beginning counts, if it existed by the end. Undefined: there
 * is no project to look at.
 */
export function replayQuery(
  mappings: readonly AgreedMapping[],
  time: { from: number; to: number; now: number },
): string | undefined {
  const projects = [...new Set(mappings.map(({ binding }) => binding.projectId))];
  if (projects.length === 0) return undefined;
  const since = Math.ceil((time.now - time.from) / minuteMs) + marginMinutes;
  const until = Math.floor((time.now - time.to) / minuteMs);
  const existed = until > 1 ? ` AND created <= "-${until - 1}m"` : '';
  return `project in (${projects.join(', ')}) AND updated >= "-${since}m"${existed} ORDER BY id ASC`;
}
