/** The asking side of a check: what the partner told becomes differences to the field. */
import { differing, readDigests } from '#core/drift/digest-tree';
import { slotHashes } from '#core/drift/shared-values';
import type { FieldValue } from '#core/model/value';
import type { SeenPair } from '#core/protocol/drift-operations';
import type { DataOperation } from '#core/protocol/operations';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';
import { baseDigits } from './answer-check';
import { putDriftRow, putMine, readMine } from './jobs';
import { type Item, readItems } from './read-items';
import { driftKeys, type Found, foundPage, foundPageSchema, type MyCheck, mostFound } from './rows';
import { topsOf } from './scan-pairs';
import { showBriefly } from './show-briefly';

type Of<Op extends DataOperation['op']> = Extract<DataOperation, { op: Op }>;

const mostFields = 100;

/** An answer to another check, or a second one, changes nothing. */
export async function applyDriftTell(session: Session, operation: Of<'drift.tell'>): Promise<Outcome> {
  const job = await readMine(session);
  if (job?.check !== operation.check || job.step !== 'asked') return done;
  const { tops, count } = operation;
  const todo = tops === undefined ? [] : differing(topsOf(job.tops), readDigests(tops));
  putMine(session, next(session, { ...job, theirCount: count, todo }));
  return done;
}

export async function applyDriftSeen(
  session: Session,
  agreement: Agreement,
  operation: Of<'drift.seen'>,
): Promise<Outcome> {
  const job = await readMine(session);
  if (job?.check !== operation.check || job.step !== 'waits') return done;
  const theirs = new Map(operation.pairs.map((seen) => [seen.pair, seen]));
  const unlike = operation.not.flatMap((place) => job.looking[place] ?? []);
  const ids = [...new Set([...unlike, ...theirs.keys()])];
  const rows = (
    await Promise.all(ids.map((id) => session.ports.store.get('pair', rowKeys.pair(session.id, id))))
  ).filter((row) => row !== undefined);
  const read = await readItems(session, rows, job.full);
  if (read.kind === 'later') return read;
  const mine = new Map(read.items.map((item) => [item.pair.pair, item]));
  const calm = ids.filter((id) => mine.get(id)?.is !== 'busy' && theirs.get(id)?.is !== 'busy');
  // Ours were counted when they were read.
  const moving = ids.filter((id) => mine.get(id)?.is !== 'busy' && theirs.get(id)?.is === 'busy').length;
  const found = calm.flatMap((id) => compare(agreement, mine.get(id), theirs.get(id)) ?? []);
  const kept = await keep(session, job, found);
  const counts = { found: job.found + found.length, kept, busy: job.busy + moving };
  putMine(session, next(session, { ...job, looking: [], ...counts }));
  return done;
}

function next(session: Session, job: MyCheck): MyCheck {
  if (job.todo.length > 0) return { ...job, step: 'look' };
  return { ...job, step: 'done', endedAt: session.ports.clock.now(), tops: '' };
}

/** Neither is busy. Undefined: nothing is wrong. */
function compare(
  agreement: Agreement,
  mine: Item | undefined,
  theirs: SeenPair | undefined,
): Found | undefined {
  const pair = mine?.pair.pair ?? theirs?.pair ?? '';
  const key = mine?.pair.local?.key;
  const about = { pair, ...(key === undefined ? {} : { key }) };
  if (mine === undefined) return theirs?.is === 'there' ? { ...about, kind: 'onlyThere' } : undefined;
  if (theirs === undefined) return { ...about, kind: mine.is === 'missing' ? 'missingHere' : 'onlyHere' };
  // Missing on both sites is no difference.
  if (mine.is === 'missing') return theirs.is === 'missing' ? undefined : { ...about, kind: 'missingHere' };
  if (theirs.is === 'missing') return { ...about, kind: 'missingThere' };
  const fields = compareFields(agreement, mine, theirs);
  const base = mine.base.slice(0, baseDigits) === theirs.base ? 'same' : 'apart';
  if (fields.length === 0 && base === 'same') return undefined;
  return { ...about, kind: 'differs', base, fields };
}

function compareFields(agreement: Agreement, mine: Item, theirs: SeenPair): NonNullable<Found['fields']> {
  const here = slotHashes(mine.values);
  const { slots: there = {}, shows = {} } = theirs;
  const fields = findMapping(agreement, mine.pair.mapping)?.mapping.fields ?? [];
  return fields
    .filter(({ id }) => here[id] !== there[id])
    .slice(0, mostFields)
    .map((field) => {
      const say = (value: FieldValue | undefined): string =>
        value === undefined ? '' : showBriefly(value, field);
      // What the partner does not show is empty there, or as it was agreed.
      const shown = there[field.id] === undefined ? '' : (shows[field.id] ?? say(mine.agreed[field.id]));
      return {
        slot: field.id,
        label: field.label.slice(0, 255),
        here: say(mine.values[field.id]),
        there: shown,
      };
    });
}

/** Pages fill up one after the other. Answers how many are kept now. */
async function keep(session: Session, job: MyCheck, found: readonly Found[]): Promise<number> {
  let { kept } = job;
  let left = found.slice(0, Math.max(0, mostFound - kept));
  while (left.length > 0) {
    const key = driftKeys.found(session.id, Math.floor(kept / foundPage));
    const body = await session.rows.read('issueIndex', key);
    const before = body === undefined ? undefined : foundPageSchema.parse(body);
    const old = before?.check === job.check ? before.found : [];
    const room = foundPage - (kept % foundPage);
    // A crash may have left more than was counted.
    const page = [...old.slice(0, kept % foundPage), ...left.slice(0, room)];
    putDriftRow(session, key, { check: job.check, found: page });
    kept += Math.min(room, left.length);
    left = left.slice(room);
  }
  return kept;
}
