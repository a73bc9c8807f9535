/** Hash of slot values, by which two sites find out whether they start from the same base. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FieldValue, SlotValues } from '#core/model/value';
import { canonicalJson } from './canonical-json';
import { normaliseValue } from './equal-values';

/** 128 bits are plenty for telling two states of one issue apart, and half as long to carry. */
const hexDigits = 32;

/** SHA-256 over the canonical form, first 128 bits in hex. The same for values that are equal. */
export function hashValues(values: SlotValues): string {
  const normalised = Object.fromEntries(
    Object.entries(values).map(([slot, value]) => [slot, normaliseValue(value)]),
  );
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(normalised)))).slice(0, hexDigits);
}

/** 88 bits tell the values of one slot apart. */
const valueDigits = 22;

/** Says which value it is, without saying it; the same for values that are equal. */
export function hashValue(value: FieldValue): string {
  return hashValues({ value }).slice(0, valueDigits);
}
