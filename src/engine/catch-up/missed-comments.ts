/** Comments of an issue which nobody has told of: new ones, and edits. */
import type { Pair } from '#core/model/pair';
import { readBody } from '../capture/read-body';
import { hashFor } from '../comment-body';
import type { Agreement } from '../pairs/agreement';
import { audienceOf, copyEdits, mayReceiveComments, maySendComments } from '../pairs/comment-agreement';
import { listCommentTwins } from '../pairs/comment-twins';
import type { Later } from '../pairs/outcome';
import type { CommentRead, IssueRead } from '../ports/site';
import type { CommentTwin } from '../rows/comment-twin';
import type { Aspect } from '../rows/dirty';
import type { Session } from '../stream/session';

export interface CommentLook {
  pair: Pair;
  issue: IssueRead;
  since: number;
}

/** Deletions are not among them: absence is not deletion. */
export async function missedComments(
  session: Session,
  agreement: Agreement,
  { pair, issue, since }: CommentLook,
): Promise<Aspect[] | Later> {
  const mayMatter =
    maySendComments(agreement, pair) ||
    (mayReceiveComments(agreement, pair) && copyEdits(agreement, pair) === 'restore');
  if (!mayMatter) return [];
  // Jira sends only the comments of short issues along.
  if (issue.comments === undefined) return ['comments'];
  const young = issue.comments.filter(({ updatedAt }) => updatedAt >= since);
  if (young.length === 0) return [];
  const known = await listCommentTwins(session, pair.pair);
  const aspects: Aspect[] = [];
  for (const comment of young) {
    const isMissed = await isUnknown(session, agreement, { pair, comment, known: known.get(comment.id) });
    if (typeof isMissed !== 'boolean') return isMissed;
    if (isMissed) aspects.push(`comment:${comment.id}`);
  }
  return aspects;
}

async function isUnknown(
  session: Session,
  agreement: Agreement,
  { pair, comment, known }: { pair: Pair; comment: CommentRead; known: CommentTwin | undefined },
): Promise<boolean | Later> {
  const shown = audienceOf(agreement, pair, comment);
  if (known === undefined) return shown !== 'hidden' && comment.createdAt >= (pair.pairedAt ?? 0);
  if (known.state !== 'there') return false;
  const issueId = pair.local?.id ?? '';
  const read = await readBody(session, agreement, { pair, issueId }, comment.body);
  if (read.kind === 'later') return read;
  if (known.origin === 'there') return hashFor(read.body, known.audience) !== known.hash;
  return shown === 'hidden' || hashFor(read.body, shown.audience) !== known.hash;
}
