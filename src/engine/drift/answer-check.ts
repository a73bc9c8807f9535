/** The asked side of a check: reads its own pairs, tells its digests, and which of the items it was shown it does not have. */
import { bucketPrefix, printDigests, printItem, rootOf, splitItems } from '#core/drift/digest-tree';
import { slotHashes } from '#core/drift/shared-values';
import type { SeenPair } from '#core/protocol/drift-operations';
import type { DataOperation } from '#core/protocol/operations';
import { type Agreement, findMapping, iMaySend } from '../pairs/agreement';
import { done, type Later, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { flagDrift, putTheirs, readTheirs } from './jobs';
import { type Item, readItems } from './read-items';
import { freshScan, listBucket, scanPairs, topsOf } from './scan-pairs';
import { showBriefly } from './show-briefly';

type Of<Op extends DataOperation['op']> = Extract<DataOperation, { op: Op }>;

/** A partner with more differing pairs in one answer gets the first of them; the next check finds the rest. */
const mostTold = 500;
/** Of the hash of what was agreed. */
export const baseDigits = 8;

/** A newer question replaces an older one. */
export async function applyDriftAsk(session: Session, operation: Of<'drift.ask'>): Promise<Outcome> {
  const { check, full, root } = operation;
  const known = await readTheirs(session);
  if (known?.check === check) return done;
  putTheirs(session, { ...freshScan, check, full, root, done: false });
  await flagDrift(session, 'theirs', check);
  return done;
}

/** One slice of reading; at the end the answer is said. */
export async function answerSlice(session: Session): Promise<'finished' | 'more' | Later> {
  const job = await readTheirs(session);
  if (job === undefined || job.done) {
    await flagDrift(session, 'theirs');
    return 'finished';
  }
  const scanned = await scanPairs(session, job);
  if (scanned.kind === 'later') return scanned;
  const after = { ...job, ...scanned.scan };
  if (scanned.kind === 'end') {
    const tops = topsOf(after.tops);
    const isSame = rootOf(tops) === job.root;
    session.say({
      op: 'drift.tell',
      check: job.check,
      count: after.count,
      ...(isSame ? {} : { tops: printDigests(tops) }),
    });
  }
  putTheirs(session, { ...after, done: scanned.kind === 'end' });
  await session.commit();
  return 'more';
}

/** Changes nothing here, so a repeat is harmless. */
export async function applyDriftLook(
  session: Session,
  agreement: Agreement,
  operation: Of<'drift.look'>,
): Promise<Outcome> {
  const mine: Item[] = [];
  for (const bucket of [...new Set(operation.buckets)]) {
    const rows = await listBucket(session, bucketPrefix(bucket));
    const read = await readItems(session, rows, operation.full);
    if (read.kind === 'later') return read;
    mine.push(...read.items);
  }
  const theirs = splitItems(operation.items);
  const have = new Set(mine.filter(({ is }) => is === 'there').map(({ digest }) => printItem(digest)));
  const asked = new Set(theirs);
  const unlike = mine.filter(({ is, digest }) => is !== 'there' || !asked.has(printItem(digest)));
  session.say({
    op: 'drift.seen',
    check: operation.check,
    not: theirs.flatMap((digest, place) => (have.has(digest) ? [] : [place])),
    pairs: unlike.slice(0, mostTold).map((item) => tell(agreement, item, operation.full)),
  });
  return done;
}

function tell(agreement: Agreement, { pair, is, base, agreed, values }: Item, full: boolean): SeenPair {
  if (is !== 'there') return { pair: pair.pair, is };
  const slots = slotHashes(values);
  const before = full ? slotHashes(agreed) : {};
  const shows: Record<string, string> = {};
  for (const field of findMapping(agreement, pair.mapping)?.mapping.fields ?? []) {
    const value = values[field.id];
    if (value === undefined || slots[field.id] === before[field.id]) continue;
    if (iMaySend(agreement, field.direction)) shows[field.id] = showBriefly(value, field);
  }
  return { pair: pair.pair, is, base: base.slice(0, baseDigits), slots, shows };
}

/** As if somebody had just edited them: what differs from the common base is sent. */
export async function applyDriftHeal(session: Session, operation: Of<'drift.heal'>): Promise<Outcome> {
  for (const id of operation.pairs) {
    const pair = await readPair(session, id);
    if (pair?.local === undefined) continue;
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, pair.local.id, 'fields', session.ports.clock.now()));
  }
  return done;
}
