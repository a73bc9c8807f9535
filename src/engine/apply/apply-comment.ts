/** Applies a comment of the partner: a copy that names its author, kept in step with edits and deletion. */
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Pair } from '#core/model/pair';
import { type Adf, adfSchema } from '#core/model/value';
import type { DataOperation } from '#core/protocol/operations';
import { announceComments } from '../backfill/announce-comments';
import { commentHash, withAuthor } from '../comment-body';
import { type Agreement, findMapping, partnerMaySend } from '../pairs/agreement';
import {
  clearCommentProblem,
  putCommentTwin,
  readCommentTwin,
  stageCommentProblem,
} from '../pairs/comment-twins';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';
import { noteComment } from '../undo/note-applied';
import { ensureComment, ensureCommentText } from './ensure-comment';

type CommentPut = Extract<DataOperation, { op: 'comment.put' }>;
type CommentDelete = Extract<DataOperation, { op: 'comment.delete' }>;

export async function applyCommentPut(
  session: Session,
  agreement: Agreement,
  operation: CommentPut,
): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readCommentTwin(session, operation.comment),
  ]);
  if (twin?.origin === 'here')
    return hold(session, { operation, pair, reason: 'This comment is not yours.' });
  if (pair === undefined || !mayReceive(agreement, pair)) {
    return hold(session, {
      operation,
      pair,
      reason: 'Comments of the partner are not agreed for this issue.',
    });
  }
  if (pair.local === undefined || pair.state !== 'twinned') {
    return hold(session, { operation, pair, twin, reason: 'Its issue is not here yet.', keep: true });
  }
  const text = toLocalDocument(withAuthor(operation.body, operation.author?.name), null);
  const body = text.ok ? adfSchema.safeParse(text.raw) : undefined;
  if (body?.success !== true) {
    const reason = text.ok ? 'The text cannot be written here.' : text.reason;
    return hold(session, { operation, pair, twin, reason, keep: true });
  }
  return write(session, agreement, { operation, pair, twin, body: body.data, issueId: pair.local.id });
}

interface Write {
  operation: CommentPut;
  pair: Pair;
  twin: CommentTwin | undefined;
  body: Adf;
  issueId: string;
}

async function write(session: Session, agreement: Agreement, work: Write): Promise<Outcome> {
  const { operation, pair, twin, body, issueId } = work;
  const hash = commentHash(toPortable(body));
  if (isThere(twin, hash)) return done;
  if (twin === undefined) await announceComments(session, (one) => mayReceive(agreement, one));
  await session.hold();
  const written =
    twin?.local === undefined
      ? await ensureComment(session, {
          pair,
          twin: operation.comment,
          askedAt: askedAt(twin),
          body,
        })
      : await ensureCommentText(session, issueId, twin.local, body);
  if ('kind' in written) return written;
  if (!written.ok) {
    if (isPassing(written.failure)) return later(written.failure);
    const reason =
      written.failure.kind === 'gone' && twin?.local !== undefined
        ? 'The copy of this comment was deleted here.'
        : written.failure.message;
    return hold(session, { operation, pair, twin, reason, keep: true });
  }
  const local = twin?.local ?? written.value?.id;
  putCommentTwin(session, operation.comment, {
    pair: pair.pair,
    origin: 'there',
    hash,
    state: 'there',
    ...(local === undefined ? {} : { local }),
  });
  if (twin?.local === undefined) noteComment(session, pair, operation.comment);
  session.tell('received', pair.local?.key ?? 'an issue');
  await clearCommentProblem(session, operation.comment);
  return done;
}

/** Rows of older versions do not say when. */
function askedAt(twin: CommentTwin | undefined): number | undefined {
  return twin?.askedAt ?? (twin?.state === 'creating' ? 0 : undefined);
}

function isThere(twin: CommentTwin | undefined, hash: string): boolean {
  return twin?.local !== undefined && twin.state === 'there' && twin.hash === hash;
}

/** Only the side of the author deletes; a copy that is gone already is what was wanted. */
export async function applyCommentDelete(
  session: Session,
  agreement: Agreement,
  operation: CommentDelete,
): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readCommentTwin(session, operation.comment),
  ]);
  if (twin === undefined || twin.origin !== 'there' || twin.pair !== operation.pair) return done;
  if (pair?.local === undefined || !mayReceive(agreement, pair)) return done;
  if (twin.local !== undefined) {
    await session.hold();
    const deleted = await session.ports.site.deleteComment(pair.local.id, twin.local);
    if (!deleted.ok && isPassing(deleted.failure)) return later(deleted.failure);
    if (!deleted.ok && deleted.failure.kind !== 'gone') {
      await stageCommentProblem(session, {
        twin: operation.comment,
        issue: pair.local,
        reason: `The partner deleted this comment, but the copy here could not be: ${deleted.failure.message}`,
        next: 'Delete the copy by hand.',
        side: 'here',
      });
      return done;
    }
  }
  putCommentTwin(session, operation.comment, { pair: twin.pair, origin: 'there', hash: '', state: 'gone' });
  session.tell('received', pair.local.key);
  await clearCommentProblem(session, operation.comment);
  return done;
}

function mayReceive(agreement: Agreement, pair: Pair): boolean {
  const comments = findMapping(agreement, pair.mapping)?.mapping.comments ?? 'off';
  return comments !== 'off' && partnerMaySend(agreement, comments);
}

interface Hold {
  operation: CommentPut;
  pair: Pair | undefined;
  twin?: CommentTwin | undefined;
  reason: string;
  /** Keep the text for another try. */
  keep?: boolean;
}

async function hold(session: Session, { operation, pair, twin, reason, keep }: Hold): Promise<Outcome> {
  const { pair: pairId, comment, body, author } = operation;
  session.say({ op: 'comment.held', pair: pairId, comment, reason });
  if (keep !== true) return done;
  putCommentTwin(session, comment, {
    pair: pairId,
    origin: 'there',
    hash: twin?.hash ?? '',
    state: 'held',
    waits: { body, ...(author === undefined ? {} : { author: author.name }) },
    ...(twin?.local === undefined ? {} : { local: twin.local }),
    ...(twin?.askedAt === undefined ? {} : { askedAt: twin.askedAt }),
  });
  await stageCommentProblem(session, {
    twin: comment,
    issue: pair?.local,
    author: author?.name,
    reason,
    next: 'Correct the cause here, then choose Try again.',
    side: 'here',
  });
  return done;
}
