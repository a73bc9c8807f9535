/** Comments: add, edit and delete, with restriction, properties and the files they show. */
import { hasProjectPermission } from '../access';
import { isEmptyAdf } from '../adf';
import type { Body, CommentRow, IssueRow, Visibility } from '../entities';
import { emitCommentDeleted, emitCommented } from '../events';
import { FieldRefusal } from '../fields/codec';
import { checkDocument } from '../fields/text-codecs';
import { COMMENTS_PER_ISSUE } from '../limits';
import { refuse, refuseFields } from '../problem';
import { requireUser, type Session } from '../world';
import { dropOrphans, readProperties, touchIssue } from './commit';

/** Adds a comment of the caller and returns it. */
export function addComment(session: Session, issue: IssueRow, input: Record<string, unknown>): CommentRow {
  const me = requireUser(session);
  const project = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(me, project, 'ADD_COMMENTS')) {
    throw refuse(400, 'You do not have permission to comment on this issue.');
  }
  if (session.store.comments.by('issue', issue.id).length >= COMMENTS_PER_ISSUE) {
    throw refuse(413, `The issue has reached the limit of ${COMMENTS_PER_ISSUE} comments.`);
  }
  const body = readBody(session, issue, input['body']);
  const visibility = readVisibility(session, issue, input['visibility']);
  const comment = session.store.comments.put({
    id: session.store.nextId('comment'),
    issueId: issue.id,
    authorId: me.id,
    updateAuthorId: me.id,
    created: session.now,
    updated: session.now,
    body,
    ...(visibility === undefined ? {} : { visibility }),
    jsdPublic: isPublic(input['properties']),
    properties: readProperties(input['properties']),
  });
  emitCommented(session, touchIssue(session, issue.id), comment, true);
  return comment;
}

/** Replaces text, and restriction and properties where given. */
export function editComment(
  session: Session,
  issue: IssueRow,
  comment: CommentRow,
  input: Record<string, unknown>,
): CommentRow {
  const me = demandComment(session, issue, comment, 'EDIT', 'edit');
  const body = input['body'] === undefined ? comment.body : readBody(session, issue, input['body']);
  const { visibility: kept, ...rest } = comment;
  const visibility = 'visibility' in input ? readVisibility(session, issue, input['visibility']) : kept;
  const next = session.store.comments.put({
    ...rest,
    body,
    updateAuthorId: me.id,
    updated: session.now,
    ...(visibility === undefined ? {} : { visibility }),
    properties: { ...comment.properties, ...readProperties(input['properties']) },
  });
  emitCommented(session, touchIssue(session, issue.id), next, false);
  dropOrphans(session, issue.id, [comment.body]);
  return next;
}

export function deleteComment(session: Session, issue: IssueRow, comment: CommentRow): void {
  demandComment(session, issue, comment, 'DELETE', 'delete');
  // Told while it is still there: Data Center's webhook shows it whole.
  emitCommentDeleted(session, touchIssue(session, issue.id), comment);
  session.store.comments.remove(comment.id);
  dropOrphans(session, issue.id, [comment.body]);
}

function demandComment(
  session: Session,
  issue: IssueRow,
  comment: CommentRow,
  verb: 'EDIT' | 'DELETE',
  word: string,
) {
  const me = requireUser(session);
  const project = session.store.projects.must(issue.projectId);
  const own = comment.authorId === me.id && hasProjectPermission(me, project, `${verb}_OWN_COMMENTS`);
  if (!own && !hasProjectPermission(me, project, `${verb}_ALL_COMMENTS`)) {
    // The document gives 400, not 403, for comments and worklogs that the caller may read but not change.
    throw refuse(400, `You do not have the permission to ${word} this comment.`);
  }
  return me;
}

function readBody(session: Session, issue: IssueRow, input: unknown): Body {
  try {
    const body = checkDocument(session, input, issue.id);
    if (isEmptyAdf(body)) throw new FieldRefusal('Comment body can not be empty!');
    return body;
  } catch (error) {
    if (error instanceof FieldRefusal) throw refuseFields({ comment: error.message });
    throw error;
  }
}

/** Role or group a comment or worklog is restricted to; the caller must be in it. */
export function readVisibility(session: Session, issue: IssueRow, input: unknown): Visibility | undefined {
  if (input === undefined) return undefined;
  const { type, value, identifier } = (input ?? {}) as {
    type?: unknown;
    value?: unknown;
    identifier?: unknown;
  };
  const me = requireUser(session);
  if (type === 'role') {
    const role = session.store.roles.all().find((row) => row.id === identifier || row.name === value);
    if (role === undefined) throw refuseFields({ commentLevel: `Role: ${String(value)} does not exist.` });
    const actors = session.store.projects.must(issue.projectId).actors[role.id];
    const inside = actors?.userIds.includes(me.id) || actors?.groupIds.some((id) => me.groupIds.includes(id));
    if (inside !== true)
      throw refuseFields({
        commentLevel: `You are currently not a member of the project role: ${role.name}.`,
      });
    return { type, value: role.name, identifier: role.id };
  }
  if (type === 'group') {
    const group = session.store.groups.all().find((row) => row.id === identifier || row.name === value);
    if (group === undefined) throw refuseFields({ commentLevel: `Group: ${String(value)} does not exist.` });
    if (!me.groupIds.includes(group.id)) {
      throw refuseFields({ commentLevel: `You are currently not a member of the group: ${group.name}.` });
    }
    return { type, value: group.name, identifier: group.id };
  }
  throw refuse(400, 'The visibility type must be role or group.');
}

/** Service projects mark internal comments by the property sd.public.comment. */
function isPublic(properties: unknown): boolean {
  const mark = readProperties(properties)['sd.public.comment'] as { internal?: unknown } | undefined;
  return mark?.internal !== true && mark?.internal !== 'true';
}
