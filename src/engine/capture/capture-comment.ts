/** Capture of one comment: a new text, an edit, or a deletion; what is restricted stays here. */
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Pair } from '#core/model/pair';
import { commentHash } from '../comment-body';
import { type Agreement, findMapping, iMaySend } from '../pairs/agreement';
import {
  clearCommentProblem,
  putCommentTwin,
  readCommentTwin,
  removeCommentTwin,
  stageCommentProblem,
} from '../pairs/comment-twins';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { CommentRead } from '../ports/site';
import type { Session } from '../stream/session';

export interface CommentWork {
  pair: Pair;
  issueId: string;
  commentId: string;
  /** Offer it although nothing changed: somebody wants it tried again. */
  isRetry: boolean;
}

/** One Jira call. The caller has checked that the issue itself may leave. */
export async function captureComment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
): Promise<Outcome> {
  if (!mayComment(agreement, work.pair)) return done;
  const read = await session.ports.site.readComment(work.issueId, work.commentId);
  if (read.ok) return sayComment(session, agreement, work, read.value);
  // Absence is not deletion: a delete event comes by itself.
  return isPassing(read.failure) ? later(read.failure) : done;
}

/** Stages a comment as read. */
export async function sayComment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
  comment: CommentRead,
): Promise<Outcome> {
  const { pair } = work;
  if (!mayComment(agreement, pair)) return done;
  // Who may no longer read it here shall not read it there: its copy goes.
  if (comment.restricted) return captureUncomment(session, agreement, { ...work, commentId: comment.id });
  const mark = comment.marks.find(({ connection }) => connection === session.id);
  if (mark !== undefined) return noteCopyEdited(session, pair, mark.twin, comment);
  const twin = originalId(session.box.salt, 'comment', comment.id);
  const body = toPortable(comment.body) ?? { type: 'doc', version: 1, content: [] };
  const hash = commentHash(body);
  const known = await readCommentTwin(session, twin);
  if (known?.state === 'gone' || (known?.hash === hash && !work.isRetry)) return done;
  session.say({
    op: 'comment.put',
    pair: pair.pair,
    comment: twin,
    body,
    author: { name: comment.authorName },
    at: comment.updatedAt,
  });
  session.tell('sent', pair.local?.key ?? 'an issue');
  putCommentTwin(session, twin, { pair: pair.pair, origin: 'here', local: comment.id, hash, state: 'there' });
  await clearCommentProblem(session, twin);
  return done;
}

/** After a delete event. Only originals of this site travel. */
export async function captureUncomment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
): Promise<Outcome> {
  const twin = originalId(session.box.salt, 'comment', work.commentId);
  const known = await readCommentTwin(session, twin);
  if (known === undefined || known.state === 'gone' || !mayComment(agreement, work.pair)) return done;
  session.say({ op: 'comment.delete', pair: work.pair.pair, comment: twin });
  session.tell('sent', work.pair.local?.key ?? 'an issue');
  removeCommentTwin(session, twin);
  await clearCommentProblem(session, twin);
  return done;
}

function mayComment(agreement: Agreement, pair: Pair): boolean {
  const comments = findMapping(agreement, pair.mapping)?.mapping.comments ?? 'off';
  return comments !== 'off' && iMaySend(agreement, comments);
}

/** A copy belongs to its author's site: an edit of it here is shown as a problem and does not travel. */
async function noteCopyEdited(
  session: Session,
  pair: Pair,
  twin: string,
  comment: CommentRead,
): Promise<Outcome> {
  const known = await readCommentTwin(session, twin);
  if (known === undefined || known.origin !== 'there' || known.state !== 'there') return done;
  if (known.hash === commentHash(toPortable(comment.body))) return done;
  await stageCommentProblem(session, {
    twin,
    issue: pair.local,
    reason:
      'This copy of a comment of the partner was edited here. Only its author can change it for both sites.',
    next: 'Write a comment of your own; the next edit by the author replaces the copy.',
    side: 'here',
  });
  return done;
}
