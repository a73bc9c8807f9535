/** Rest: after a change of an issue was sent, further ones wait a moment, so that twenty edits in a row are two writes. */
import type { Pair } from '../model/pair';

/** Long enough for somebody who types into one field after another; nobody waits longer than this for a second change. */
const restMs = 2_500;

/** Milliseconds until the next change may be sent; 0 after an answer of the partner, for instance that it made its copy. */
export function restLeft({ lastSent, lastReceived }: Pair, now: number): number {
  if (lastSent === undefined || (lastReceived !== undefined && lastReceived >= lastSent)) return 0;
  return lastSent > now ? 0 : Math.max(0, lastSent + restMs - now);
}
