/** Pure questions about the heads of a stream. */
import type { Connection } from '../rows/connection';
import type { Incoming, Stream } from '../rows/stream';

/** Batches that may be on their way unacknowledged (PROTOCOL.md). */
export const windowSize = 64;

/** True while somebody else may be working. */
export function isHeld(stream: Stream, now: number): boolean {
  return stream.owner !== undefined && stream.until !== undefined && stream.until > now;
}

/**
 * Highest of our sequences that counts as applied over there. An acknowledgement counts once all that the partner had
 * sent before making it is applied here, because its reports of held values are among that.
 */
export function effectiveDone(stream: Stream, incoming: Incoming): number {
  const { ack } = incoming;
  // What was on its way when the epoch began counts for nothing; until all of it is told again, nothing new does.
  if (stream.resync !== undefined) return stream.out.done;
  if (ack === undefined || ack.ep.id !== stream.ep.id || stream.in.applied < ack.at) return stream.out.done;
  return Math.max(stream.out.done, Math.min(ack.done, stream.out.seq));
}

/** True when data of the partner may be applied: started here and not stopped for safety. */
export function mayApply(connection: Connection): boolean {
  return connection.run.here === 'started' && connection.brake === undefined && connection.agreedRevision > 0;
}

/** True once both admins have confirmed the words: before that only `partner.confirmed` passes, either way. */
export function isVerified(connection: Connection): boolean {
  return connection.confirmedHere !== undefined && connection.confirmedThere !== undefined;
}

/** The row without members that say nothing. */
export function compactStream(stream: Stream): Stream {
  const { waiting, ...rest } = stream;
  const { ops, ahead, scanned, ...applied } = stream.in;
  return {
    ...rest,
    ...(waiting === undefined || waiting.length === 0 ? {} : { waiting }),
    in: {
      ...applied,
      ...(ops === undefined || ops === 0 ? {} : { ops }),
      ...(ahead === undefined || ahead.length === 0 ? {} : { ahead }),
      ...(scanned === undefined || scanned <= applied.applied ? {} : { scanned }),
    },
  };
}
