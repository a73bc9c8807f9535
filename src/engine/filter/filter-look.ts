/** Says when issues have to be looked at that nobody edited: after a change of a filter, and where a query may depend on time. */
import { isOpen } from '#core/model/filter';
import { hashText } from '#core/protocol/hash';
import type { Connection } from '../rows/connection';
import type { FilterLook, Stream } from '../rows/stream';

const hourMs = 3_600_000;
/** Pages that are read before the next sweep comes (every five minutes), and the pause until then. */
const atOnce = 4;
const breatherMs = 240_000;
/** A page that was read is not read again before so long, on average: large projects are looked through less often. */
const perPageMs = 300_000;

/** What a look serves: the filters here and what is agreed on leaving. Empty: there is no filter. */
export function lookOf({ bindings, agreedRevision }: Connection): string {
  const filters = bindings.filter(({ filter }) => !isOpen(filter));
  if (filters.length === 0) return '';
  const said = filters.map(({ mapping, filter }) => ({ mapping, filter }));
  return hashText(JSON.stringify([agreedRevision, said])).slice(0, 16);
}

/** Costs nothing where there is no filter, and was none. */
export function isFilterLookDue(connection: Connection, stream: Stream, now: number): boolean {
  const { filterLook: look } = stream;
  if (connection.run.startedAt === undefined) return false;
  const of = lookOf(connection);
  if (look?.of !== of) return of !== '' || look !== undefined;
  if (look.step === 'done' && !connection.bindings.some(({ filter }) => filter?.jql !== undefined))
    return false;
  return look.nextAt <= now;
}

/** The look that is due: one that goes on, or a fresh one. */
export function currentLook(connection: Connection, stream: Stream): FilterLook {
  const of = lookOf(connection);
  const { filterLook: look } = stream;
  const fresh = { of, step: 'enter', pages: 0, nextAt: 0 } as const;
  if (look?.of !== of) return { ...fresh, isWhole: true };
  return look.step === 'done' ? { ...fresh, isWhole: false } : look;
}

/** After one more page, which may have been the last of its step. */
export function afterPage(look: FilterLook, next: Partial<FilterLook>, now: number): FilterLook {
  const { cursor: _read, last: _seen, ...rest } = look;
  const pages = look.pages + 1;
  const moved: FilterLook = { ...rest, ...next, pages };
  if (moved.step === 'done') return { ...moved, nextAt: now + Math.max(hourMs, pages * perPageMs) };
  return { ...moved, nextAt: pages % atOnce === 0 ? now + breatherMs : 0 };
}
