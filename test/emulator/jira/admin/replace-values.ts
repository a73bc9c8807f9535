/** Takes a deleted choice out of issues: every value that holds it is swapped or emptied, with a changelog entry. */
import type { IssueRow } from '../entities';
import { valueItems } from '../issues/change-items';
import { commitIssue, withValues } from '../issues/commit';
import type { Session } from '../world';

/** Replaces `id` by `replacement` in a list without making doubles; undefined when nothing is left. */
export function swapIn(stored: unknown, id: string, replacement: string | undefined): unknown {
  if (!Array.isArray(stored)) return stored === id ? replacement : stored;
  if (!stored.includes(id)) return stored;
  const swapped = stored.map((entry) => (entry === id ? replacement : entry));
  const left = [...new Set(swapped.filter((entry) => entry !== undefined))];
  return left.length === 0 ? undefined : left;
}

/**
 * Writes the values which `change` returns (all unchanged: no write). Jira tells only of the deletion itself,
 * cascades have no product events, so the issues change without one.
 */
export function rewriteIssues(
  session: Session,
  issues: readonly IssueRow[],
  change: (issue: IssueRow) => ReadonlyMap<string, unknown>,
): number {
  let written = 0;
  for (const issue of issues) {
    const changes = new Map([...change(issue)].filter(([id, value]) => value !== issue.values[id]));
    if (changes.size === 0) continue;
    const next = withValues(issue, changes);
    commitIssue(session, next, valueItems(session, issue, next), { silent: true });
    written += 1;
  }
  return written;
}
