/** Reads the pairs of this site page by page, in the order of their ids, and adds them up to digests. */
import {
  bucketOf,
  buckets,
  type Digest,
  joinDigests,
  noDigest,
  printDigests,
  readDigests,
} from '#core/drift/digest-tree';
import { lastOf, listAfter } from '../pairs/list-after';
import type { Later } from '../pairs/outcome';
import type { Row } from '../ports/store';
import type { Session } from '../stream/session';
import { type Item, readItems } from './read-items';

/** Rows of one listing. */
const page = 100;
/** Listings of one slice: what is live waits no longer than for these. */
const pages = { light: 10, full: 3 };
/** Sorts after every digit of an id. */
const afterAll = '~';

export interface Scan {
  full: boolean;
  last: string;
  tops: string;
  count: number;
  missing: number;
  busy: number;
}

export const freshScan: Omit<Scan, 'full'> = { last: '', tops: '', count: 0, missing: 0, busy: 0 };

export type Scanned = { kind: 'more' | 'end'; scan: Scan } | Later;

/** One slice. Nothing is written: the caller keeps how far it got. */
export async function scanPairs(session: Session, scan: Scan): Promise<Scanned> {
  let now = scan;
  for (let done = 0; done < (scan.full ? pages.full : pages.light); done += 1) {
    const rows = await listAfter(session, now.last);
    if (rows.length === 0) return { kind: 'end', scan: { ...now, tops: printDigests(topsOf(now.tops)) } };
    const read = await readItems(session, rows, scan.full);
    // What this slice has read already is kept.
    if (read.kind === 'later') return done === 0 ? read : { kind: 'more', scan: now };
    now = { ...addItems(now, read.items), last: lastOf(rows) ?? now.last };
  }
  return { kind: 'more', scan: now };
}

function addItems(scan: Scan, items: readonly Item[]): Scan {
  const tops = topsOf(scan.tops);
  const counts = { there: scan.count, missing: scan.missing, busy: scan.busy };
  for (const { pair, is, digest } of items) {
    const bucket = bucketOf(pair.pair);
    if (bucket === undefined) continue;
    counts[is] += 1;
    if (is === 'there') tops[bucket] = joinDigests(tops[bucket] ?? noDigest, digest);
  }
  const { there: count, missing, busy } = counts;
  return { ...scan, tops: printDigests(tops), count, missing, busy };
}

/** All rows whose pair begins so. */
export async function listBucket(session: Session, prefix: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const request = {
      table: 'pair' as const,
      group: session.id,
      from: prefix,
      to: `${prefix}${afterAll}`,
      limit: page,
    };
    const listed = await session.ports.store.list(cursor === undefined ? request : { ...request, cursor });
    rows.push(...listed.rows);
    cursor = listed.cursor;
  } while (cursor !== undefined);
  return rows;
}

export function topsOf(text: string): Digest[] {
  const tops = readDigests(text);
  return Array.from({ length: buckets }, (_none, bucket) => tops[bucket] ?? noDigest);
}
