/** One slice of a replay: a page of what changed in the window is noted as if somebody had just edited it, here and over there. */
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair, readPair } from '../pairs/pairs';
import { activityRow } from '../record-activity';
import { setDirty } from '../rows/dirty';
import { paddedRank } from '../rows/keys';
import type { Session } from '../stream/session';
import { updateConnection } from '../update-connection';
import { pairsOf } from './preview-replay';
import { replayQuery } from './replay-query';
import { type Replay, replayKey, replaySchema } from './rows';
import { withoutReplay } from './steer-replay';

/** Issues of a page. */
const pageSize = 50;

export type Replayed = { kind: 'finished' } | { kind: 'more' } | Later;

/** Costs nothing while there is none. A crash repeats a page: noting twice is noting. */
export async function replaySlice(session: Session): Promise<Replayed> {
  if (session.connection.replay === undefined) return { kind: 'finished' };
  const body = await session.rows.read('issueIndex', replayKey(session.id));
  const job = body === undefined ? undefined : replaySchema.parse(body);
  if (job === undefined || job.step === 'done') return end(session);
  return job.step === 'search' ? searchPage(session, job) : logPage(session, job);
}

async function searchPage(session: Session, job: Replay): Promise<Replayed> {
  const { from, to } = job;
  const { mappings } = await session.agreement();
  const jql = job.jql ?? replayQuery(mappings, { from, to, now: session.ports.clock.now() });
  if (jql === undefined) return next(session, { ...job, step: 'log' }, []);
  const found = await session.ports.site.search(jql, job.cursor, pageSize);
  if (!found.ok) {
    if (isPassing(found.failure)) return later(found.failure);
    const text = `A part of the replay was left out, because Jira refused the search: ${found.failure.message}`;
    session.rows.stage(activityRow(session.ports, session.id, { level: 'error', text }));
    return next(session, { ...job, step: 'log' }, []);
  }
  const { ids, cursor } = found.value;
  const rest = { ...job, jql };
  return cursor === undefined
    ? next(session, { ...rest, step: 'log' }, ids)
    : next(session, { ...rest, cursor }, ids);
}

/** What the audit log names: also changes that Jira does not tell of here. */
async function logPage(session: Session, job: Replay): Promise<Replayed> {
  const request = {
    table: 'activity' as const,
    group: session.id,
    from: paddedRank(job.from),
    to: `${paddedRank(job.to)}:~`,
    limit: pageSize,
  };
  const { store } = session.ports;
  const listed = await store.list(job.cursor === undefined ? request : { ...request, cursor: job.cursor });
  const pairs = new Set<string>();
  for (const { body } of listed.rows) for (const pair of pairsOf(body)) pairs.add(pair);
  const ids: string[] = [];
  for (const id of pairs) {
    const pair = await readPair(session, id);
    if (pair?.local !== undefined && pair.state !== 'gone') ids.push(pair.local.id);
  }
  return listed.cursor === undefined
    ? next(session, { ...job, step: 'done', endedAt: session.ports.clock.now() }, ids)
    : next(session, { ...job, cursor: listed.cursor }, ids);
}

async function next(session: Session, job: Replay, ids: readonly string[]): Promise<Replayed> {
  const before = await session.rows.read('issueIndex', replayKey(session.id));
  const isNewStep = before !== undefined && replaySchema.parse(before).step !== job.step;
  const at = session.ports.clock.now();
  const told: string[] = [];
  for (const id of ids) {
    for (const aspect of ['fields', 'comments', 'files'] as const) {
      if (!session.hasRoom) await session.commit();
      session.noteDirty(setDirty(session.id, id, aspect, at));
    }
    const pair = await findPair(session, id);
    if (pair?.state === 'twinned') told.push(pair.pair);
  }
  if (told.length > 0) session.say({ op: 'drift.heal', check: job.job, pairs: told });
  const { cursor, ...rest } = job;
  const body: Replay = { ...rest, noted: job.noted + ids.length };
  const key = replayKey(session.id);
  const kept = isNewStep || cursor === undefined ? body : { ...body, cursor };
  session.rows.put('issueIndex', key, kept, { group: session.id, rank: 'replay' });
  await session.commit();
  return { kind: 'more' };
}

async function end(session: Session): Promise<Replayed> {
  await updateConnection(session.ports, session.id, withoutReplay);
  await session.reload();
  return { kind: 'more' };
}
