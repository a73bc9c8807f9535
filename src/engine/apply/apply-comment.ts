import { toPortable } from '#core/mapping/rich-text/to-portable';
import { asReadHere } from '#core/mapping/wiki-markup/site-text';
import type { Audience } from '#core/model/comment-terms';
import type { Pair } from '#core/model/pair';
import { type Adf, adfSchema } from '#core/model/value';
import type { DataOperation } from '#core/protocol/operations';
import { awaitFile } from '../attachments/inline-rows';
import { announceComments } from '../backfill/announce-comments';
import { hashFor, withAuthor } from '../comment-body';
import { mayHaveForgotten } from '../epoch/may-have-forgotten';
import type { Agreement } from '../pairs/agreement';
import { audienceFor, copyEdits, mayReceiveComments } from '../pairs/comment-agreement';
import {
  clearCommentProblem,
  putCommentTwin,
  readCommentTwin,
  stageCommentProblem,
} from '../pairs/comment-twins';
import { done, isPassing, type Later, later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import { takenAway } from '../pairs/take-away';
import type { SiteFailure } from '../ports/site-result';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';
import { noteComment } from '../undo/note-applied';
import { mergeWithCopy } from './comment-copy';
import { ensureComment, ensureCommentText } from './ensure-comment';
import { localText } from './local-comment';

type CommentPut = Extract<DataOperation, { op: 'comment.put' }>;

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
  if (pair === undefined || !mayReceiveComments(agreement, pair)) {
    return hold(session, {
      operation,
      pair,
      reason: 'Comments of the partner are not agreed for this issue.',
    });
  }
  if (pair.local === undefined || pair.state !== 'twinned') {
    return hold(session, { operation, pair, twin, reason: 'Its issue is not here yet.', keep: true });
  }
  const audience = audienceIn(agreement, pair, operation);
  if (audience === 'nobody') return hide(session, { operation, pair, twin });
  // Of what the partner said, so that an edit of the copy that is merged in is still one.
  const agreed = withAuthor(operation.body, operation.author?.name);
  const hash = hashFor(toPortable(asReadHere(agreed, session.ports.site.texts)), operation.audience);
  if (isThere(twin, hash)) return done;
  const merged = await mergeWithCopy(session, agreement, { pair, twin, body: operation.body });
  if (merged.kind === 'later') return merged;
  const said = withAuthor(merged.body, operation.author?.name);
  const text = await localText(session, agreement, pair, said);
  if (text.kind === 'later') return text;
  if (text.kind === 'waits') return wait(session, { operation, pair, twin, ...text });
  const body = text.local.ok ? adfSchema.safeParse(text.local.raw) : undefined;
  if (body?.success !== true) {
    const reason = text.local.ok ? 'The text cannot be written here.' : text.local.reason;
    return hold(session, { operation, pair, twin, reason, keep: true });
  }
  const issueId = pair.local.id;
  return write(session, agreement, { operation, pair, twin, body: body.data, hash, issueId, audience });
}

/** `nobody`: nobody here stands for those who may see it. */
function audienceIn(
  agreement: Agreement,
  pair: Pair,
  { audience }: CommentPut,
): Audience | undefined | 'nobody' {
  return audience === undefined ? undefined : (audienceFor(agreement, pair, audience) ?? 'nobody');
}

/** Never wider than it was said: a copy that is there goes, and the comment waits until somebody here is named for it. */
async function hide(
  session: Session,
  { operation, pair, twin }: Pick<Write, 'operation' | 'pair' | 'twin'>,
): Promise<Outcome> {
  const reason = 'This comment is for some people only, and nothing here stands for them.';
  if (twin?.local === undefined) return hold(session, { operation, pair, twin, reason, keep: true });
  await session.hold();
  const deleted = await session.ports.site.deleteComment(pair.local?.id ?? '', twin.local);
  const taken = await takenAway(session, pair, deleted);
  if (taken.kind === 'later') return taken;
  const { local: _gone, ...rest } = twin;
  const left = taken.kind === 'gone' ? rest : twin;
  return hold(session, { operation, pair, twin: left, reason, keep: true });
}

/** Nobody has to do anything: it is written as soon as its files are here. */
async function wait(session: Session, work: Hold & { files: string[] }): Promise<Outcome> {
  for (const file of work.files) await awaitFile(session, file, work.operation.comment);
  keepText(session, work);
  return done;
}

