/** The chain of an audit log: each link is a hash over the one before it and over all that its entry says. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../merge/canonical-json';
import type { AuditEntry, AuditHead, AuditLane, OwnPart } from './entry';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const linkLength = 32;
const valueLength = 22;

/** SHA-256 of the UTF-8 bytes, base64url without padding. */
export function hash64(text: string): string {
  return base64url(sha256(utf8ToBytes(text)));
}

/** 128 bits: tells values apart. */
export function hashOfValue(value: unknown): string {
  return hash64(canonicalJson(value)).slice(0, valueLength);
}

/** Before the first entry of a lane. */
export function auditStart(link: string, lane: AuditLane): AuditHead {
  return { n: 0, h: hash64(`concord audit\n${link}\n${lane}`).slice(0, linkLength) };
}

/** `salt`: a secret of this site, so that nobody who sees the hash can try what the part might say. */
export function hashOwn(salt: string, own: OwnPart): string {
  return hash64(`${salt}\n${canonicalJson(own)}`).slice(0, linkLength);
}

/** The link after `before` for an entry; `own` counts by its hash alone. */
export function linkOf(before: string, entry: Omit<AuditEntry, 'h' | 'own'>): string {
  const { lane, n, at, out, in: received, oh } = entry;
  return hash64(`${before}\n${canonicalJson({ lane, n, at, out, in: received, oh })}`).slice(0, linkLength);
}

/** The next entry of a lane, linked. */
export function appendEntry(
  head: AuditHead,
  salt: string,
  entry: Omit<AuditEntry, 'n' | 'h' | 'oh'>,
): { entry: AuditEntry; head: AuditHead } {
  const { own } = entry;
  const numbered = { ...entry, n: head.n + 1, ...(own === undefined ? {} : { oh: hashOwn(salt, own) }) };
  const h = linkOf(head.h, numbered);
  return { entry: { ...numbered, h }, head: { n: numbered.n, h } };
}

/** Lower-case hex of a base64url hash: the stream's chain is made of hex texts. */
export function toHex(hash: string): string {
  let bits = 0;
  let held = 0;
  let hex = '';
  for (const letter of hash) {
    bits = (bits << 6) | alphabet.indexOf(letter);
    held += 6;
    while (held >= 4) {
      held -= 4;
      hex += ((bits >> held) & 15).toString(16);
      bits &= (1 << held) - 1;
    }
  }
  return hex.slice(0, 64);
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(start, start + 3);
    const bits = (one << 16) | (two << 8) | three;
    const letters = Math.min(3, bytes.length - start) + 1;
    for (let letter = 0; letter < letters; letter += 1) text += alphabet[(bits >> (18 - 6 * letter)) & 63];
  }
  return text;
}
