/** Looks at what is dirty about the logged work of an issue; what is restricted stays here. */
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Pair } from '#core/model/pair';
import { countRemoval } from '../brakes/part-deletions';
import type { DirtyAspect, DirtyIssue } from '../capture/dirty-issue';
import { mayHaveSaid, sayAgain } from '../epoch/may-have-forgotten';
import { mayFlow } from '../filter/may-flow';
import type { Agreement } from '../pairs/agreement';
import { mayComeBack } from '../pairs/may-come-back';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { originalId } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { WorklogRead } from '../ports/site-worklogs';
import type { Session } from '../stream/session';
import { applyWorklogDelete, applyWorklogPut } from './apply-worklog';
import {
  clearWorklogProblem,
  maySendWork,
  putWorklogTwin,
  readWorklogTwin,
  removeWorklogTwin,
  stageWorklogProblem,
  worklogHash,
} from './worklog-twins';

export interface WorklogAspects {
  issue: DirtyIssue;
  snapshot: SiteResult<IssueRead> | undefined;
  pair: Pair | undefined;
}

export async function captureWorklogs(
  session: Session,
  agreement: Agreement,
  work: WorklogAspects,
  answered: (session: Session, dirty: DirtyAspect) => void,
): Promise<Outcome> {
  for (const dirty of work.issue.aspects) {
    const [kind = '', id = ''] = dirty.aspect.split(':');
    if (kind !== 'work' && kind !== 'unwork' && kind !== 'rework') continue;
    if (!session.hasRoom) await session.commit();
    const { pair } = work;
    const outcome =
      pair === undefined ? done : await captureOne(session, agreement, { ...work, pair, kind, id });
    if (outcome.kind !== 'done') return outcome;
    answered(session, dirty);
  }
  return done;
}

type One = WorklogAspects & { pair: Pair; kind: 'work' | 'unwork' | 'rework'; id: string };

async function captureOne(session: Session, agreement: Agreement, work: One): Promise<Outcome> {
  const { pair, kind, id, issue, snapshot } = work;
  if (kind === 'unwork') return captureDeleted(session, agreement, pair, id);
  if (snapshot?.ok !== true) return mayComeBack(session, pair) ? blocked : done;
  const flow = mayFlow(session, agreement, pair, snapshot.value);
  if (flow !== 'yes') return flow === 'wait' ? blocked : done;
  if (kind === 'work')
    return captureChanged(session, agreement, { pair, issueId: issue.issueId, worklogId: id });
  return tryAgain(session, agreement, work);
}

/** What waits here, or over there. */
async function tryAgain(session: Session, agreement: Agreement, { pair, id, issue }: One): Promise<Outcome> {
  const twin = await readWorklogTwin(session, id);
  if (twin?.goes === true) {
    return applyWorklogDelete(session, agreement, { op: 'worklog.delete', pair: pair.pair, worklog: id });
  }
  if (twin?.state !== 'held' || twin.pair !== pair.pair) return done;
  if (twin.origin === 'there') {
    return twin.waits === undefined ? done : applyWorklogPut(session, agreement, twin.waits);
  }
  const again = { pair, issueId: issue.issueId, worklogId: twin.local ?? '', isRetry: true };
  return captureChanged(session, agreement, again);
}

interface Changed {
  pair: Pair;
  issueId: string;
  worklogId: string;
  /** Offer it although nothing changed. */
  isRetry?: boolean;
}

/** Absence is not deletion: a delete event comes by itself. */
async function captureChanged(session: Session, agreement: Agreement, work: Changed): Promise<Outcome> {
  if (!maySendWork(agreement, work.pair)) return done;
  const read = await session.ports.site.readWorklog(work.issueId, work.worklogId);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : done;
  return sayWorklog(session, agreement, work, read.value);
}

/** All work that was logged on an issue which takes part from now on, or again. */
export async function sayAllWorklogs(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Outcome> {
  if (!maySendWork(agreement, pair)) return done;
  const listed = await session.ports.site.listWorklogs(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : done;
  return sayWorklogs(session, agreement, { pair, issueId, isRetry: false }, listed.value);
}

/** As they were read. */
export async function sayWorklogs(
  session: Session,
  agreement: Agreement,
  work: Omit<Changed, 'worklogId'>,
  worklogs: readonly WorklogRead[],
): Promise<Outcome> {
  for (const worklog of worklogs) {
    if (!session.hasRoom) await session.commit();
    await sayWorklog(session, agreement, { ...work, worklogId: worklog.id }, worklog);
  }
  return done;
}

async function sayWorklog(
  session: Session,
  agreement: Agreement,
  { pair, isRetry }: Changed,
  worklog: WorklogRead,
): Promise<Outcome> {
  // Who may no longer see it here shall not see it there.
  if (worklog.restricted) return captureDeleted(session, agreement, pair, worklog.id);
  const mark = worklog.marks.find(({ connection }) => connection === session.id);
  const body = toPortable(worklog.body);
  const { started, seconds } = worklog;
  const hash = worklogHash({ body, started, seconds });
  if (mark !== undefined) return noteCopyEdited(session, pair, mark.twin, hash);
  // Jira keeps an entry whose time was taken away; there is nothing to log over there.
  if (seconds < 1) return captureDeleted(session, agreement, pair, worklog.id);
  const twin = originalId(session.box.salt, 'worklog', worklog.id);
  const known = await readWorklogTwin(session, twin);
  if (known?.hash === hash && isRetry !== true) return done;
  // What was there before two issues became a pair stays where it is.
  if (known === undefined && worklog.createdAt < (pair.pairedAt ?? 0)) return done;
  const author = { name: worklog.authorName };
  const again = sayAgain(session, worklog.createdAt);
  session.say({
    op: 'worklog.put',
    pair: pair.pair,
    worklog: twin,
    body,
    started,
    seconds,
    author,
    ...again,
  });
  session.tell('sent', pair.local?.key ?? 'an issue');
  putWorklogTwin(session, twin, { pair: pair.pair, origin: 'here', local: worklog.id, hash, state: 'there' });
  await clearWorklogProblem(session, twin);
  return done;
}

/** Only originals of this site travel. */
async function captureDeleted(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  worklogId: string,
): Promise<Outcome> {
  const twin = originalId(session.box.salt, 'worklog', worklogId);
  const known = await readWorklogTwin(session, twin);
  if ((known === undefined && !mayHaveSaid(session)) || !maySendWork(agreement, pair)) return done;
  session.say({ op: 'worklog.delete', pair: pair.pair, worklog: twin });
  countRemoval(session, 'out');
  session.tell('sent', pair.local?.key ?? 'an issue');
  removeWorklogTwin(session, twin);
  await clearWorklogProblem(session, twin);
  return done;
}

/** A copy belongs to its author's site: an edit of it here is shown and does not travel. */
async function noteCopyEdited(session: Session, pair: Pair, twin: string, hash: string): Promise<Outcome> {
  const known = await readWorklogTwin(session, twin);
  if (known?.origin !== 'there' || known.state !== 'there' || known.hash === hash) return done;
  await stageWorklogProblem(session, {
    twin,
    issue: pair.local,
    reason:
      'This copy of work logged by the partner was edited here. Only its author can change it for both.',
    next: 'Log work of your own; the next edit by the author replaces the copy.',
    side: 'here',
  });
  return done;
}
