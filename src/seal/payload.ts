/** Payload: the bytes inside a seal. Texts are packed here and not by OpenPGP, because here what they grow to is bounded. */
import { gunzipSync } from 'node:zlib';
import { payloadWords } from '#core/protocol/payload-words';
import { packText, unpackText } from './pack-text';

/** First byte of a packed payload: neither JSON nor gzip begins with it. */
const packedForm = 0x02;
const words = Buffer.from(payloadWords, 'utf8');
/** The longest text that a seal may open to: a few times the largest batch. */
const longestTextBytes = 8 * 1024 * 1024;

/** UTF-8, or the packed form where that is shorter. `text`: JSON. */
export function packPayload(text: string): Uint8Array {
  const plain = Buffer.from(text, 'utf8');
  const packed = Buffer.concat([Buffer.from([packedForm]), packText(text, words)]);
  return packed.length < plain.length ? packed : plain;
}

/** Also gzip, which other programs may write. Undefined when the text is longer than allowed or the bytes are damaged. */
export function unpackPayload(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestTextBytes) return undefined;
  try {
    if (bytes[0] === packedForm) return bounded(unpackText(bytes.subarray(1), words, longestTextBytes));
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return Buffer.from(bytes).toString('utf8');
    return gunzipSync(bytes, { maxOutputLength: longestTextBytes }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Hex grows once more when it is written out. */
function bounded(text: string): string | undefined {
  return text.length > longestTextBytes ? undefined : text;
}
