/** What an epoch or an acknowledgement of the partner says about the memory of both sites. Decides only. */
import type { Ack, Epoch } from '../protocol/envelope';

/** Numbers left free between two epochs: messages cut before a loss of memory, and still on their way, may have them. */
const gap = 128;
/** No site forgets more messages than this: whoever says so cannot push our numbers out of bounds. */
const mostForgotten = 1_000_000_000;
/** Epochs that a day may begin, for the losses of memory of both sites together; more mean that something is wrong. */
const mostInDay = 6;
const dayMs = 86_400_000;

/** The stream that a side sends. `seq`: highest cut; `acked`: all up to here was stored over there, and proved. */
export interface OwnHead {
  ep: Epoch;
  seq: number;
  ch: string;
  acked: number;
}

/**
 * `ahead`: the partner has what we never sent, so our memory was put back. `lower`: it has less than it proved to have before;
 * only the answer to a fresh question makes that a fact, because channels reorder. `late`: about an epoch that is over.
 */
export type AckVerdict = 'fits' | 'ahead' | 'lower' | 'late';

export function judgeAck(own: OwnHead, ack: Ack | undefined): AckVerdict {
  if (ack === undefined) return own.acked > startOf(own.ep) ? 'lower' : 'fits';
  if (ack.ep.id === own.ep.id) {
    if (ack.seq > own.seq || (ack.seq === own.seq && ack.ch !== own.ch)) return 'ahead';
    return ack.seq < own.acked ? 'lower' : 'fits';
  }
  return ack.ep.n >= own.ep.n || ack.seq > startOf(own.ep) ? 'ahead' : 'late';
}

/**
 * `newer`: it counts from now on. `rival`: a second life under the same number, or one that begins among numbers that are
 * used already; who sends it does not know what it had sent before. `late`: over since long.
 */
export type EpochVerdict = 'first' | 'same' | 'newer' | 'rival' | 'late';

/** `seq`: all of the partner's messages up to here are stored. */
export function judgeEpoch(known: { ep: Epoch; seq: number } | undefined, ep: Epoch): EpochVerdict {
  if (known === undefined) return 'first';
  if (ep.id === known.ep.id) return 'same';
  if (ep.n < known.ep.n) return 'late';
  return ep.n > known.ep.n && startOf(ep) >= known.seq ? 'newer' : 'rival';
}

/** The number after which an epoch begins. */
export function startOf(ep: Epoch): number {
  return ep.from ?? 0;
}

/**
 * Number and start of the epoch to be opened: later than all that either side has seen in this direction. `told`: what the
 * partner last acknowledged; `least`: the epoch that the partner is in.
 */
export function nextEpoch(
  own: Pick<OwnHead, 'ep' | 'seq'>,
  told: Pick<Ack, 'ep' | 'seq'> | undefined,
  { least, isOurs }: { least: number; isOurs: boolean },
): { n: number; from: number } {
  const seen = told === undefined || told.ep.id === own.ep.id ? own.ep.n : Math.max(own.ep.n, told.ep.n);
  // Following the partner needs no number of its own, unless ours is used up.
  const isUsed = isOurs || seen >= least;
  const seq = Math.min(Math.max(own.seq, told?.seq ?? 0), own.seq + mostForgotten);
  return { n: Math.max(least, isUsed ? seen + 1 : 0), from: seq + gap };
}

/** Of these, in milliseconds, those that still count; `isStorm`: another one would be too many. */
export function countEpochs(opened: readonly number[], now: number): { opened: number[]; isStorm: boolean } {
  const recent = opened.filter((at) => now - at < dayMs);
  return { opened: recent, isStorm: recent.length >= mostInDay };
}
