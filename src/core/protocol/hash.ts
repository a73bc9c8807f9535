/** Hashes of the protocol: SHA-256 and HMAC over text, and base64url for what people carry. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of the UTF-8 bytes, lower-case hex. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** HMAC-SHA-256 over the UTF-8 bytes, lower-case hex. `secretHex`: the key's bytes as hex text. */
export function authenticate(secretHex: string, text: string): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(secretHex), utf8ToBytes(text)));
}

/** Compares two texts of equal length without stopping at the first difference. */
export function equalInConstantTime(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  }
  return difference === 0;
}
