/** Product events in the words of Forge's reference: thin issues, changelog, people and statuses concerned. */

import { mentionsOf } from './adf';
import type { AttachmentRow, ChangeItem, CommentRow, IssueRow, LinkRow, WorklogRow } from './entities';
import { formatMoment } from './time';
import { renderIssueType, renderStatus } from './views/choices';
import { renderUserIn } from './views/people';
import { renderProjectBrief } from './views/project';
import type { Session } from './world';

/** The issue with the few fields that events carry; everything else has to be read again. */
function thinIssue(session: Session, issue: IssueRow): Record<string, unknown> {
  const { store } = session;
  const person = (id: unknown) => (typeof id === 'string' ? renderUserIn(session, id) : null);
  return {
    id: issue.id,
    key: issue.key,
    fields: {
      summary: issue.values['summary'],
      issuetype: renderIssueType(session, store.issueTypes.must(issue.typeId)),
      creator: person(issue.creatorId),
      created: formatMoment(issue.created, session.timeZone),
      project: renderProjectBrief(session, store.projects.must(issue.projectId)),
      reporter: person(issue.values['reporter']),
      assignee: person(issue.values['assignee']),
      updated: formatMoment(issue.updated, session.timeZone),
      status: renderStatus(session, store.statuses.must(issue.statusId)),
    },
  };
}

function people(ids: readonly (string | null | undefined)[]): { accountId: string }[] {
  const known = ids.filter((id): id is string => typeof id === 'string' && id !== '');
  return [...new Set(known)].map((accountId) => ({ accountId }));
}

function statusesOf(session: Session, items: readonly ChangeItem[]): Record<string, unknown>[] {
  return items
    .filter((item) => item.fieldId === 'status')
    .flatMap((item) => [item.from, item.to])
    .map((id) => session.store.statuses.get(id))
    .filter((row) => row !== undefined)
    .map((row) => renderStatus(session, row));
}

export function emitCreated(session: Session, issue: IssueRow): void {
  session.emit('avi:jira:created:issue', {
    issue: thinIssue(session, issue),
    associatedUsers: people([
      issue.creatorId,
      text(issue.values['reporter']),
      text(issue.values['assignee']),
    ]),
    jiraEventTypeName: 'issue_created',
  });
  emitMentions(session, issue, mentionsOf(issue.values['description']));
  if (issue.values['assignee'] !== undefined) emitAssigned(session, issue);
}

/** An edit or a transition. `items` may be empty: Jira also tells of writes that changed nothing, without a changelog. */
export function emitUpdated(
  session: Session,
  issue: IssueRow,
  change: { id: string; items: readonly ChangeItem[] } | undefined,
  typeName = 'issue_updated',
): void {
  const items = change?.items ?? [];
  const statuses = statusesOf(session, items);
  const assigned = items.find((item) => item.fieldId === 'assignee');
  session.emit('avi:jira:updated:issue', {
    issue: thinIssue(session, issue),
    ...(change === undefined ? {} : { changelog: { id: change.id, items: change.items } }),
    associatedUsers: people([session.me?.id, assigned?.from, assigned?.to]),
    ...(statuses.length === 0 ? {} : { associatedStatuses: statuses }),
    jiraEventTypeName: statuses.length > 0 ? 'issue_generic' : typeName,
  });
  if (assigned !== undefined) emitAssigned(session, issue, change);
}

function emitAssigned(
  session: Session,
  issue: IssueRow,
  change?: { id: string; items: readonly ChangeItem[] },
): void {
  session.emit('avi:jira:assigned:issue', {
    issue: thinIssue(session, issue),
    ...(change === undefined ? {} : { changelog: { id: change.id, items: change.items } }),
    associatedUsers: people([session.me?.id, text(issue.values['assignee'])]),
    jiraEventTypeName: 'issue_assigned',
  });
}

