/** Deletes our copies of comments that an admin wants undone; the originals stay with their authors, who are told. */
import type { Pair } from '#core/model/pair';
import { putCommentTwin, readCommentTwin } from '../pairs/comment-twins';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Session } from '../stream/session';

const reason =
  'An admin of the partner site took the copy of this comment back. Choose Try again to send it once more.';

/** Safe to repeat: a copy that is gone is what was wanted. An edit by the author brings it again. */
export async function takeBackComments(
  session: Session,
  pair: Pair,
  twins: readonly string[],
): Promise<Later | undefined> {
  for (const id of twins) {
    const twin = await readCommentTwin(session, id);
    if (twin?.origin !== 'there' || twin.local === undefined || pair.local === undefined) continue;
    await session.hold();
    const deleted = await session.ports.site.deleteComment(pair.local.id, twin.local);
    if (!deleted.ok && isPassing(deleted.failure)) return later(deleted.failure);
    if (!session.hasRoom) await session.commit();
    putCommentTwin(session, id, { pair: twin.pair, origin: 'there', hash: '', state: 'gone' });
    session.say({ op: 'comment.held', pair: pair.pair, comment: id, reason });
  }
  return undefined;
}
