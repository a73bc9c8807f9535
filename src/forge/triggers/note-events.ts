/**
 * Product events: each only says which aspect of which issue to look at. They may come late, twice, in any order or never; one that could
 * not be noted comes again.
 */
import { z } from 'zod';
import { type NotedChange, noteChange } from '#engine/note-change';
import { composePorts } from '../compose';
import { orAgain } from './or-again';

const id = z.coerce.string().regex(/^\d{1,20}$/);
const issueSchema = z.looseObject({
  id,
  fields: z.looseObject({ project: z.looseObject({ id }).optional() }).optional(),
});

const issueEventSchema = z.looseObject({
  eventType: z.string(),
  issue: issueSchema,
  changelog: z
    .looseObject({ items: z.array(z.looseObject({ field: z.string().optional() })).optional() })
    .optional(),
});
const commentEventSchema = z.looseObject({
  eventType: z.string(),
  issue: issueSchema,
  comment: z.looseObject({ id }),
});

export async function noteIssue(event: unknown): Answer {
  const { eventType, issue, changelog } = issueEventSchema.parse(event);
  // Of a moved issue the event names the new project only: who cared for the old one must hear of it.
  const isMoved = changelog?.items?.some(({ field }) => field === 'project' || field === 'Key') === true;
  return note(event, {
    kind: eventType === 'avi:jira:deleted:issue' ? 'deleted' : 'fields',
    ...(isMoved ? { issueId: issue.id } : issueOf(issue)),
  });
}

export async function noteComment(event: unknown): Answer {
  const { eventType, issue, comment } = commentEventSchema.parse(event);
  return note(event, {
    kind: eventType === 'avi:jira:deleted:comment' ? 'commentDeleted' : 'comment',
    commentId: comment.id,
    ...issueOf(issue),
  });
}

/** Events of attachments name the issue by its id only. */
const attachmentEventSchema = z.looseObject({
  eventType: z.string(),
  attachment: z.looseObject({ id, issueId: id }),
});

export async function noteAttachment(event: unknown): Answer {
  const { eventType, attachment } = attachmentEventSchema.parse(event);
  return note(event, {
    kind: eventType === 'avi:jira:deleted:attachment' ? 'fileDeleted' : 'file',
    fileId: attachment.id,
    issueId: attachment.issueId,
  });
}

/** Events of logged work name the issue by its id only. */
const worklogEventSchema = z.looseObject({
  eventType: z.string(),
  worklog: z.looseObject({ id, issueId: id }),
});

export async function noteWorklog(event: unknown): Answer {
  const { eventType, worklog } = worklogEventSchema.parse(event);
  return note(event, {
    kind: eventType === 'avi:jira:deleted:worklog' ? 'workDeleted' : 'work',
    worklogId: worklog.id,
    issueId: worklog.issueId,
  });
}

type Answer = ReturnType<typeof orAgain>;

function note(event: unknown, change: NotedChange): Answer {
  return orAgain(event, () => noteChange(composePorts(), change));
}

function issueOf(issue: z.infer<typeof issueSchema>): { issueId: string; projectId?: string } {
  const projectId = issue.fields?.project?.id;
  return projectId === undefined ? { issueId: issue.id } : { issueId: issue.id, projectId };
}
