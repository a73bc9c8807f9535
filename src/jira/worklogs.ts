/** Logged work of an issue. */
import { z } from 'zod';
import { adfSchema } from '#core/model/value';
import type { Mark } from '#engine/ports/site-result';
import type { SiteWorklogs, WorklogRead, WorklogText } from '#engine/ports/site-worklogs';
import type { JiraClient } from './jira-client';
import { markProperties, readMarks } from './mark';
import { momentSchema } from './moment';
import { askAll } from './paging';
import { ask, restPath, tell } from './send';

const worklogSchema = z
  .looseObject({
    id: z.string(),
    comment: adfSchema.nullish(),
    author: z.looseObject({ displayName: z.string().optional() }).optional(),
    created: momentSchema,
    started: momentSchema,
    timeSpentSeconds: z.number().int().nonnegative(),
    visibility: z.unknown().optional(),
    properties: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).optional(),
  })
  .transform(
    (worklog): WorklogRead => ({
      id: worklog.id,
      body: worklog.comment ?? null,
      authorName: worklog.author?.displayName ?? 'Somebody',
      createdAt: worklog.created,
      started: worklog.started,
      seconds: worklog.timeSpentSeconds,
      restricted: worklog.visibility !== undefined && worklog.visibility !== null,
      marks: readMarks(Object.fromEntries((worklog.properties ?? []).map(({ key, value }) => [key, value]))),
    }),
  );

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
