/** Capture of one comment: a new text, an edit, or a deletion; what is restricted stays here. */
import type { Pair } from '#core/model/pair';
import { countRemoval } from '../brakes/part-deletions';
import { hashFor } from '../comment-body';
import { mayHaveSaid, sayAgain } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import {
  audienceOf,
  copyDeletions,
  copyEdits,
  mayReceiveComments,
  maySendComments,
} from '../pairs/comment-agreement';
import {
  clearCommentProblem,
  putCommentTwin,
  readCommentTwin,
  removeCommentTwin,
} from '../pairs/comment-twins';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { CommentRead } from '../ports/site';
import type { Session } from '../stream/session';
import { noteCopyEdited } from './copy-edited';
import { readBody } from './read-body';

export interface CommentWork {
  pair: Pair;
  issueId: string;
  commentId: string;
  /** Offer it although nothing changed: somebody wants it tried again. */
  isRetry: boolean;
  /** Comments that came with the issue, without their marks. */
  along?: CommentRead[] | undefined;
}

/** At most one Jira call. The caller has checked that the issue itself may leave. */
export async function captureComment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
): Promise<Outcome> {
  if (!mayMatter(agreement, work.pair)) return done;
  const along = work.along?.find(({ id }) => id === work.commentId);
  // Only a mark tells whose comment it is, unless it was told already.
  if (along !== undefined && (await isToldComment(session, along.id))) {
    return sayComment(session, agreement, work, along);
  }
  const read = await session.ports.site.readComment(work.issueId, work.commentId);
  if (read.ok) return sayComment(session, agreement, work, read.value);
  // Absence is not deletion: a delete event comes by itself.
  return isPassing(read.failure) ? later(read.failure) : done;
}

/** True for a comment of this site of which the partner knows. */
export async function isToldComment(session: Session, commentId: string): Promise<boolean> {
  const known = await readCommentTwin(session, originalId(session.box.salt, 'comment', commentId));
  return known?.origin === 'here' && known.state === 'there' && known.local === commentId;
}

/** Stages a comment as read. */
export async function sayComment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
  comment: CommentRead,
): Promise<Outcome> {
  const { pair } = work;
  const mark = comment.marks.find(({ connection }) => connection === session.id);
  if (mark !== undefined) return lookAtCopy(session, agreement, work, { ...comment, twin: mark.twin });
  if (!maySendComments(agreement, pair)) return done;
  const shown = audienceOf(agreement, pair, comment);
  // Who may no longer read it here shall not read it there: its copy goes.
  if (shown === 'hidden') return withdraw(session, agreement, { ...work, commentId: comment.id });
  const twin = originalId(session.box.salt, 'comment', comment.id);
  const read = await readBody(session, agreement, work, comment.body);
  if (read.kind === 'later') return read;
  const body = read.body ?? { type: 'doc', version: 1, content: [] };
  const hash = hashFor(body, shown.audience);
  const known = await readCommentTwin(session, twin);
  if (known?.state === 'gone' || (known?.hash === hash && !work.isRetry)) return done;
  session.say({
    op: 'comment.put',
    pair: pair.pair,
    comment: twin,
    body,
    author: { name: comment.authorName },
    at: comment.updatedAt,
    ...shown,
    ...sayAgain(session, comment.createdAt),
  });
  session.tell('sent', pair.local?.key ?? 'an issue');
  putCommentTwin(session, twin, { pair: pair.pair, origin: 'here', local: comment.id, hash, state: 'there' });
  await clearCommentProblem(session, twin);
  return done;
}

/** After a delete event. Only originals of this site travel. */
export function captureUncomment(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
): Promise<Outcome> {
  return sayDelete(session, agreement, work, {});
}

function withdraw(session: Session, agreement: Agreement, work: CommentWork): Promise<Outcome> {
  return sayDelete(session, agreement, work, { withdrawn: true });
}

async function sayDelete(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
  how: { withdrawn?: true },
): Promise<Outcome> {
  const twin = originalId(session.box.salt, 'comment', work.commentId);
  const known = await readCommentTwin(session, twin);
  if (known === undefined ? !mayHaveSaid(session) : known.state === 'gone') return done;
  if (!maySendComments(agreement, work.pair)) return done;
  session.say({ op: 'comment.delete', pair: work.pair.pair, comment: twin, ...how });
  if (how.withdrawn !== true && copyDeletions(agreement, work.pair) !== 'keep') countRemoval(session, 'out');
  session.tell('sent', work.pair.local?.key ?? 'an issue');
  removeCommentTwin(session, twin);
  await clearCommentProblem(session, twin);
  return done;
}

/** Who only receives comments looks at them where edits of copies are put back. */
function mayMatter(agreement: Agreement, pair: Pair): boolean {
  if (maySendComments(agreement, pair)) return true;
  return mayReceiveComments(agreement, pair) && copyEdits(agreement, pair) === 'restore';
}

/** Our own writes leave the copy as it is known. */
async function lookAtCopy(
  session: Session,
  agreement: Agreement,
  work: CommentWork,
  { body, twin }: CommentRead & { twin: string },
): Promise<Outcome> {
  const known = await readCommentTwin(session, twin);
  if (known === undefined || known.origin !== 'there' || known.state !== 'there') return done;
  const read = await readBody(session, agreement, work, body);
  if (read.kind === 'later') return read;
  if (known.hash === hashFor(read.body, known.audience)) return done;
  return noteCopyEdited(session, agreement, { pair: work.pair, twin, known, body: read.body });
}
