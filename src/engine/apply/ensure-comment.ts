/** Makes our copy of a comment exactly once: the intent is durable first, and the request carries our mark. */
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { putCommentTwin } from '../pairs/comment-twins';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { SiteResult } from '../ports/site';
import type { Session } from '../stream/session';

export interface NewComment {
  pair: Pair;
  twin: string;
  /** An earlier request may have made it. */
  isRepeat: boolean;
  body: Adf;
}

/** A comment found by our mark is brought up to date; markers of anybody else count for nothing. */
export async function ensureComment(
  session: Session,
  { pair, twin, isRepeat, body }: NewComment,
): Promise<SiteResult<{ id: string }> | Later> {
  const issueId = pair.local?.id ?? '';
  const { site } = session.ports;
  const mark = { connection: session.id, twin };
  if (!isRepeat) {
    putCommentTwin(session, twin, { pair: pair.pair, origin: 'there', hash: '', state: 'creating' });
    await session.commit();
    return site.createComment(issueId, body, mark);
  }
  const listed = await site.listComments(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : listed;
  const copy = listed.value.find((comment) =>
    comment.marks.some((one) => one.connection === mark.connection && one.twin === twin),
  );
  if (copy === undefined) return site.createComment(issueId, body, mark);
  const updated = await site.updateComment(issueId, copy.id, body);
  return updated.ok ? { ok: true, value: { id: copy.id } } : updated;
}
