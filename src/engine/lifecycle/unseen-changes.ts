/** Finds what was changed on our issue and the partner had not seen when its own issue came to an end. */

import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Pair } from '#core/model/pair';
import { settlePair } from '#core/reconcile/settle-pair';
import { commentHash } from '../comment-body';
import { type AgreedMapping, type Agreement, iMaySend } from '../pairs/agreement';
import { changesHere } from '../pairs/changes-here';
import { readCommentTwin } from '../pairs/comment-twins';
import { isPassing, type Later, later } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import { labelOf } from '../pairs/problems';
import type { CommentRead, IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { unseenParts } from './unseen-parts';

export interface UnseenWork {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
}

/**
 * In words, empty when there is nothing. To be asked when all that we said is answered: then a value that the partner could
 * not take any more stands among the held ones. One call for comments, logged work and files each, where they are shared. What is not shared is not looked at.
 */
export async function unseenChanges(
  session: Session,
  agreement: Agreement,
  work: UnseenWork,
): Promise<string[] | Later> {
  const { agreed } = work;
  const fields = await unseenFields(session, agreement, work);
  if (!Array.isArray(fields)) return fields;
  const unseen = fields.map((slot) => labelOf(agreed, slot));
  const comment = await unseenComment(session, agreement, work);
  if (typeof comment === 'object') return comment;
  if (comment !== undefined) unseen.push(comment);
  const parts = await unseenParts(session, agreement, work.pair);
  return Array.isArray(parts) ? [...unseen, ...parts] : parts;
}

/** One is enough. */
async function unseenComment(
  session: Session,
  agreement: Agreement,
  { pair, agreed }: UnseenWork,
): Promise<string | undefined | Later> {
  const { comments } = agreed.mapping;
  if (comments === 'off' || !iMaySend(agreement, comments)) return undefined;
  const listed = await session.ports.site.listComments(pair.local?.id ?? '');
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  for (const comment of listed.value) {
    // Those from before the two became a pair belong to this site alone.
    if (comment.createdAt < (pair.pairedAt ?? 0) || !(await isUnseen(session, comment))) continue;
    return `a comment of ${comment.authorName}`;
  }
  return undefined;
}

async function unseenFields(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue }: UnseenWork,
): Promise<string[] | Later> {
  const settled = settlePair(pair, session.done);
  const here = await changesHere(session, agreement, { pair: settled, agreed, issue });
  if (here.kind === 'later') return here;
  const waiting = Object.entries(settled.held).filter(([, { side }]) => side === 'partner');
  const slots = [
    ...Object.keys(here.changes),
    ...Object.keys(settled.open?.values ?? {}),
    ...waiting.map(([slot]) => slot),
    ...Object.keys(settled.conflicts ?? {}),
  ];
  return [...new Set(slots)];
}

/** Of a person here, and not said as it stands. */
async function isUnseen(session: Session, comment: CommentRead): Promise<boolean> {
  const isCopy = comment.marks.some(({ connection }) => connection === session.id);
  if (isCopy || comment.restricted) return false;
  const twin = await readCommentTwin(session, originalId(session.box.salt, 'comment', comment.id));
  const body = toPortable(comment.body) ?? { type: 'doc', version: 1, content: [] };
  return twin?.state !== 'there' || twin.hash !== commentHash(body);
}
