/**
 * Bodies of rows as they are stored. Forge charges twenty times more for a byte written than for one read, so bodies are
 * packed; what does not get shorter stays plain JSON.
 */
import { packText, unpackText } from '#seal/pack-text';
import { rowWords } from './row-words';

/** First character of a packed body; another list of words gets another one, and this list must never change. */
const version = '1';
const words = Buffer.from(rowWords, 'utf8');
/** No row is longer (Forge KVS: 240 KiB). */
const longestBytes = 1_000_000;

/** `body`: an object, as all bodies are. */
export function packBody(body: unknown): unknown {
  const plain = JSON.stringify(body);
  const packed = version + packText(plain, words).toString('base64');
  // Its quotes count too.
  return packed.length + 2 < Buffer.byteLength(plain) ? packed : body;
}

/** What `packBody` was given. Throws for a form that a later version of the app wrote. */
export function unpackBody(stored: unknown): unknown {
  if (typeof stored !== 'string') return stored;
  if (!stored.startsWith(version)) throw new Error('A row was written by a newer version of this app.');
  return JSON.parse(unpackText(Buffer.from(stored.slice(version.length), 'base64'), words, longestBytes));
}
