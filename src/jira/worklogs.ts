/** Logged work of an issue. */
import { z } from 'zod';
import type { Mark } from '#engine/ports/site-result';
import type { SiteWorklogs, WorklogText } from '#engine/ports/site-worklogs';
import { changedWorklogs } from './changed-worklogs';
import type { JiraClient } from './jira-client';
import { markProperties } from './mark';
import { askAll } from './paging';
import { ask, restPath, tell } from './send';
import { worklogSchema } from './worklog-schema';

/** Worklogs asked for at once. */
const pageSize = 1_000;
const quiet = { notifyUsers: false, adjustEstimate: 'leave' };

export function jiraWorklogs(client: JiraClient): SiteWorklogs {
  return {
    readWorklog: (issueId, worklogId) =>
      ask(client, { path: pathOf(issueId, worklogId), query: { expand: 'properties' } }, worklogSchema),
    listWorklogs: (issueId) =>
      askAll(
        client,
        { path: pathOf(issueId), query: { expand: 'properties' } },
        { list: ['worklogs'], item: worklogSchema, pageSize },
      ),
    changedWorklogs: (since) => changedWorklogs(client, since),
    createWorklog: async (issueId, text, mark) => {
      const body = bodyOf(text, mark);
      const request = { method: 'POST', path: pathOf(issueId), query: quiet, body } as const;
      const made = await ask(client, request, z.looseObject({ id: z.string() }));
      return made.ok ? { ok: true, value: { id: made.value.id } } : made;
    },
    updateWorklog: (issueId, worklogId, text) =>
      tell(client, { method: 'PUT', path: pathOf(issueId, worklogId), query: quiet, body: bodyOf(text) }),
    deleteWorklog: (issueId, worklogId) =>
      tell(client, { method: 'DELETE', path: pathOf(issueId, worklogId), query: quiet }),
  };
}

function pathOf(issueId: string, ...worklog: string[]): string {
  return restPath('issue', issueId, 'worklog', ...worklog);
}

function bodyOf({ body, started, seconds }: WorklogText, mark?: Mark): Record<string, unknown> {
  return {
    comment: body,
    // Jira refuses `Z`.
    started: new Date(started).toISOString().replace('Z', '+0000'),
    timeSpentSeconds: seconds,
    ...(mark === undefined ? {} : { properties: markProperties(mark) }),
  };
}
