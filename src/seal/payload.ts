/** Payload: the bytes inside a seal. Longer texts are compressed here and not by OpenPGP, because here it is bounded. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** Shorter texts do not get smaller by much. */
const smallestCompressedBytes = 400;
/** The longest text that a seal may open to: a few times the largest batch. */
const longestTextBytes = 8 * 1024 * 1024;

/** UTF-8, or gzip of it; JSON never starts with gzip's first byte, so no flag is needed. */
export function packPayload(text: string): Uint8Array {
  const plain = Buffer.from(text, 'utf8');
  return plain.length < smallestCompressedBytes ? plain : gzipSync(plain);
}

/** Undefined when the text would be longer than allowed or the bytes are damaged. */
export function unpackPayload(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestTextBytes) return undefined;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return Buffer.from(bytes).toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: longestTextBytes }).toString('utf8');
  } catch {
    return undefined;
  }
}
