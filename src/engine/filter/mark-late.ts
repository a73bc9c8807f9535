/** Marks an issue that rests, where that could not be done when its twin left: it was hidden from the app then, or refused comments. */
import { markLeft } from '../lifecycle/mark-twin';
import type { AgreedMapping } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';

/** To be asked when our issue was read and rests. Once it is marked nothing is written again, whoever deletes the comment. */
export async function markLate(session: Session, { mapping }: AgreedMapping, id: string): Promise<Outcome> {
  if (mapping.leaving !== 'mark') return done;
  const pair = await readPair(session, id);
  if (pair?.local === undefined || pair.left?.there === undefined || pair.left.mark !== undefined)
    return done;
  const marked = await markLeft(session, pair);
  if (marked.kind === 'later') return marked;
  if (marked.kind === 'marked') putPair(session, { ...pair, left: { ...pair.left, mark: marked.id } });
  return done;
}
