/** Pages of the bulk operations: cursors before and after instead of numbers. */
import { refuse } from '../problem';
import type { Call } from '../router';

/** The page after `startingAfter` or before `endingBefore`, with the cursors of its neighbours. */
export function pageByCursor<T>(
  call: Call,
  all: readonly T[],
  size: number,
): { shown: T[]; cursors: { startingAfter?: string; endingBefore?: string } } {
  const after = call.query.get('startingAfter');
  const before = call.query.get('endingBefore');
  if (after !== null && before !== null) {
    throw refuse(400, 'Only one of startingAfter and endingBefore can be given.');
  }
  const end = before === null ? undefined : placeOf(before);
  const start = end === undefined ? (after === null ? 0 : placeOf(after) + 1) : Math.max(0, end - size);
  const shown = all.slice(start, Math.min(start + size, end ?? all.length));
  const last = start + shown.length - 1;
  return {
    shown,
    cursors: {
      ...(last + 1 < all.length ? { startingAfter: cursorOf(last) } : {}),
      ...(start > 0 ? { endingBefore: cursorOf(start) } : {}),
    },
  };
}

function cursorOf(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

function placeOf(cursor: string): number {
  const match = /^place:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) throw refuse(400, 'The cursor is not valid.');
  return Number(match[1]);
}
