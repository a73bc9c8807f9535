/**
 * Bodies of rows as they are stored. Forge charges twenty times more for a byte written than for one read, so bodies are
 * packed; what does not get shorter stays plain JSON.
 */
import { packText, unpackText } from '#seal/pack-text';
import { fromDense, toDense } from './dense-text';
import { firstRowWords, rowWords } from './row-words';

/** First character of a packed body; another list of words gets another one, and a list must never change. */
const versions = { plain: '0', first: '1', packed: '2', withRuns: '3' };
const words = Buffer.from(rowWords, 'utf8');
/** No row is longer (Forge KVS: 240 KiB). */
const longestBytes = 1_000_000;
/** Sealed texts: deflating their base64 gains nothing over the bytes behind it. */
const base64Run = /[A-Za-z0-9+/]{200,}={0,2}/g;
/** Stands for the next run of bytes; the length of it follows up to a semicolon. JSON text holds no control characters. */
const runMark = '\u0002';
const lengthBytes = 3;

/** `body`: an object, as all bodies are. */
export function packBody(body: unknown): unknown {
  const plain = JSON.stringify(body);
  const packed = packBytes(plain, words);
  // Its quotes count too.
  return packed.length + 2 < Buffer.byteLength(plain) ? packed : body;
}

/** What `packBody` was given. Throws for a form that a later version of the app wrote. */
export function unpackBody(stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(unpackJson(stored)) : stored;
}

/** `known`: JSON text with which `plain` has much in common; unpacking needs the same, sign by sign. */
export function packJson(plain: string, known = ''): string {
  const packed = packBytes(plain, withKnown(known));
  return packed.length < plain.length ? packed : versions.plain + plain;
}

/** The JSON text that was packed. Throws as `unpackBody`. */
export function unpackJson(stored: string, known = ''): string {
  const packed = stored.slice(1);
  switch (stored[0]) {
    case versions.plain:
      return packed;
    case versions.first:
      return unpackText(Buffer.from(packed, 'base64'), Buffer.from(firstRowWords, 'utf8'), longestBytes);
    case versions.packed:
      return unpackText(fromDense(packed), withKnown(known), longestBytes);
    case versions.withRuns:
      return unpackRuns(fromDense(packed), withKnown(known));
    default:
      throw new Error('A row was written by a newer version of this app.');
  }
}

function withKnown(known: string): Buffer {
  return known === '' ? words : Buffer.concat([words, Buffer.from(known, 'utf8')]);
}

/** With runs: the length of the packed text, the packed text, and the runs that were taken out of it. */
function packBytes(plain: string, dictionary: Buffer): string {
  const runs: Buffer[] = [];
  const text = plain.replace(base64Run, (run) => {
    const bytes = Buffer.from(run, 'base64');
    if (bytes.toString('base64') !== run) return run;
    runs.push(bytes);
    return `${runMark}${bytes.length};`;
  });
  const packed = packText(text, dictionary);
  if (runs.length === 0) return versions.packed + toDense(packed);
  const head = Buffer.alloc(lengthBytes);
  head.writeUIntBE(packed.length, 0, lengthBytes);
  return versions.withRuns + toDense(Buffer.concat([head, packed, ...runs]));
}

function unpackRuns(bytes: Buffer, dictionary: Buffer): string {
  let from = lengthBytes + bytes.readUIntBE(0, lengthBytes);
  const [start = '', ...rest] = unpackText(bytes.subarray(lengthBytes, from), dictionary, longestBytes).split(
    runMark,
  );
  const parts = [start];
  for (const part of rest) {
    const end = part.indexOf(';');
    const run = bytes.subarray(from, from + Number(part.slice(0, end)));
    from += run.length;
    parts.push(run.toString('base64'), part.slice(end + 1));
  }
  return parts.join('');
}
