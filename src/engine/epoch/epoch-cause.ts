/** Whether the heads of a stream call for a new epoch of ours, and why. Pure. */
import { judgeAck, nextEpoch } from '#core/epoch/judge-epoch';
import type { Ack } from '#core/protocol/envelope';
import type { Incoming, Stream } from '../rows/stream';

/** Two sites greet each other every hour. Who remembers nothing of so long was asleep, or put back, milliseconds. */
export const longSilenceMs = 21_600_000;

/** `mine`: our memory was put back. `n`, `from`: of the epoch to be opened. */
export interface EpochCause {
  mine: boolean;
  n: number;
  from: number;
}

/** Milliseconds since the epoch. `startedAt`: first start of the synchronization. */
interface Clocks {
  now: number;
  startedAt: number | undefined;
}

/** What came in says that we forgot what we sent, or that the partner began anew; or we slept, as both sites may have. */
export function epochCause(
  stream: Stream,
  incoming: Incoming,
  { now, startedAt }: Clocks,
): EpochCause | undefined {
  const isAhead = judgeAck(ownHead(stream), incoming.ack) === 'ahead';
  const isOurs = isAhead || (stream.resync === undefined && wasAsleep(stream, incoming, { now, startedAt }));
  const least = incoming.ep?.n ?? 0;
  if (!isOurs && least <= stream.ep.n) return undefined;
  // The partner forgot, or knows that we did.
  return causeOf(stream, incoming, { mine: isOurs || incoming.ep?.lost === 'yours' });
}

/** We decide ourselves unless the partner is in a later epoch. `told`: an acknowledgement that is not in the row. */
export function causeOf(
  stream: Stream,
  incoming: Incoming,
  { mine, told = incoming.ack }: { mine: boolean; told?: Ack | undefined },
): EpochCause {
  const least = incoming.ep?.n ?? 0;
  const isOurs = least <= stream.ep.n;
  return { mine, ...nextEpoch(ownHead(stream), told, { least, isOurs }) };
}

export function ownHead({ ep, out }: Stream): { ep: Stream['ep']; seq: number; ch: string; acked: number } {
  return { ep, seq: out.seq, ch: out.ch, acked: out.acked };
}

/** What came in has just broken the silence, so the silence is kept beside it. */
function wasAsleep(stream: Stream, incoming: Incoming, { now, startedAt = 0 }: Clocks): boolean {
  const awake = Math.max(startedAt, stream.heardAt ?? 0, stream.aliveAt ?? 0, stream.out.nextAt ?? 0);
  const { silence, heardAt = 0 } = incoming;
  if (silence !== undefined && silence.until > (stream.silence ?? 0)) {
    return silence.until - Math.max(awake, silence.from) >= longSilenceMs;
  }
  const newest = Math.max(awake, heardAt);
  return newest > 0 && now - newest >= longSilenceMs;
}
