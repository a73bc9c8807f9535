/** Searches. Jira's index lags behind and is not monotonic, so nothing is concluded from an absence. */
import { z } from 'zod';
import type { SearchPage } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';

const pageSize = 100;
const foundSchema = z.looseObject({
  issues: z.array(z.looseObject({ id: z.string(), key: z.string().optional() })).optional(),
  nextPageToken: z.string().nullish(),
});

/** Ids only. No cursor in the answer: that was the last page. `reconcile`: issues that the index shows as they are. */
export async function searchIssues(
  client: JiraClient,
  jql: string,
  cursor: string | undefined,
  limit = pageSize,
  reconcile: readonly string[] = [],
): Promise<SiteResult<SearchPage>> {
  const body = {
    jql,
    maxResults: Math.min(limit, pageSize),
    fields: ['id'],
    ...(cursor === undefined ? {} : { nextPageToken: cursor }),
    ...(reconcile.length === 0 ? {} : { reconcileIssues: reconcile.map(Number) }),
  };
  const found = await ask(client, { method: 'POST', path: restPath('search', 'jql'), body }, foundSchema);
  if (!found.ok) return found;
  const ids = (found.value.issues ?? []).map(({ id }) => id);
  const next = found.value.nextPageToken ?? undefined;
  return { ok: true, value: next === undefined ? { ids } : { ids, cursor: next } };
}

/** Jira reconciles at most this many issues with its index for one search. */
const mostReconciled = 50;

/**
 * Jira evaluates the query on these issues as they are, whatever its index says. (`jql/match` promises no such thing, and
 * an index that lags would let an issue out that was taken back a moment ago.)
 */
export async function matchingIssues(
  client: JiraClient,
  issueIds: readonly string[],
  jql: string,
): Promise<SiteResult<string[]>> {
  if (issueIds.length > mostReconciled) throw new Error(`At most ${mostReconciled} issues can be matched.`);
  const asked = new Set(issueIds);
  const matching: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await searchIssues(client, jql, cursor, mostReconciled, issueIds);
    if (!found.ok) return found;
    matching.push(...found.value.ids.filter((id) => asked.has(id)));
    cursor = found.value.cursor;
  } while (cursor !== undefined);
  return { ok: true, value: matching };
}

/** Jira's own estimate. The query must be bounded. */
export async function countIssues(client: JiraClient, jql: string): Promise<SiteResult<number>> {
  const counted = await ask(
    client,
    { method: 'POST', path: restPath('search', 'approximate-count'), body: { jql } },
    z.looseObject({ count: z.number().int().nonnegative() }),
  );
  return counted.ok ? { ok: true, value: counted.value.count } : counted;
}

/**
 * The highest number that the index knows, which may be a little old: a starting point for reading on by key. 0 for a
 * project without issues.
 */
export async function highestIssueNumber(
  client: JiraClient,
  projectId: string,
): Promise<SiteResult<{ projectKey: string; number: number }>> {
  const project = await ask(
    client,
    { path: restPath('project', projectId) },
    z.looseObject({ key: z.string() }),
  );
  if (!project.ok) return project;
  const body = {
    jql: `project = ${quoted(projectId)} ORDER BY key DESC`,
    maxResults: 1,
    // Without a field of the issue, only ids come back.
    fields: ['project'],
  };
  const found = await ask(client, { method: 'POST', path: restPath('search', 'jql'), body }, foundSchema);
  if (!found.ok) return found;
  const digits = found.value.issues?.[0]?.key?.match(/-(\d+)$/)?.[1];
  return { ok: true, value: { projectKey: project.value.key, number: Number(digits ?? 0) } };
}

/** Ids are numbers; anything else must not become JQL. */
function quoted(id: string): string {
  return /^\d+$/.test(id) ? id : `"${id.replace(/["\\]/g, '')}"`;
}
