/** Texts as few bytes: long runs of hex go in as the bytes that they stand for, and all is deflated against known words. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Announces a run of bytes: JSON text holds no control characters. The byte behind it is their number. */
const mark = 0x01;
/** Characters from which on time counts more than the last byte. */
const longText = 100_000;
/** Of so many characters at least, in pairs. */
const hexRun = /(?:[0-9a-f]{2}){16,64}/g;

/** `text`: JSON. `words`: what such texts have in common, the most frequent last. */
export function packText(text: string, words: Buffer): Buffer {
  return deflateRawSync(withBytes(text), { dictionary: words, level: text.length > longText ? 6 : 9 });
}

/** Throws for damaged bytes, and for texts that grow beyond `longestBytes`. */
export function unpackText(bytes: Uint8Array, words: Buffer, longestBytes: number): string {
  return withHex(inflateRawSync(bytes, { dictionary: words, maxOutputLength: longestBytes }));
}

/** UTF-8, with long runs of hex as bytes. `runs`: which, of two to 510 characters. */
export function withBytes(text: string, runs = hexRun): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(runs)) {
    const bytes = Buffer.from(run, 'hex');
    parts.push(Buffer.from(text.slice(from, index), 'utf8'), Buffer.from([mark, bytes.length]), bytes);
    from = index + run.length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')]);
}

/** The text that `withBytes` was given. */
export function withHex(bytes: Buffer): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, from)) {
    const end = at + 2 + (bytes[at + 1] ?? 0);
    parts.push(bytes.toString('utf8', from, at), bytes.toString('hex', at + 2, end));
    from = end;
  }
  return parts.join('') + bytes.toString('utf8', from);
}
