/** Logged work as Jira tells it. */
import { z } from 'zod';
import { adfSchema } from '#core/model/value';
import type { WorklogRead } from '#engine/ports/site-worklogs';
import { readMarks } from './mark';
import { momentSchema } from './moment';

const rawSchema = z.looseObject({
  id: z.string(),
  comment: adfSchema.nullish(),
  author: z.looseObject({ displayName: z.string().optional() }).optional(),
  created: momentSchema,
  started: momentSchema,
  timeSpentSeconds: z.number().int().nonnegative(),
  visibility: z.unknown().optional(),
  properties: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).optional(),
});

export const worklogSchema = rawSchema.transform(toWorklog);

/** In lists of many issues Jira says to which an entry belongs. */
export const worklogOfIssueSchema = rawSchema
  .extend({ issueId: z.string() })
  .transform(({ issueId, ...raw }) => ({ ...toWorklog(raw), issueId }));

function toWorklog(worklog: z.infer<typeof rawSchema>): WorklogRead {
  return {
    id: worklog.id,
    body: worklog.comment ?? null,
    authorName: worklog.author?.displayName ?? 'Somebody',
    createdAt: worklog.created,
    started: worklog.started,
    seconds: worklog.timeSpentSeconds,
    restricted: worklog.visibility !== undefined && worklog.visibility !== null,
    marks: readMarks(Object.fromEntries((worklog.properties ?? []).map(({ key, value }) => [key, value]))),
  };
}
