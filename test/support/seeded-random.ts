/** Randomness out of a seed (mulberry32), so that every world can be played again. */
import type { Random } from '#engine/ports/world';

export interface SeededRandom extends Random {
  /** 0 up to but not including 1. */
  next(): number;
  /** Whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    chance: (probability) => next() < probability,
    id: (bytes) => Array.from({ length: Math.ceil((bytes * 8) / 5) }, () => alphabet[below(32)]).join(''),
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
