/** Clock, randomness and the invocation's remaining time, as Forge's Node runtime gives them. */
import { randomBytes } from 'node:crypto';
import { getAppContext } from '@forge/api';
import type { Budget, Clock, Random } from '#engine/ports/world';

export const systemClock: Clock = { now: () => Date.now() };

/** Resolves after so many milliseconds. Only for short waits while a person looks on: functions are paid by time. */
export function systemWait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

export const systemRandom: Random = {
  id(bytes) {
    return encodeBase32(randomBytes(bytes));
  },
  bytes: (count) => new Uint8Array(randomBytes(count)),
};

export const invocationBudget: Budget = {
  // Nothing documents whole numbers, and rows keep moments as whole milliseconds.
  remainingMs: () => Math.floor(getAppContext().invocationRemainingTimeInMillis()),
};

function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += base32[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  if (bits > 0) text += base32[(buffer << (5 - bits)) & 31];
  return text;
}