interface Write {
  operation: CommentPut;
  pair: Pair;
  twin: CommentTwin | undefined;
  body: Adf;
  /** Of the text as it was agreed, with its author. */
  hash: string;
  issueId: string;
  /** Absent: for everybody. */
  audience: Audience | undefined;
}

async function write(session: Session, agreement: Agreement, work: Write): Promise<Outcome> {
  const { operation, pair, body, issueId, audience } = work;
  const isForgotten = mayHaveForgotten(session, operation);
  if (work.twin === undefined && !isForgotten) {
    await announceComments(session, (one) => mayReceiveComments(agreement, one));
  }
  await session.hold();
  const opened = await openUp(session, issueId, work.twin, operation);
  if ('kind' in opened) return opened;
  const { twin } = opened;
  const written =
    twin?.local === undefined
      ? await ensureComment(session, {
          pair,
          twin: operation.comment,
          askedAt: askedAt(twin, isForgotten),
          body,
          audience,
        })
      : await ensureCommentText(session, issueId, twin.local, { body, audience });
  if ('kind' in written) return written;
  if (!written.ok) return refused(session, { operation, pair, twin }, written.failure);
  noteWritten(session, agreement, { ...work, twin }, twin?.local ?? written.value?.id);
  await clearCommentProblem(session, operation.comment);
  return done;
}

async function refused(
  session: Session,
  { operation, pair, twin }: Pick<Write, 'operation' | 'pair' | 'twin'>,
  failure: SiteFailure,
): Promise<Outcome> {
  if (isPassing(failure)) return later(failure);
  const isDeleted = failure.kind === 'gone' && twin?.local !== undefined;
  const reason = isDeleted ? 'The copy of this comment was deleted here.' : failure.message;
  return hold(session, { operation, pair, twin, reason, keep: true });
}

function noteWritten(
  session: Session,
  agreement: Agreement,
  { operation, pair, twin, hash }: Write,
  local: string | undefined,
): void {
  putCommentTwin(session, operation.comment, {
    pair: pair.pair,
    origin: 'there',
    hash,
    state: 'there',
    ...(local === undefined ? {} : { local }),
    ...(copyEdits(agreement, pair) === 'stay' ? {} : { said: textOf(operation) }),
    ...(operation.audience === undefined ? {} : { audience: operation.audience }),
  });
  if (twin?.local === undefined) noteComment(session, pair, operation.comment);
  session.tell('received', pair.local?.key ?? 'an issue');
}

/** Nothing takes the restriction from a comment, so a copy that everybody may see from now on is made anew. */
async function openUp(
  session: Session,
  issueId: string,
  twin: CommentTwin | undefined,
  operation: CommentPut,
): Promise<{ twin: CommentTwin | undefined } | Later> {
  if (twin?.local === undefined || twin.audience === undefined || operation.audience !== undefined) {
    return { twin };
  }
  const deleted = await session.ports.site.deleteComment(issueId, twin.local);
  if (!deleted.ok && isPassing(deleted.failure)) return later(deleted.failure);
  const { local: _gone, ...rest } = twin;
  return { twin: rest };
}

function textOf({ body, author }: CommentPut): { body: Adf; author?: string } {
  return { body, ...(author === undefined ? {} : { author: author.name }) };
}

/** Rows of older versions do not say when; what was forgotten was asked for long ago. */
function askedAt(twin: CommentTwin | undefined, isForgotten: boolean): number | undefined {
  return twin?.askedAt ?? (isForgotten || twin?.state === 'creating' ? 0 : undefined);
}

function isThere(twin: CommentTwin | undefined, hash: string): boolean {
  return twin?.local !== undefined && twin.state === 'there' && twin.goes === undefined && twin.hash === hash;
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
  const { pair: pairId, comment, author } = operation;
  session.say({ op: 'comment.held', pair: pairId, comment, reason });
  if (keep !== true) return done;
  keepText(session, { operation, twin });
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

function keepText(session: Session, { operation, twin }: Pick<Hold, 'operation' | 'twin'>): void {
  const { pair, comment, audience } = operation;
  putCommentTwin(session, comment, {
    pair,
    origin: 'there',
    hash: twin?.hash ?? '',
    state: 'held',
    waits: { ...textOf(operation), ...(audience === undefined ? {} : { audience }) },
    ...(twin?.local === undefined ? {} : { local: twin.local }),
    ...(twin?.askedAt === undefined ? {} : { askedAt: twin.askedAt }),
  });
}
