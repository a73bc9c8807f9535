/** Logged work which nobody has told of: Jira lists what was logged, edited and deleted, for all issues at once. */
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Agreement } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair, originalId, readPair } from '../pairs/pairs';
import type { WorklogChanges } from '../ports/site-worklogs';
import type { Aspect } from '../rows/dirty';
import type { Session } from '../stream/session';
import { maySendWork, readWorklogTwin, worklogHash } from '../worklogs/worklog-twins';

export interface MissedWork {
  issueId: string;
  aspect: Aspect;
}

/** Costs nothing where no work is shared. Jira names deletions, so that absence need not be taken for one. */
export async function missedWork(
  session: Session,
  agreement: Agreement,
  since: number,
): Promise<MissedWork[] | Later> {
  const isShared = agreement.mappings.some(({ mapping }) => maySendWork(agreement, { mapping: mapping.id }));
  if (!isShared) return [];
  const changed = await session.ports.site.changedWorklogs(since);
  // A Jira that does not list them has told of the others by events.
  if (!changed.ok) return isPassing(changed.failure) ? later(changed.failure) : [];
  return [
    ...(await missedLogged(session, agreement, changed.value)),
    ...(await missedDeleted(session, agreement, changed.value)),
  ];
}

async function missedLogged(
  session: Session,
  agreement: Agreement,
  { logged }: WorklogChanges,
): Promise<MissedWork[]> {
  const missed: MissedWork[] = [];
  for (const { issueId, ...worklog } of logged) {
    // Copies carry our mark; edits of them do not travel.
    if (worklog.marks.some(({ connection }) => connection === session.id)) continue;
    const pair = await findPair(session, issueId);
    if (pair === undefined || pair.state === 'gone' || !maySendWork(agreement, pair)) continue;
    const twin = await readWorklogTwin(session, originalId(session.box.salt, 'worklog', worklog.id));
    const { started, seconds } = worklog;
    const isKnown =
      twin === undefined
        ? worklog.restricted || seconds < 1 || worklog.createdAt < (pair.pairedAt ?? 0)
        : !worklog.restricted &&
          twin.hash === worklogHash({ body: toPortable(worklog.body), started, seconds });
    if (!isKnown) missed.push({ issueId, aspect: `work:${worklog.id}` });
  }
  return missed;
}

async function missedDeleted(
  session: Session,
  agreement: Agreement,
  { deleted }: WorklogChanges,
): Promise<MissedWork[]> {
  const missed: MissedWork[] = [];
  for (const id of deleted) {
    const twin = await readWorklogTwin(session, originalId(session.box.salt, 'worklog', id));
    const pair = twin === undefined ? undefined : await readPair(session, twin.pair);
    if (pair?.local === undefined || pair.state === 'gone' || !maySendWork(agreement, pair)) continue;
    missed.push({ issueId: pair.local.id, aspect: `unwork:${id}` });
  }
  return missed;
}
