/** Row coder: a text as about as many bits as it is surprising, by arithmetic coding with the chances of the row model. */
import { type Learned, RowModel } from './row-model';

/** Of its own, because it is called for every bit. */
const { floor } = Math;
const top = 0xff_ff_ff_ff;

/** The part of [low, high] that stands for a one ends here. `chance`: in 65536ths. */
function split(low: number, high: number, chance: number): number {
  return low + floor(((high - low) * chance) / 65_536);
}

/** The bytes of `text`. It must end with a closing brace. */
export function encodeRow(learned: Learned, text: Uint8Array, known: Uint8Array): Uint8Array {
  const model = new RowModel(learned, text.length, known);
  const bytes: number[] = [];
  let low = 0;
  let high = top;
  const put = (bit: number, chance: number) => {
    const middle = split(low, high, chance);
    if (bit === 1) high = middle;
    else low = middle + 1;
    while (high >>> 24 === low >>> 24) {
      bytes.push(high >>> 24);
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
    }
  };
  for (const [index, byte] of text.entries()) {
    for (let shift = 7; shift >= 0; shift -= 1) {
      const bit = (byte >> shift) & 1;
      put(bit, model.chance());
      model.take(bit);
    }
    if (model.mayEnd) put(index === text.length - 1 ? 1 : 0, model.endChance());
  }
  return Uint8Array.from([...bytes, ...between(low, high)]);
}

/** What was encoded with the same `known`. Throws for what grows beyond `longest` bytes. */
export function decodeRow(
  learned: Learned,
  bytes: Uint8Array,
  { known, longest }: { known: Uint8Array; longest: number },
): Uint8Array {
  const model = new RowModel(learned, longest, known);
  const text = new Uint8Array(longest);
  let low = 0;
  let high = top;
  let next = 0;
  let value = 0;
  const read = () => {
    value = ((value << 8) | (bytes[next] ?? 0)) >>> 0;
    next += 1;
  };
  for (let count = 0; count < 4; count += 1) read();
  const take = (chance: number): number => {
    const middle = split(low, high, chance);
    const bit = value <= middle ? 1 : 0;
    if (bit === 1) high = middle;
    else low = middle + 1;
    while (high >>> 24 === low >>> 24) {
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
      read();
    }
    return bit;
  };
  for (let length = 0; length < longest; length += 1) {
    let byte = 1;
    while (byte < 256) {
      const bit = take(model.chance());
      model.take(bit);
      byte = (byte << 1) | bit;
    }
    text[length] = byte & 255;
    if (model.mayEnd && take(model.endChance()) === 1) return text.slice(0, length + 1);
  }
  throw new Error('A packed row is damaged.');
}

/** The fewest bytes that lie in [low, high] when zeros follow them. */
function between(low: number, high: number): number[] {
  for (let count = 0; count < 4; count += 1) {
    const step = 2 ** (32 - 8 * count);
    const value = Math.ceil(low / step) * step;
    if (value <= high)
      return Array.from({ length: count }, (_, index) => (value / 2 ** (24 - 8 * index)) & 255);
  }
  return [low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255];
}
