/** Seeded randomness, so that a run can be repeated. */
import { createHash } from 'node:crypto';
import type { Random } from '../seam';

/** A seed that only this text has. */
export function seedFrom(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/** Mulberry32: 32 bits of state, good enough for seeds of test worlds, never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface ReseedableRandom {
  random: Random;
  reseed(seed: number): void;
}

/** Randomness which can be given another seed later, for everybody who holds it. */
export function createReseedableRandom(seed: number): ReseedableRandom {
  let source = createRandom(seed);
  return {
    random: () => source(),
    reseed(next) {
      source = createRandom(next);
    },
  };
}

/** A version 4 UUID made from `random`. */
export function randomUuid(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, at) => {
    if (at === 12) return '4';
    const digit = Math.floor(random() * 16);
    return (at === 16 ? (digit & 3) | 8 : digit).toString(16);
  }).join('');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
