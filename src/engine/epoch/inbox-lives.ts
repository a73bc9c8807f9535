/** The partner's epochs in the order in which their messages are applied. Pure questions about the heads of the stream. */
import { startOf } from '#core/epoch/judge-epoch';
import { type Incoming, mostPast, type Stream } from '../rows/stream';

export interface InboxPlace {
  /** The last message that may be applied now. */
  end: number;
  /** The epoch that follows: it counts from `from` on. */
  next?: { ep: string; from: number };
}

/** Id of the partner's epoch whose messages are being applied; undefined before its first one. */
export function lifeOf(stream: Stream, incoming: Incoming): string | undefined {
  return stream.in.ep ?? incoming.past?.[0]?.ep ?? incoming.ep?.id;
}

export function inboxPlace(stream: Stream, incoming: Incoming): InboxPlace {
  if (incoming.ep === undefined) return { end: incoming.seq };
  const now = { ep: incoming.ep.id, from: startOf(incoming.ep), seq: incoming.seq };
  const lives = [...(incoming.past ?? []), now];
  const { ep, applied } = stream.in;
  // We forgot what we did with these messages. The partner's next epoch tells it, and passes them over.
  if (stream.resync?.mine === true && incoming.ep.n < stream.ep.n) return { end: applied };
  const [earliest] = lives;
  // Put back to before the first message: the epoch that we hear now is not the one in which we count from 0.
  if (ep === undefined && earliest !== undefined && earliest.from > applied) {
    return { end: applied, next: { ep: earliest.ep, from: earliest.from } };
  }
  const at = ep === undefined ? 0 : lives.findIndex((life) => life.ep === ep);
  // The row of what comes in was read a moment before ours, and does not know that epoch yet.
  if (at < 0 && lives.length <= mostPast) return { end: applied };
  const next = lives[at + 1];
  const end = lives[at]?.seq ?? applied;
  return next === undefined ? { end } : { end, next: { ep: next.ep, from: next.from } };
}
