/** Bytes as text of ASCII characters which JSON writes as they are: 13 bits in two characters, so a fifth longer than the bytes. */

/** 93 characters: all that are printed and ASCII, without the quotation mark and the backslash. */
const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((character) => character !== '"' && character !== '\\')
  .join('');
const base = characters.length;
const bits = 13;
const half = 6;
const values = new Map([...characters].map((character, value) => [character, value]));

export function toDense(bytes: Uint8Array): string {
  const parts: string[] = [];
  let buffer = 0;
  let held = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    held += 8;
    if (held < bits) continue;
    held -= bits;
    parts.push(pairOf((buffer >> held) & 0x1fff));
    buffer &= (1 << held) - 1;
  }
  // What is left over takes one character where six bits are enough, so that the number of bytes is always known.
  if (held > half) parts.push(pairOf(buffer << (bits - held)));
  else if (held > 0) parts.push(characters[buffer << (half - held)] ?? '');
  return parts.join('');
}

/** What `toDense` was given. Throws for other texts. */
export function fromDense(text: string): Buffer {
  const isOdd = text.length % 2 === 1;
  const pairs = (text.length - (isOdd ? 1 : 0)) / 2;
  const bytes = Buffer.alloc(Math.floor((pairs * bits + (isOdd ? half : 0)) / 8));
  let length = 0;
  let buffer = 0;
  let held = 0;
  for (let index = 0; index < text.length; index += 2) {
    const high = bitsOf(text[index]);
    const isLast = index + 1 === text.length;
    buffer = isLast ? (buffer << half) | high : (buffer << bits) | (high * base + bitsOf(text[index + 1]));
    held += isLast ? half : bits;
    while (held >= 8 && length < bytes.length) {
      held -= 8;
      bytes[length] = (buffer >> held) & 0xff;
      length += 1;
      buffer &= (1 << held) - 1;
    }
  }
  return bytes;
}

function bitsOf(character: string | undefined): number {
  const value = values.get(character ?? '');
  if (value === undefined) throw new Error('A packed row is damaged.');
  return value;
}

function pairOf(value: number): string {
  return (characters[Math.floor(value / base)] ?? '') + (characters[value % base] ?? '');
}
