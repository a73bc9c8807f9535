/** One slice of telling each other what was forgotten, after an epoch began; nothing else is captured until it is over. */
import type { Later } from '../pairs/outcome';
import { activityRow } from '../record-activity';
import type { Resync, Stream } from '../rows/stream';
import type { Session } from '../stream/session';
import { changeResync } from './change-resync';
import { dropOldMessages, lookThroughPairs, tellPairs } from './pair-slices';
import { tellFound } from './search-slice';
import { tellStateAgain } from './tell-terms-again';

/** Listings and the search index of Jira lag: what was written just before the epoch began must show. */
const lagMs = 30_000;

/** `waits`: for the partner. `over`: ours and, where we forgot something, the partner's part are done. */
export type EpochSlice = { kind: 'over' } | { kind: 'more' } | { kind: 'waits' } | Later;

export async function epochSlice(session: Session): Promise<EpochSlice> {
  const { resync } = session.stream;
  if (resync === undefined) return { kind: 'over' };
  const stepped = await takeStep(session, resync);
  if (stepped !== 'next') return stepped;
  await session.commit();
  return { kind: 'more' };
}

async function takeStep(session: Session, resync: Resync): Promise<'next' | EpochSlice> {
  switch (resync.step) {
    case 'agree':
      await tellStateAgain(session.ports, session.connection);
      await session.reload();
      return go(session, 'floors');
    case 'floors':
      return (await lag(session, resync)) ?? (await lookThroughPairs(session, resync)) ?? go(session, 'tell');
    case 'tell':
      tellOpen(session, resync);
      return go(session, 'wait');
    case 'wait':
      return isReady(resync) ? go(session, 'pairs') : { kind: 'waits' };
    case 'pairs':
      return (await tellPairs(session, resync)) ?? go(session, 'search');
    case 'search':
      return (await tellFound(session, resync)) ?? endOurs(session);
    case 'ended':
      return resync.mine && resync.isHeard !== true ? { kind: 'waits' } : end(session);
  }
}

/** Who forgot listens first, so that it starts from what both had agreed. */
function isReady({ mine, theirs, isHeard }: Resync): boolean {
  return theirs !== undefined && (!mine || theirs.lost || isHeard === true);
}

function go(session: Session, step: Resync['step']): 'next' {
  changeResync(session, ({ last: _last, cursor: _cursor, ...resync }) => ({ ...resync, step }));
  return 'next';
}

async function lag(session: Session, { at }: Resync): Promise<Later | undefined> {
  const afterMs = at + lagMs - session.ports.clock.now();
  return afterMs > 0
    ? { kind: 'later', afterMs, why: 'What was written last must show in listings.' }
    : undefined;
}

function tellOpen(session: Session, { mine, ageMs }: Resync): void {
  const { latestRevision: latest, agreedRevision: agreed } = session.connection;
  session.say({ op: 'epoch.open', epoch: session.stream.ep.n, lost: mine, ageMs, latest, agreed });
}

async function endOurs(session: Session): Promise<'next'> {
  session.say({ op: 'epoch.done', epoch: session.stream.ep.n });
  return go(session, 'ended');
}

async function end(session: Session): Promise<EpochSlice> {
  await dropOldMessages(session);
  session.change(({ resync: _over, ...stream }): Stream => stream);
  const text = 'Both sites know the same again.';
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text }));
  await session.commit();
  return { kind: 'over' };
}
