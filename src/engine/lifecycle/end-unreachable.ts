/** An admin gave up waiting for an issue that cannot be read: its pair is over, and the twin stays. */
import type { Pair } from '#core/model/pair';
import type { Agreement } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import type { Session } from '../stream/session';
import { readEndAnswer } from './end-answer';
import { tellEnd } from './tell-end';

/** Undefined: nobody decided that, or the issue is back. */
export async function endUnreachable(
  session: Session,
  agreement: Agreement,
  pair: Pair,
): Promise<Outcome | undefined> {
  if (pair.state !== 'unreachable' || (await readEndAnswer(session, pair.pair)) !== 'keep') return undefined;
  await tellEnd(session, agreement, pair, 'unreachable');
  return done;
}
