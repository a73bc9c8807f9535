/** The digest tree of all pairs of a connection: buckets by the first two digits of the pair's id, and a root above them. */
import { hashText } from '../protocol/hash';

/** 48 bits in two halves: two states that differ have the same one by accident once in 2^48 times. */
export type Digest = readonly [number, number];

/** Children of the root. */
export const buckets = 256;
/** Characters of a printed digest. */
export const digestLength = 8;

const halfDigits = 6;
const hex = 16;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const bitsOfLetter = 6;
const letterMask = 63;
const halfLength = 4;

export const noDigest: Digest = [0, 0];

/** What one pair adds. `values`: hash of the values that both sites should share. */
export function itemDigest(pair: string, values: string): Digest {
  const hash = hashText(`${pair} ${values}`);
  return [
    Number.parseInt(hash.slice(0, halfDigits), hex),
    Number.parseInt(hash.slice(halfDigits, 2 * halfDigits), hex),
  ];
}

/** The order in which pairs are joined does not matter. */
export function joinDigests(one: Digest, other: Digest): Digest {
  return [one[0] ^ other[0], one[1] ^ other[1]];
}

/** Bucket of a pair, or undefined for an id that is no hash. */
export function bucketOf(pair: string): number | undefined {
  return /^[0-9a-f]{2}/.test(pair) ? Number.parseInt(pair.slice(0, 2), hex) : undefined;
}

/** Ids of a bucket begin with this. */
export function bucketPrefix(bucket: number): string {
  return bucket.toString(hex).padStart(2, '0');
}

/** Base64url, the digests one after the other. */
export function printDigests(digests: readonly Digest[]): string {
  return digests.map(([high, low]) => printHalf(high) + printHalf(low)).join('');
}

/** What `printDigests` wrote; anything else reads as digests which nobody has. */
export function readDigests(text: string): Digest[] {
  const digests: Digest[] = [];
  for (let start = 0; start + digestLength <= text.length; start += digestLength) {
    const middle = start + halfLength;
    digests.push([readHalf(text.slice(start, middle)), readHalf(text.slice(middle, middle + halfLength))]);
  }
  return digests;
}

export function rootOf(tops: readonly Digest[]): string {
  return printDigests([tops.reduce(joinDigests, noDigest)]);
}

/** Characters of one pair in a list of a bucket: enough among the few hundred of it. */
const itemLength = 6;

export function printItem(digest: Digest): string {
  return printDigests([digest]).slice(0, itemLength);
}

/** Lists of `printItem`, one after the other. */
export function splitItems(text: string): string[] {
  return text.match(/.{6}/g) ?? [];
}

/** Numbers of the buckets that differ. */
export function differing(mine: readonly Digest[], theirs: readonly Digest[]): number[] {
  const found: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const [one, other] = [mine[bucket] ?? noDigest, theirs[bucket] ?? noDigest];
    if (one[0] !== other[0] || one[1] !== other[1]) found.push(bucket);
  }
  return found;
}

function printHalf(half: number): string {
  let text = '';
  for (let letter = halfLength - 1; letter >= 0; letter -= 1) {
    text += alphabet[(half >> (letter * bitsOfLetter)) & letterMask];
  }
  return text;
}

function readHalf(text: string): number {
  let half = 0;
  for (const letter of text) half = (half << bitsOfLetter) | (alphabet.indexOf(letter) & letterMask);
  return half;
}
