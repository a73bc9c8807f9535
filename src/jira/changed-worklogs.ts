/** Logged work of all issues that was changed since a moment: ids in pages, then the entries themselves. */
import { z } from 'zod';
import type { SiteResult } from '#engine/ports/site-result';
import type { WorklogChanges } from '#engine/ports/site-worklogs';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';
import { worklogOfIssueSchema } from './worklog-schema';

const changesSchema = z.looseObject({
  values: z.array(z.looseObject({ worklogId: z.number().int() })),
  until: z.number().int().optional(),
  lastPage: z.boolean(),
});

/** Entries of one list (Jira's document: at most a thousand). */
const listSize = 1_000;
/** A Jira with more pages than this is looked through to here. */
const mostPages = 10;

/** `since`: milliseconds since the epoch. Jira keeps the last minute to itself. */
export async function changedWorklogs(
  client: JiraClient,
  since: number,
): Promise<SiteResult<WorklogChanges>> {
  const changed = await listIds(client, restPath('worklog', 'updated'), since);
  if (!changed.ok) return changed;
  const deleted = await listIds(client, restPath('worklog', 'deleted'), since);
  if (!deleted.ok) return deleted;
  const logged: WorklogChanges['logged'] = [];
  for (let start = 0; start < changed.value.length; start += listSize) {
    const body = { ids: changed.value.slice(start, start + listSize) };
    const path = restPath('worklog', 'list');
    const read = await ask(
      client,
      { method: 'POST', path, query: { expand: 'properties' }, body },
      z.array(worklogOfIssueSchema),
    );
    if (!read.ok) return read;
    logged.push(...read.value);
  }
  return { ok: true, value: { logged, deleted: deleted.value.map(String) } };
}

async function listIds(client: JiraClient, path: string, since: number): Promise<SiteResult<number[]>> {
  const ids: number[] = [];
  let from = since;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await ask(client, { path, query: { since: from } }, changesSchema);
    if (!page.ok) return page;
    ids.push(...page.value.values.map(({ worklogId }) => worklogId));
    const { lastPage, until } = page.value;
    if (lastPage || until === undefined || until <= from) break;
    from = until;
  }
  return { ok: true, value: [...new Set(ids)] };
}
