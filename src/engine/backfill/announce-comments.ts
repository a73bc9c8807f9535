/** Stores the intents of all comments of a batch at once: each request carries its own mark, so one write serves them all. */
import type { Pair } from '#core/model/pair';
import { mayHaveForgotten } from '../epoch/may-have-forgotten';
import { putCommentTwin, readCommentTwin } from '../pairs/comment-twins';
import { readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { upcoming } from './look-ahead';

/** Rows that go into one transaction beside the heads. */
const most = 16;

/**
 * Called before the first of them is made. `mayReceive`: whether comments of the partner are agreed for that issue. With
 * fewer than two there is nothing to gain.
 */
export async function announceComments(session: Session, mayReceive: (pair: Pair) => boolean): Promise<void> {
  const fresh = new Map<string, string>();
  for (const { operation } of await upcoming(session, 'comment.put', { most, batches: 1 })) {
    const pair = await readPair(session, operation.pair);
    const isReady = pair?.local !== undefined && pair.state === 'twinned' && mayReceive(pair);
    const isNew =
      isReady &&
      !mayHaveForgotten(session, operation) &&
      (await readCommentTwin(session, operation.comment)) === undefined;
    if (isNew) fresh.set(operation.comment, pair.pair);
  }
  if (fresh.size < 2) return;
  if (session.rows.size > 0) await session.commit();
  const { clock, budget } = session.ports;
  // Each of the requests leaves before this invocation ends.
  const askedAt = clock.now() + Math.max(0, Math.floor(budget.remainingMs()));
  for (const [twin, pair] of fresh) {
    putCommentTwin(session, twin, {
      pair,
      origin: 'there',
      hash: '',
      state: 'creating',
      askedAt,
    });
    session.memory.announced.add(twin);
  }
  await session.commit();
}
