/** Ranks: texts like `0|i0002n:i` whose order by code units is the order of issues. Between any two there is room for another. */
import type { FieldRow, IssueRow } from '../entities';
import type { Store } from '../store';

const BASE = 36n;
/** Digits before the colon. */
const WHOLE_DIGITS = 6;
/** Distance between two issues created one after the other. */
const STEP = 8;

/** The field that keeps the rank; absent on a site without Jira Software. */
export function rankField(store: Store): FieldRow | undefined {
  return store.fields.all().find((field) => field.kind === 'rank' && field.trashed !== true);
}

function write(number: number): string {
  return `0|i${number.toString(36).padStart(WHOLE_DIGITS - 1, '0')}:`;
}

/** The rank of a new issue: below all others. */
function newRank(store: Store): string {
  return write(Number(store.nextId('rank')) * STEP);
}

/** The value with which an issue is born; nothing on a site without ranks. */
export function rankValue(store: Store): Record<string, string> {
  const field = rankField(store);
  return field === undefined ? {} : { [field.id]: newRank(store) };
}

/** What no issue has been given yet; the lower bound of the last place. */
function ceiling(store: Store): string {
  return write((store.counters.get('rank')?.next ?? 10000) * STEP);
}

/** Its rank; issues from before there were ranks stand above all others in the order of their ids. */
export function rankOf(store: Store, issue: IssueRow): string {
  const stored = issue.values[rankField(store)?.id ?? ''];
  if (typeof stored === 'string') return stored;
  return `0|h${Number(issue.id)
    .toString(36)
    .padStart(WHOLE_DIGITS - 1, '0')}:`;
}

/** Order of two issues by rank. */
export function byRank(store: Store): (left: IssueRow, right: IssueRow) => number {
  return (left, right) => {
    const [a, b] = [rankOf(store, left), rankOf(store, right)];
    return a < b ? -1 : Number(a > b);
  };
}

/** A rank above the one and below the other of two neighbours; an absent neighbour is the end of the list. */
export function rankBetween(store: Store, upper: string | undefined, lower: string | undefined): string {
  const [above, below] = [digitsOf(upper ?? write(0).replace('i', '0')), digitsOf(lower ?? ceiling(store))];
  // One digit more than either has always makes room.
  const places = Math.max(above.length, below.length) + 1;
  const middle = (numberOf(above, places) + numberOf(below, places)) / 2n;
  const digits = middle.toString(36).padStart(places, '0');
  return `0|${digits.slice(0, WHOLE_DIGITS)}:${digits.slice(WHOLE_DIGITS).replace(/0+$/, '')}`;
}

function digitsOf(rank: string): string {
  return rank.slice(2).replace(':', '');
}

function numberOf(digits: string, places: number): bigint {
  let value = 0n;
  for (const digit of digits.padEnd(places, '0')) value = value * BASE + BigInt(Number.parseInt(digit, 36));
  return value;
}
