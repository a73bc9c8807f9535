/** Pages that go on with a token instead of a number. */
import { refuse } from '../problem';
import type { Call } from '../router';

/** Ids of one page. */
const PAGE = 50;

/** The part of a list after the token of the query, with the token of the next one; 400 for a strange token. */
export function tokenPage<T>(call: Call, all: readonly T[]): { nextPageToken?: string; values: T[] } {
  const token = call.query.get('nextPageToken');
  const start = token === null || token === '' ? 0 : offsetOf(token);
  const values = all.slice(start, start + PAGE);
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
