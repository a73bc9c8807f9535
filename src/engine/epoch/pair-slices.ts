/** Goes through all pairs of this site after an epoch began: what was on its way, and what the partner may have forgotten. */
import { type Pair, pairSchema } from '#core/model/pair';
import { settlePair } from '#core/reconcile/settle-pair';
import type { Later } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { Row, Table } from '../ports/store';
import { setDirty } from '../rows/dirty';
import { paddedRank } from '../rows/keys';
import type { Resync } from '../rows/stream';
import { windowSize } from '../stream/heads';
import type { Session } from '../stream/session';
import { changeResync } from './change-resync';
import { tellIssues } from './tell-issue';

/** Rows of one listing, and issues of one reading. */
const page = 100;
/** Before and after every digit of an id. */
const [first, afterAll] = ['-', '~'];
/** What was touched this long before the newest thing that is remembered counts as forgotten too, milliseconds. */
const marginMs = 86_400_000;

/** Undefined: all were looked at. Ours were forgotten: the numbers of the issues that we do remember. */
export async function lookThroughPairs(
  session: Session,
  resync: Resync,
): Promise<{ kind: 'more' } | undefined> {
  const rows = await listAfter(session, resync.last);
  const floors = { ...session.stream.floors };
  for (const { body } of rows) {
    const { local } = pairSchema.parse(body);
    const [, project = '', number = ''] = /^(.+)-(\d+)$/.exec(local?.key ?? '') ?? [];
    if (project !== '') floors[project] = Math.max(floors[project] ?? 0, Number(number));
  }
  session.change((stream) => ({ ...stream, floors }));
  return keep(session, rows);
}

/** Undefined: all were told. */
export async function tellPairs(
  session: Session,
  resync: Resync,
): Promise<{ kind: 'more' } | Later | undefined> {
  if (isFull(session)) return { kind: 'more' };
  const rows = await listAfter(session, resync.last);
  const pairs = await readDue(session, resync, rows);
  const stopped = resync.theirs?.lost === true ? await tellIssues(session, pairs) : takeBack(session, pairs);
  if (stopped !== undefined) return stopped;
  return keep(session, rows);
}

/** A listing may show rows as they were a moment ago; what is written back has to be read by its key. */
async function readDue(session: Session, resync: Resync, rows: readonly Row[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const { body } of rows) {
    const listed = pairSchema.parse(body);
    if (!isDue(session, resync, listed)) continue;
    const pair = await readPair(session, listed.pair);
    if (pair !== undefined && isDue(session, resync, pair)) pairs.push(pair);
  }
  return pairs;
}

function isDue(session: Session, { theirs, at }: Resync, pair: Pair): boolean {
  const isOpen = settlePair(pair, session.stream.out.done).open !== undefined;
  if (theirs?.lost !== true || isOpen) return isOpen;
  const since = at - theirs.ageMs - marginMs;
  const touched = Math.max(pair.lastSent ?? 0, pair.lastReceived ?? 0, pair.pairedAt ?? 0);
  return touched >= since || (pair.state === 'offered' && pair.heldWhole === undefined);
}

/** What was on its way is lost, and the partner knows the pair: it is offered again as an edit. */
async function takeBack(session: Session, pairs: readonly Pair[]): Promise<undefined> {
  for (const pair of pairs) {
    if (!session.hasRoom) await session.commit();
    const { open: _lost, ...rest } = settlePair(pair, session.stream.out.done);
    putPair(session, rest);
    const { local } = pair;
    if (local === undefined) continue;
    session.noteDirty(setDirty(session.id, local.id, 'fields', session.ports.clock.now()));
  }
  return undefined;
}

function keep(session: Session, rows: readonly Row[]): { kind: 'more' } | undefined {
  const last = rows.at(-1)?.key.split(':').at(-1);
  if (last !== undefined) changeResync(session, (resync) => ({ ...resync, last }));
  return rows.length === page ? { kind: 'more' } : undefined;
}

export function isFull({ stream }: Session): boolean {
  return stream.out.seq - stream.out.acked >= windowSize;
}

/** Ids have one length, so what is added sorts between a pair and the next one. */
async function listAfter(session: Session, last: string | undefined): Promise<Row[]> {
  const from = last === undefined ? first : `${last}-`;
  const request = { table: 'pair' as const, group: session.id, from, to: afterAll, limit: page };
  return (await session.ports.store.list(request)).rows;
}

/** Sealed copies of epochs that are over, and what came beyond a hole of one. */
export async function dropOldMessages(session: Session): Promise<void> {
  const { ep, in: applied } = session.stream;
  await drop(session, 'outbox', ep.from ?? 0);
  await drop(session, 'inbox', applied.applied);
}

async function drop(session: Session, table: Table, upTo: number): Promise<void> {
  let cursor: string | undefined;
  do {
    const request = { table, group: session.id, to: paddedRank(upTo), limit: page };
    const listed = await session.ports.store.list(cursor === undefined ? request : { ...request, cursor });
    for (const { key } of listed.rows) {
      if (!session.hasRoom) await session.commit();
      session.rows.stage({ op: 'delete', table, key });
    }
    if (session.hasStaged) await session.commit();
    cursor = listed.cursor;
  } while (cursor !== undefined);
}
