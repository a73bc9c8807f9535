/** The original of a comment was deleted, or may no longer be seen over there: what becomes of our copy. */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import { countRemoval } from '../brakes/part-deletions';
import { findForgottenCopy } from '../epoch/find-forgotten-copy';
import type { Agreement } from '../pairs/agreement';
import { copyDeletions, mayReceiveComments } from '../pairs/comment-agreement';
import {
  clearCommentProblem,
  putCommentTwin,
  readCommentTwin,
  stageCommentProblem,
} from '../pairs/comment-twins';
import { done, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import { takenAway } from '../pairs/take-away';
import type { SiteResult } from '../ports/site-result';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';
import { markDeleted } from './comment-copy';

type CommentDelete = Extract<DataOperation, { op: 'comment.delete' }>;

/**
 * Only the side of the author deletes; a copy that is gone already is what was wanted. What was withdrawn because it became
 * restricted goes whatever is agreed on deletions.
 */
export async function applyCommentDelete(
  session: Session,
  agreement: Agreement,
  operation: CommentDelete,
): Promise<Outcome> {
  const forgotten = { pair: operation.pair, kind: 'comment', twin: operation.comment } as const;
  return (await findForgottenCopy(session, forgotten)) ?? takeAway(session, agreement, operation);
}

async function takeAway(session: Session, agreement: Agreement, operation: CommentDelete): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readCommentTwin(session, operation.comment),
  ]);
  if (twin === undefined || twin.origin !== 'there' || twin.pair !== operation.pair) return done;
  if (pair === undefined || !mayReceiveComments(agreement, pair)) return done;
  const { local: issue } = pair;
  // Without an issue nothing but the text that waits for it is here: it must not be written any more.
  if (issue === undefined && twin.local !== undefined) return done;
  const isWithdrawn = operation.withdrawn === true;
  const way = wayOf(agreement, pair, isWithdrawn);
  if (issue !== undefined && twin.local !== undefined && way !== 'keep') {
    await session.hold();
    const taken = await takenAway(session, pair, await carryOut(session, way, issue.id, twin.local));
    if (taken.kind === 'later') return taken;
    if (taken.kind === 'stays') return keepTrying(session, { operation, pair, twin, reason: taken.reason });
  }
  putCommentTwin(session, operation.comment, { pair: twin.pair, origin: 'there', hash: '', state: 'gone' });
  if (way !== 'keep' && !isWithdrawn) countRemoval(session, 'in');
  if (issue !== undefined) session.tell('received', issue.key);
  await clearCommentProblem(session, operation.comment);
  return done;
}

function wayOf(
  agreement: Agreement,
  pair: Pair,
  isWithdrawn: boolean,
): ReturnType<typeof copyDeletions> | 'delete' {
  return isWithdrawn ? 'delete' : copyDeletions(agreement, pair);
}

/** Nobody but its author's site will say it again. */
async function keepTrying(
  session: Session,
  {
    operation: { comment, withdrawn },
    pair,
    twin,
    reason,
  }: { operation: CommentDelete; pair: Pair; twin: CommentTwin; reason: string },
): Promise<Outcome> {
  putCommentTwin(session, comment, { ...twin, goes: withdrawn === true ? 'withdrawn' : 'deleted' });
  await stageCommentProblem(session, {
    twin: comment,
    issue: pair.local,
    reason: `The partner deleted this comment, but the copy here could not be: ${reason}`,
    next: 'Correct the cause here, then choose Try again, or delete the copy by hand.',
    side: 'here',
  });
  return done;
}

function carryOut(
  session: Session,
  way: 'delete' | 'mark',
  issueId: string,
  commentId: string,
): Promise<SiteResult<void>> {
  return way === 'mark'
    ? markDeleted(session, issueId, commentId)
    : session.ports.site.deleteComment(issueId, commentId);
}
