/** Recognises the storage's limit of pace, which passes by itself. */
import { ForgeKvsAPIError } from '@forge/kvs';

/** Both codes have been seen with status 429 (developer.atlassian.com, KVS errors). */
const codes: ReadonlySet<string> = new Set(['RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS']);

/** True when the storage took nothing because it was asked too much at that moment. */
export function isStorageLimit(error: unknown): boolean {
  if (!(error instanceof ForgeKvsAPIError)) return false;
  return error.responseDetails.status === 429 || codes.has(error.code);
}
