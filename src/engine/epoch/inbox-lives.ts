/** The partner's epochs in the order in which their messages are applied. Pure questions about the heads of the stream. */
import { startOf } from '#core/epoch/judge-epoch';
import type { Incoming, Stream } from '../rows/stream';

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
  const at = ep === undefined ? 0 : lives.findIndex((life) => life.ep === ep);
  const next = lives[at + 1];
  const end = lives[at]?.seq ?? applied;
  return next === undefined ? { end } : { end, next: { ep: next.ep, from: next.from } };
}
