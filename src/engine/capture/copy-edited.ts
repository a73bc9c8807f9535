/** Somebody edited our copy of a comment of the partner: it stays, is put back, or becomes an edit of the original. */
import { textOf } from '#core/mapping/plain-document';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { applyCommentPut } from '../apply/apply-comment';
import { empty } from '../apply/comment-copy';
import { hashFor, withoutAuthor } from '../comment-body';
import type { Agreement } from '../pairs/agreement';
import { copyEdits } from '../pairs/comment-agreement';
import { putCommentTwin, stageCommentProblem } from '../pairs/comment-twins';
import { done, type Outcome } from '../pairs/outcome';
import { activityRow } from '../record-activity';
import type { CommentTwin } from '../rows/comment-twin';
import type { Session } from '../stream/session';

export interface EditedCopy {
  pair: Pair;
  twin: string;
  known: CommentTwin;
  /** The copy in the words of the agreement, its author's line included. */
  body: Adf | null;
}

/** The caller has found that the copy says something else than it was given. */
export async function noteCopyEdited(
  session: Session,
  agreement: Agreement,
  edited: EditedCopy,
): Promise<Outcome> {
  const { said } = edited.known;
  // Copies that were made before the terms changed do not know what they said.
  const way = said === undefined ? 'stay' : copyEdits(agreement, edited.pair);
  if (said === undefined || way === 'stay') return showEdit(session, edited);
  return way === 'restore' ? putBack(session, agreement, edited, said) : sayEdit(session, edited, said);
}

async function showEdit(session: Session, { pair, twin }: EditedCopy): Promise<Outcome> {
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

type Said = NonNullable<CommentTwin['said']>;

/** The words that are written over stay in the log. */
async function putBack(
  session: Session,
  agreement: Agreement,
  { pair, twin, known, body }: EditedCopy,
  { body: said, author }: Said,
): Promise<Outcome> {
  const key = pair.local?.key ?? 'an issue';
  const words = textOf(body).slice(0, 500);
  const text = `A copy of a comment of the partner on ${key} was edited here and put back. It said: ${words}`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, issueKey: key }));
  putCommentTwin(session, twin, { ...known, hash: '' });
  return applyCommentPut(session, agreement, {
    op: 'comment.put',
    pair: pair.pair,
    comment: twin,
    body: said,
    at: 0,
    ...(author === undefined ? {} : { author: { name: author } }),
    ...(known.audience === undefined ? {} : { audience: known.audience }),
  });
}

/** What is sent counts as said from now on: a further edit of the copy starts from there. */
function sayEdit(session: Session, { pair, twin, known, body }: EditedCopy, said: Said): Outcome {
  const text = withoutAuthor(body ?? empty, said.author);
  session.say({ op: 'comment.edit', pair: pair.pair, comment: twin, body: text, base: said.body });
  session.tell('sent', pair.local?.key ?? 'an issue');
  const hash = hashFor(body, known.audience);
  putCommentTwin(session, twin, { ...known, hash, said: { ...said, body: text } });
  return done;
}
