/** Chances that follow what they see, and the odds by which several of them are mixed (`row-model`). */

/** Of its own, because they are called for every bit. */
const { max, min } = Math;
/** Chances are in 65536ths, opinions logarithms of odds in 256ths. */
export const whole = 65_536;
export const unit = 256;
export const strongest = 11 * unit;
/** So many times a slot was seen at most; the more, the less one bit changes it. */
const mostSeen = 60;

/** What an opinion of one makes of the odds: e to the power of 1/256. */
const oddsOfOne = 1.003_913_889_338_347_5;

/**
 * From an opinion to a chance, and back. By multiplication and division only, whose results the language fixes to the last bit:
 * `Math.exp` and `Math.log` may differ between versions of Node, and rows that were stored have to stay readable.
 */
export const chanceOf = chances();
const opinionOf = inverse(chanceOf);

function chances(): Int32Array {
  const all = new Int32Array(2 * strongest + 1);
  let odds = 1;
  for (let opinion = 0; opinion <= strongest; opinion += 1) {
    const chance = Math.round((whole * odds) / (1 + odds));
    all[strongest + opinion] = min(whole - 1, chance);
    all[strongest - opinion] = max(1, whole - chance);
    odds *= oddsOfOne;
  }
  return all;
}

/** By the upper twelve bits of a chance: the first opinion that is at least as sure as their middle. */
function inverse(rising: Int32Array): Int32Array {
  let at = 0;
  return Int32Array.from({ length: 4_096 }, (_, index) => {
    while (at < 2 * strongest && (rising[at] ?? 0) < index * 16 + 8) at += 1;
    return at - strongest;
  });
}

const stepOf = Int32Array.from({ length: 256 }, (_, seen) => Math.round(32_768 / (seen + 1.5)));

/** Each holds a chance, and behind it, in eight bits, how often it was seen. */
export type Slots = Int32Array;

export function newSlots(size: number): Slots {
  return new Int32Array(size).fill((whole / 2) << 8);
}

export function chanceIn(slot: number): number {
  return max(1, slot >> 8);
}

export function opinionIn(slot: number): number {
  return opinionOf[slot >> 12] ?? 0;
}

export function isSeen(slot: number): boolean {
  return (slot & 255) > 0;
}

/** The slot after a bit. */
export function seenAgain(slot: number, bit: number): number {
  const chance = slot >> 8;
  const seen = slot & 255;
  const after = chance + (((bit === 1 ? whole - 1 - chance : -chance) * (stepOf[seen] ?? 0)) >> 15);
  return (after << 8) | min(mostSeen, seen + 1);
}
