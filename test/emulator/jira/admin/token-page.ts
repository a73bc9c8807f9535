/** Pages that go on with a token instead of a number. */
import { refuse } from '../problem';
import type { Call } from '../router';
import { numberParam } from '../routes/read-query';

/** Ids of one page unless `maxResults` says otherwise, and the most of them. */
const PAGE = 50;
const LARGEST_PAGE = 200;

/** The part of a list after the token of the query, with the token of the next one; 400 for a strange token. */
export function tokenPage<T>(call: Call, all: readonly T[]): { nextPageToken?: string; values: T[] } {
  const token = call.query.get('nextPageToken');
  const start = token === null || token === '' ? 0 : offsetOf(token);
  const size = numberParam(call, 'maxResults', PAGE);
  if (size < 1 || size > LARGEST_PAGE) throw refuse(400, `maxResults must be between 1 and ${LARGEST_PAGE}`);
  const values = all.slice(start, start + size);
  const next = start + values.length;
  if (next >= all.length) return { values };
  return { nextPageToken: Buffer.from(JSON.stringify({ o: next })).toString('base64'), values };
}

function offsetOf(token: string): number {
  try {
    const { o } = JSON.parse(Buffer.from(token, 'base64').toString()) as { o?: unknown };
    if (Number.isInteger(o) && (o as number) >= 0) return o as number;
  } catch {
    // Falls through to the refusal.
  }
  throw refuse(400, 'Invalid format of nextPageToken');
}
