/** Chances that follow what they see, and the odds by which several of them are mixed (`row-model`). */

/** Of its own, because they are called for every bit. */
const { max, min } = Math;
/** Chances are in 65536ths, opinions logarithms of odds in 256ths. */
export const whole = 65_536;
export const unit = 256;
export const strongest = 11 * unit;
/** So many times a slot was seen at most; the more, the less one bit changes it. */
const mostSeen = 60;

/** From an opinion to a chance, and back. */
export const chanceOf = Int32Array.from({ length: 2 * strongest + 1 }, (_, index) => {
  const odds = Math.exp((strongest - index) / unit);
  return Math.min(whole - 1, Math.max(1, Math.round(whole / (1 + odds))));
});
const opinionOf = Int32Array.from({ length: 4_096 }, (_, index) => {
  const chance = (index + 0.5) / 4_096;
  return Math.round(Math.log(chance / (1 - chance)) * unit);
});
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
