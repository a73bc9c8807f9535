/** After a silence the partner is greeted before anything that waits here is carried out: our memory may have been put back. */
import { sendAck } from '../stream/send-outbox';
import type { Session } from '../stream/session';
import type { Todo } from '../stream/todo';
import { inboxPlace } from './inbox-lives';

/** A message is carried out within minutes after it came in, or somebody stopped for a while. */
const silenceMs = 600_000;
/** Pause before a silent partner is greeted again, milliseconds. */
const pauseMs = 60_000;

/**
 * Costs nothing while messages come in. `again`: the answer calls for a new epoch. `unheard`: what waits goes on waiting,
 * because carrying it out a second time would make a second copy.
 */
export async function greetFirst(session: Session, todo: Todo): Promise<'known' | 'again' | 'unheard'> {
  const { stream, incoming, memory, ports } = session;
  const isWaiting = stream.in.applied < inboxPlace(stream, incoming).end;
  const heardAt = Math.max(stream.heardAt ?? 0, incoming.heardAt ?? 0);
  if (!isWaiting || memory.isGreeted || ports.clock.now() - heardAt < silenceMs) return 'known';
  const isHeard = await sendAck(session);
  if (memory.epoch !== undefined) return 'again';
  memory.isGreeted = isHeard;
  if (!isHeard) todo.delay(pauseMs);
  return isHeard ? 'known' : 'unheard';
}
