/**
 * Bodies of rows as they are stored. Forge charges twenty times more for a byte written than for one read, so hashes go in
 * as bytes, and the whole is deflated against words that rows have in common; what does not get shorter stays plain JSON.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { rowWords } from './row-words';

/** First character of a packed body; another list of words gets another one, and this list must never change. */
const version = '1';
const dictionary = Buffer.from(rowWords, 'utf8');
/** No row is longer (Forge KVS: 240 KiB). */
const longestBytes = 1_000_000;

/** `body`: an object, as all bodies are. */
export function packBody(body: unknown): unknown {
  const plain = JSON.stringify(body);
  const packed = version + deflateRawSync(withBytes(plain), { dictionary, level: 9 }).toString('base64');
  // Its quotes count too.
  return packed.length + 2 < Buffer.byteLength(plain) ? packed : body;
}

/** What `packBody` was given. Throws for a form that a later version of the app wrote. */
export function unpackBody(stored: unknown): unknown {
  if (typeof stored !== 'string') return stored;
  if (!stored.startsWith(version)) throw new Error('A row was written by a newer version of this app.');
  const bytes = Buffer.from(stored.slice(version.length), 'base64');
  return JSON.parse(withHex(inflateRawSync(bytes, { dictionary, maxOutputLength: longestBytes })));
}

/** Announces a run of bytes: JSON text holds no control characters. The byte behind it is their number. */
const mark = 0x01;
const hexRun = /(?:[0-9a-f]{2}){16,64}/g;

/** UTF-8, with long runs of hex as the bytes that they stand for. */
function withBytes(text: string): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(hexRun)) {
    const bytes = Buffer.from(run, 'hex');
    parts.push(Buffer.from(text.slice(from, index), 'utf8'), Buffer.from([mark, bytes.length]), bytes);
    from = index + run.length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')]);
}

function withHex(bytes: Buffer): string {
  let text = '';
  let from = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, from)) {
    const end = at + 2 + (bytes[at + 1] ?? 0);
    text += bytes.toString('utf8', from, at) + bytes.toString('hex', at + 2, end);
    from = end;
  }
  return text + bytes.toString('utf8', from);
}
