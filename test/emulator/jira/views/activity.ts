/** How comments, worklogs, files, links and changelog entries read in answers. */
import { inVisibility } from '../access';
import { resolveMentions } from '../adf';
import type {
  AttachmentRow,
  ChangeItem,
  CommentRow,
  HistoryRow,
  IssueRow,
  LinkRow,
  LinkTypeRow,
  Visibility,
  WorklogRow,
} from '../entities';
import { formatDuration, formatMoment } from '../time';
import { isDataCenter, type Session, selfUrl, siteUrl } from '../world';
import { adfToHtml } from './html';
import { renderLinkedIssue } from './parent';
import { renderUserIn } from './people';

/** Comments of an issue which the caller may read, oldest first. */
export function visibleComments(session: Session, issue: IssueRow): CommentRow[] {
  return session.store.comments
    .by('issue', issue.id)
    .filter((row) => inVisibility(session, issue, row.visibility));
}

export function visibleWorklogs(session: Session, issue: IssueRow): WorklogRow[] {
  return session.store.worklogs
    .by('issue', issue.id)
    .filter((row) => inVisibility(session, issue, row.visibility));
}

export function renderComment(session: Session, comment: CommentRow, expand = ''): Record<string, unknown> {
  const wants = expand.split(',');
  const body = resolveMentions(comment.body, (id) => session.store.users.get(id)?.name);
  return {
    self: selfUrl(session, `issue/${comment.issueId}/comment/${comment.id}`),
    id: comment.id,
    author: renderUserIn(session, comment.authorId),
    body,
    ...(wants.includes('renderedBody') ? { renderedBody: adfToHtml(body) } : {}),
    updateAuthor: renderUserIn(session, comment.updateAuthorId),
    created: formatMoment(comment.created, session.timeZone),
    updated: formatMoment(comment.updated, session.timeZone),
    ...restriction(session, comment.visibility),
    ...(isDataCenter(session) ? {} : { jsdPublic: comment.jsdPublic }),
    ...(wants.includes('properties') ? { properties: propertyList(comment.properties) } : {}),
  };
}

function restriction(
  session: Session,
  visibility: Visibility | undefined,
): { visibility?: Partial<Visibility> } {
  if (visibility === undefined) return {};
  const { type, value } = visibility;
  return { visibility: isDataCenter(session) ? { type, value } : visibility };
}

/** Properties as entities carry them. */
export function propertyList(
  properties: Readonly<Record<string, unknown>>,
): { key: string; value: unknown }[] {
  return Object.entries(properties).map(([key, value]) => ({ key, value }));
}

export function renderWorklog(session: Session, worklog: WorklogRow, expand = ''): Record<string, unknown> {
  return {
    self: selfUrl(session, `issue/${worklog.issueId}/worklog/${worklog.id}`),
    author: renderUserIn(session, worklog.authorId),
    updateAuthor: renderUserIn(session, worklog.updateAuthorId),
    ...(worklog.comment === undefined ? {} : { comment: worklog.comment }),
    created: formatMoment(worklog.created, session.timeZone),
    updated: formatMoment(worklog.updated, session.timeZone),
    ...restriction(session, worklog.visibility),
    started: formatMoment(worklog.started, session.timeZone),
    timeSpent: formatDuration(worklog.seconds),
    timeSpentSeconds: worklog.seconds,
    id: worklog.id,
    issueId: worklog.issueId,
    ...(expand.split(',').includes('properties')
      ? { properties: propertyList(worklog.properties ?? {}) }
      : {}),
  };
}

/** A file as the upload and the issue show it: the id is a string of digits there. */
export function renderAttachment(session: Session, file: AttachmentRow): Record<string, unknown> {
  const isImage = file.mimeType.startsWith('image/');
  const download = (folder: string) =>
    siteUrl(session, `/secure/${folder}/${file.id}/${encodeURIComponent(file.filename)}`);
  const server = isDataCenter(session);
  return {
    self: selfUrl(session, `attachment/${file.id}`),
    id: file.id,
    filename: file.filename,
    author: renderUserIn(session, file.authorId),
    created: formatMoment(file.created, session.timeZone),
    size: file.size,
    mimeType: file.mimeType,
    content: server ? download('attachment') : selfUrl(session, `attachment/content/${file.id}`),
    ...(isImage
      ? {
          thumbnail: server ? download('thumbnail') : selfUrl(session, `attachment/thumbnail/${file.id}`),
        }
      : {}),
  };
}

export function renderLinkType(session: Session, type: LinkTypeRow): Record<string, unknown> {
  return {
    id: type.id,
    name: type.name,
    inward: type.inward,
    outward: type.outward,
    self: selfUrl(session, `issueLinkType/${type.id}`),
  };
}

/** A link as one of its ends shows it: each end carries the other. */
export function renderLinkAt(session: Session, link: LinkRow, issue: IssueRow): Record<string, unknown> {
  const isSource = link.sourceId === issue.id;
  const other = session.store.issues.must(isSource ? link.destinationId : link.sourceId);
  return {
    id: link.id,
    self: selfUrl(session, `issueLink/${link.id}`),
    type: renderLinkType(session, session.store.linkTypes.must(link.typeId)),
    [isSource ? 'outwardIssue' : 'inwardIssue']: renderLinkedIssue(session, other),
  };
}

/** Data Center's changelog knows neither field ids nor account ids. */
export function serverItem(item: ChangeItem): Record<string, unknown> {
  const { field, fieldtype, from, fromString, to } = item;
  return { field, fieldtype, from, fromString, to, toString: item.toString };
}

export function renderHistory(session: Session, entry: HistoryRow): Record<string, unknown> {
  return {
    id: entry.id,
    author: renderUserIn(session, entry.authorId),
    created: formatMoment(entry.created, session.timeZone),
    items: isDataCenter(session) ? entry.items.map(serverItem) : entry.items,
    ...(entry.historyMetadata === undefined ? {} : { historyMetadata: entry.historyMetadata }),
  };
}