/** People newly mentioned in the description. */
export function emitMentions(session: Session, issue: IssueRow, accountIds: readonly string[]): void {
  if (accountIds.length === 0) return;
  session.emit('avi:jira:mentioned:issue', {
    issue: thinIssue(session, issue),
    mentionedAccountIds: [...accountIds],
    associatedUsers: people(accountIds),
  });
}

export function emitDeleted(session: Session, issue: IssueRow): void {
  session.emit('avi:jira:deleted:issue', {
    issue: thinIssue(session, issue),
    associatedUsers: people([session.me?.id]),
    jiraEventTypeName: 'issue_deleted',
  });
}

/** A comment as events carry it: who and when, without the text. */
function thinComment(session: Session, comment: CommentRow): Record<string, unknown> {
  return {
    id: comment.id,
    author: renderUserIn(session, comment.authorId),
    updateAuthor: renderUserIn(session, comment.updateAuthorId),
    created: formatMoment(comment.created, session.timeZone),
    updated: formatMoment(comment.updated, session.timeZone),
    jsdPublic: comment.jsdPublic,
    ...(comment.visibility === undefined ? {} : { visibility: comment.visibility }),
  };
}

/** One event type for new and for edited comments: there is no separate one. */
export function emitCommented(session: Session, issue: IssueRow, comment: CommentRow, isNew: boolean): void {
  const mentioned = mentionsOf(comment.body);
  session.emit('avi:jira:commented:issue', {
    issue: thinIssue(session, issue),
    comment: thinComment(session, comment),
    associatedUsers: people([comment.authorId]),
    jiraEventTypeName: isNew ? 'issue_commented' : 'issue_comment_edited',
  });
  if (mentioned.length === 0) return;
  session.emit('avi:jira:mentioned:comment', {
    issue: thinIssue(session, issue),
    comment: thinComment(session, comment),
    mentionedAccountIds: mentioned,
    associatedUsers: people(mentioned),
  });
}

export function emitCommentDeleted(session: Session, issue: IssueRow, comment: CommentRow): void {
  session.emit('avi:jira:deleted:comment', {
    issue: thinIssue(session, issue),
    comment: thinComment(session, comment),
    associatedUsers: people([session.me?.id]),
    jiraEventTypeName: 'issue_comment_deleted',
  });
}

export function emitAttachment(session: Session, verb: 'created' | 'deleted', file: AttachmentRow): void {
  session.emit(`avi:jira:${verb}:attachment`, {
    attachment: {
      id: file.id,
      issueId: file.issueId,
      fileName: file.filename,
      createDate: formatMoment(file.created, session.timeZone),
      size: String(file.size),
      mimeType: file.mimeType,
      author: { accountId: file.authorId },
    },
    associatedUsers: people([session.me?.id]),
  });
}

export function emitLink(session: Session, verb: 'created' | 'deleted', link: LinkRow): void {
  const { store } = session;
  const type = store.linkTypes.must(link.typeId);
  session.emit(`avi:jira:${verb}:issuelink`, {
    id: link.id,
    sourceIssueId: link.sourceId,
    destinationIssueId: link.destinationId,
    sourceProjectId: store.issues.get(link.sourceId)?.projectId,
    destinationProjectId: store.issues.get(link.destinationId)?.projectId,
    issueLinkType: { id: type.id, name: type.name, inward: type.inward, outward: type.outward },
    associatedUsers: people([session.me?.id]),
  });
}

export function emitWorklog(
  session: Session,
  verb: 'created' | 'updated' | 'deleted',
  worklog: WorklogRow,
): void {
  session.emit(`avi:jira:${verb}:worklog`, {
    worklog: {
      id: worklog.id,
      issueId: worklog.issueId,
      author: { accountId: worklog.authorId },
      updateAuthor: { accountId: worklog.updateAuthorId },
      created: formatMoment(worklog.created, session.timeZone),
      updated: formatMoment(worklog.updated, session.timeZone),
      started: formatMoment(worklog.started, session.timeZone),
      timeSpentSeconds: worklog.seconds,
    },
    associatedUsers: people([session.me?.id]),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
