/** One slice of whatever a check for differences wants: live changes and existing issues go first. */
import { bucketPrefix, printItem, rootOf } from '#core/drift/digest-tree';
import { mostLooked } from '#core/protocol/drift-operations';
import type { Later } from '../pairs/outcome';
import type { Session } from '../stream/session';
import { answerSlice } from './answer-check';
import { healSlice } from './heal-slice';
import { flagDrift, putMine, readMine } from './jobs';
import { readItems } from './read-items';
import type { MyCheck } from './rows';
import { listBucket, scanPairs, topsOf } from './scan-pairs';

export type Checked = { kind: 'finished' } | { kind: 'more' } | Later;

/** Costs nothing while no check is going on. Repeating it after a crash is harmless: how far it got is written with what was said. */
export async function driftSlice(session: Session): Promise<Checked> {
  const { drift } = session.connection;
  if (drift?.theirs !== undefined) return checked(await answerSlice(session));
  if (drift?.mine === undefined) return { kind: 'finished' };
  const job = await readMine(session);
  switch (job?.step) {
    case 'scan':
      return checked(await scanSlice(session, job));
    case 'look':
      return checked(await lookSlice(session, job));
    case 'heal':
      return checked(await healSlice(session, job));
    case 'asked':
    case 'waits':
      return { kind: 'finished' };
    default:
      await flagDrift(session, 'mine');
      return { kind: 'finished' };
  }
}

function checked(slice: 'finished' | 'more' | Later): Checked {
  return typeof slice === 'string' ? { kind: slice } : slice;
}

async function scanSlice(session: Session, job: MyCheck): Promise<'more' | Later> {
  const scanned = await scanPairs(session, job);
  if (scanned.kind === 'later') return scanned;
  const after: MyCheck = { ...job, ...scanned.scan };
  if (scanned.kind === 'end') {
    const { check, full, count, tops } = after;
    session.say({ op: 'drift.ask', check, full, count, root: rootOf(topsOf(tops)) });
  }
  putMine(session, scanned.kind === 'end' ? { ...after, step: 'asked' } : after);
  await session.commit();
  return 'more';
}

/** Shows the items of as many buckets as fit into one question. */
async function lookSlice(session: Session, job: MyCheck): Promise<'more' | Later> {
  const buckets: number[] = [];
  const looking: string[] = [];
  let items = '';
  for (const bucket of job.todo) {
    const rows = await listBucket(session, bucketPrefix(bucket));
    if (buckets.length > 0 && looking.length + rows.length > mostLooked) break;
    const read = await readItems(session, rows, job.full);
    if (read.kind === 'later') return read;
    const there = read.items.filter(({ is }) => is === 'there');
    buckets.push(bucket);
    looking.push(...there.map(({ pair }) => pair.pair));
    items += there.map(({ digest }) => printItem(digest)).join('');
  }
  session.say({ op: 'drift.look', check: job.check, full: job.full, buckets, items });
  putMine(session, { ...job, step: 'waits', todo: job.todo.slice(buckets.length), looking });
  await session.commit();
  return 'more';
}
