/**
 * Bodies of rows as they are stored. Forge charges twenty times more for a byte written than for one read, so bodies are
 * packed; what does not get shorter stays plain JSON.
 */
import { packText, unpackText, withHex } from '#seal/pack-text';
import { fromDense, toDense } from './dense-text';
import { learnRows, modelledBytes } from './learn-rows';
import { decodeRow, encodeRow } from './row-coder';
import { firstRowWords, rowWords } from './row-words';

/** First character of a packed body; another list of words gets another one, and a list must never change. */
const versions = { plain: '0', first: '1', packed: '2', withRuns: '3', modelled: '4', modelledWithRuns: '5' };
const words = Buffer.from(rowWords, 'utf8');
/** No row is longer (Forge KVS: 240 KiB). */
const longestBytes = 1_000_000;
/** Sealed texts: deflating their base64 gains nothing over the bytes behind it. */
const base64Run = /[A-Za-z0-9+/]{200,}={0,2}/g;
/** Stands for the next run of bytes; the length of it follows up to a semicolon. JSON text holds no control characters. */
const runMark = '\u0002';
const lengthBytes = 3;
/** Longer texts, in bytes, are deflated: that takes a tenth of the time. Patches are long, but written with every edit. */
const longestModelled = { alone: 2_000, known: 8_000 };
const modelledHead = 2;

/** `body`: an object, as all bodies are. */
export function packBody(body: unknown): unknown {
  const plain = JSON.stringify(body);
  const packed = pack(plain, '');
  // Its quotes count too.
  return packed.length + 2 < Buffer.byteLength(plain) ? packed : body;
}

/** What `packBody` was given. Throws for a form that a later version of the app wrote. */
export function unpackBody(stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(unpackJson(stored)) : stored;
}

/** `known`: JSON text with which `plain` has much in common; unpacking needs the same, sign by sign. */
export function packJson(plain: string, known = ''): string {
  const packed = pack(plain, known);
  return packed.length < Buffer.byteLength(plain) ? packed : versions.plain + plain;
}

function pack(plain: string, known: string): string {
  const { text, runs } = withoutRuns(plain);
  const bytes = modelledBytes(text);
  const longest = known === '' ? longestModelled.alone : longestModelled.known;
  const isModelled = bytes.length <= longest && text.endsWith('}');
  return isModelled ? packModelled(bytes, runs, known) : packWithWords(text, runs, withKnown(known));
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
    case versions.modelled:
      return unpackModelled(fromDense(packed), known);
    case versions.modelledWithRuns: {
      const bytes = fromDense(packed);
      const end = modelledHead + bytes.readUIntBE(0, modelledHead);
      return withRuns(unpackModelled(bytes.subarray(modelledHead, end), known), bytes.subarray(end));
    }
    default:
      throw new Error('A row was written by a newer version of this app.');
  }
}

function withKnown(known: string): Buffer {
  return known === '' ? words : Buffer.concat([words, Buffer.from(known, 'utf8')]);
}

/** With runs: the length of the packed text, the packed text, and the runs that were taken out of it. */
function packModelled(text: Buffer, runs: readonly Buffer[], known: string): string {
  const packed = encodeRow(learnRows(), text, modelledBytes(known));
  if (runs.length === 0) return versions.modelled + toDense(packed);
  return (
    versions.modelledWithRuns + toDense(Buffer.concat([lengthOf(packed, modelledHead), packed, ...runs]))
  );
}

function unpackModelled(packed: Buffer, known: string): string {
  const place = { known: modelledBytes(known), longest: longestModelled.known };
  return withHex(Buffer.from(decodeRow(learnRows(), packed, place)));
}

/** The same for long texts. */
function packWithWords(text: string, runs: readonly Buffer[], dictionary: Buffer): string {
  const packed = packText(text, dictionary);
  if (runs.length === 0) return versions.packed + toDense(packed);
  return versions.withRuns + toDense(Buffer.concat([lengthOf(packed, lengthBytes), packed, ...runs]));
}

function unpackRuns(bytes: Buffer, dictionary: Buffer): string {
  const end = lengthBytes + bytes.readUIntBE(0, lengthBytes);
  return withRuns(
    unpackText(bytes.subarray(lengthBytes, end), dictionary, longestBytes),
    bytes.subarray(end),
  );
}

function lengthOf(packed: Uint8Array, size: number): Buffer {
  const head = Buffer.alloc(size);
  head.writeUIntBE(packed.length, 0, size);
  return head;
}

/** Takes the runs out of a text. */
function withoutRuns(plain: string): { text: string; runs: Buffer[] } {
  const runs: Buffer[] = [];
  const text = plain.replace(base64Run, (run) => {
    const bytes = Buffer.from(run, 'base64');
    if (bytes.toString('base64') !== run) return run;
    runs.push(bytes);
    return `${runMark}${bytes.length};`;
  });
  return { text, runs };
}

/** Puts them back. */
function withRuns(text: string, bytes: Buffer): string {
  const [start = '', ...rest] = text.split(runMark);
  const parts = [start];
  let from = 0;
  for (const part of rest) {
    const end = part.indexOf(';');
    const run = bytes.subarray(from, from + Number(part.slice(0, end)));
    from += run.length;
    parts.push(run.toString('base64'), part.slice(end + 1));
  }
  return parts.join('');
}
