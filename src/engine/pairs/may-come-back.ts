/** Whether what was noted about an issue that cannot be read waits until it can be. */
import type { Pair } from '#core/model/pair';
import { mayHaveSaid } from '../epoch/may-have-forgotten';
import type { Session } from '../stream/session';

/**
 * Not marked as unreachable yet: whoever marks it looks at all that hangs on it when it is back. Nobody marks one whose offer was
 * lost with a memory; if that can be read again, the look of the hour finds it.
 */
export function mayComeBack(session: Session, pair: Pair): boolean {
  const isLost = pair.open === undefined && mayHaveSaid(session);
  return pair.state === 'twinned' || (pair.state === 'offered' && !isLost);
}
