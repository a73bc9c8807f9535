/** An edit of the partner's copy becomes an edit of our comment, where the agreement says so. */
import { listedPeople, namePeople } from '#core/mapping/mentions';
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { type Adf, adfSchema } from '#core/model/value';
import type { CommentEdit } from '#core/protocol/comment-operations';
import { inlineFiles } from '../attachments/inline-files';
import { type CommentWork, sayComment } from '../capture/capture-comment';
import { readBody } from '../capture/read-body';
import { type Agreement, findMapping } from '../pairs/agreement';
import { audienceOf, copyEdits } from '../pairs/comment-agreement';
import { readCommentTwin, stageCommentProblem } from '../pairs/comment-twins';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { CommentRead } from '../ports/site';
import type { Session } from '../stream/session';
import { empty, mergeByAuthor, saysSame } from './comment-copy';
import { withMentions } from './local-comment';

/**
 * Merged by paragraph with what our comment says by now; where both touch, the comment itself is right. Afterwards the partner
 * is told the text, also when nothing of its edit is left of it or Jira refused: its copy says what the comment says.
 */
export async function applyCommentEdit(
  session: Session,
  agreement: Agreement,
  operation: CommentEdit,
): Promise<Outcome> {
  const [pair, twin] = await Promise.all([
    readPair(session, operation.pair),
    readCommentTwin(session, operation.comment),
  ]);
  const isOurs = twin?.origin === 'here' && twin.pair === operation.pair && twin.state === 'there';
  if (!isOurs || twin.local === undefined || pair?.local === undefined || pair.state !== 'twinned')
    return done;
  const issueId = pair.local.id;
  const read = await session.ports.site.readComment(issueId, twin.local);
  // Absence is not deletion: a delete event comes by itself.
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : done;
  const work = { pair, issueId, commentId: twin.local, isRetry: true };
  const comment = read.value;
  const mayEdit = copyEdits(agreement, pair) === 'back' && audienceOf(agreement, pair, comment) !== 'hidden';
  if (!mayEdit) return sayComment(session, agreement, work, comment);
  const shown = await readBody(session, agreement, work, comment.body);
  if (shown.kind === 'later') return shown;
  const mine = shown.body ?? empty;
  const merged = mergeByAuthor(agreement.role, operation.base, mine, operation.body);
  if (saysSame(merged, mine)) return sayComment(session, agreement, work, comment);
  return write(session, agreement, { ...work, operation, comment, merged });
}

type Write = CommentWork & { operation: CommentEdit; comment: CommentRead; merged: Adf };

async function write(session: Session, agreement: Agreement, work: Write): Promise<Outcome> {
  const { pair, issueId, commentId, comment } = work;
  const body = localBody(session, agreement, work);
  await session.hold();
  const written =
    body === undefined
      ? undefined
      : await session.ports.site.updateComment(issueId, commentId, body, comment.audience);
  if (written?.ok === true && body !== undefined) {
    session.tell('received', pair.local?.key ?? 'an issue');
    return sayComment(session, agreement, work, { ...comment, body });
  }
  if (written?.ok === false && isPassing(written.failure)) return later(written.failure);
  const said = await sayComment(session, agreement, work, comment);
  const why = written?.ok === false ? written.failure.message : 'The text cannot be written here.';
  await stageCommentProblem(session, {
    twin: work.operation.comment,
    issue: pair.local,
    reason: `The partner edited its copy of this comment, but the comment here could not be changed: ${why}`,
    next: 'Edit the comment by hand if the change is wanted.',
    side: 'here',
  });
  return said;
}

function localBody(
  session: Session,
  agreement: Agreement,
  { pair, comment, merged }: Write,
): Adf | undefined {
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) return undefined;
  const { files } = inlineFiles(session, agreement, agreed);
  const people = listedPeople(agreed.mapping.fields, agreed.binding);
  const local = withMentions(toLocalDocument(merged, namePeople(comment.body, people), files), people);
  const body = local.ok ? adfSchema.safeParse(local.raw) : undefined;
  return body?.success === true ? body.data : undefined;
}
