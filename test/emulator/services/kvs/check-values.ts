/** Keys, values, depths and lifetimes as the storage API accepts them. */
import { KVS_LIMITS } from '../limits';
import { KvsRefusal } from './kvs-refusal';
import type { Ttl } from './requests';

/** The key as a string, or the refusal the platform has for this kind of wrong key. */
export function checkKey(key: unknown): string {
  if (key === undefined || key === null || key === '')
    throw new KvsRefusal(400, 'KEY_TOO_SHORT', 'Key cannot be empty');
  if (typeof key !== 'string' || !KVS_LIMITS.keyPattern.test(key))
    throw new KvsRefusal(400, 'INVALID_KEY', `Key must match the regex ${String(KVS_LIMITS.keyPattern)}`);
  if (key.length > KVS_LIMITS.keyChars)
    throw new KvsRefusal(400, 'KEY_TOO_LONG', `Key is longer than ${KVS_LIMITS.keyChars} characters`);
  return key;
}

/** The size of a value in bytes of its JSON text; refuses what is missing, too big or nested too deep. */
export function checkValue(value: unknown, maxBytes: number = KVS_LIMITS.valueBytes): number {
  // The REST description allows string, boolean, number, array and object: null is none of them.
  if (value === undefined || value === null)
    throw new KvsRefusal(400, 'INVALID_VALUE', 'Value must be a string, boolean, number, array or object');
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > maxBytes)
    throw new KvsRefusal(400, 'MAX_SIZE', `Value is ${bytes} bytes, more than the maximum of ${maxBytes}`);
  if (depthOf(value) > KVS_LIMITS.depth)
    throw new KvsRefusal(
      400,
      'MAX_DEPTH',
      `Value is nested deeper than the maximum object depth of ${KVS_LIMITS.depth}`,
    );
  return bytes;
}

function depthOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member));
  return deepest + 1;
}

const UNIT_MS = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

/** When a row with this lifetime expires, in milliseconds since the epoch; undefined without one. */
export function expiryOf(ttl: Ttl | undefined, now: number): number | undefined {
  if (ttl === undefined) return undefined;
  if (!Number.isInteger(ttl.value) || ttl.value <= 0)
    throw new KvsRefusal(400, 'INVALID_TTL', `TTL value must be a positive integer, received: ${ttl.value}`);
  const ms = ttl.value * UNIT_MS[ttl.unit];
  if (ms > KVS_LIMITS.ttlMaxMs) throw new KvsRefusal(400, 'INVALID_TTL', 'TTL must not exceed one year');
  return now + ms;
}

/** The page size asked for; the code is the one of the store that was asked. */
export function checkLimit(limit: unknown, code: string): number {
  if (limit === undefined) return KVS_LIMITS.pageDefault;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > KVS_LIMITS.pageMax)
    throw new KvsRefusal(400, code, `The page limit must be between 1 and ${KVS_LIMITS.pageMax}`);
  return limit;
}
