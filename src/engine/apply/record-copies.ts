/** Writes down the copies that a run made and could not complete: what happens to them meanwhile must find their pair. */
import { putIndex, putPair, readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';

/**
 * To be called before a run ends. Stages, and commits where it is much. Without it a copy that is deleted at once would
 * be made again, because nobody would know whose it was.
 */
export async function recordCopies(session: Session): Promise<void> {
  for (const [pairId, copy] of session.memory.copies) {
    session.memory.copies.delete(pairId);
    if (copy.kind !== 'made') continue;
    const pair = await readPair(session, pairId);
    if (pair?.intent === undefined || pair.local !== undefined || pair.intent.made !== undefined) continue;
    const { id, key } = copy;
    if (!session.hasRoom) await session.commit();
    putPair(session, { ...pair, intent: { ...pair.intent, made: { id, key } } });
    putIndex(session, id, pairId);
  }
}
