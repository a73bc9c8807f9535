/**
 * Catch-up: once an hour looks at what Jira says was changed, and notes what no event told of. Jira promises neither that an
 * event comes nor when, and drops those above 200 kB (forge-platform.md, product events).
 */
import type { Agreement } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { activityRow, recordActivityOnce } from '../record-activity';
import { type Aspect, setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { missedAspects } from './missed-aspects';
import { missedWork } from './missed-work';
import { type CatchUp, catchUpKey, catchUpSchema, isCatchUpDue, lateMs, seenUntil } from './rows';

/** Issues read with one call (bulkfetch). */
const page = 100;
const minuteMs = 60_000;
/** The index of Jira is behind by seconds to minutes, and clocks differ. */
const marginMs = 600_000;

export type CaughtUp = { kind: 'finished' } | { kind: 'more' } | Later;

type Look = NonNullable<CatchUp['now']>;

/** Costs nothing unless a sweep asked for it, then one search where nothing was changed. A crash repeats a page: noting twice is noting. */
export async function catchUpSlice(session: Session): Promise<CaughtUp> {
  if (!session.memory.isCatchUpWanted) return { kind: 'finished' };
  const row = await readRow(session);
  const now = session.ports.clock.now();
  const until = seenUntil(session.connection, row);
  if (until === undefined || !isCatchUpDue(session.connection, row, now)) return finished(session);
  const look = row?.now ?? { until: now - lateMs, missed: 0 };
  const since = until - marginMs;
  const agreement = await session.agreement();
  return searchPage(session, agreement, { until, since, look });
}

async function searchPage(
  session: Session,
  agreement: Agreement,
  { until, since, look }: { until: number; since: number; look: Look },
): Promise<CaughtUp> {
  const projects = [...new Set(agreement.mappings.map(({ binding }) => binding.projectId))];
  if (projects.length === 0) return end(session, look);
  // Relative, because times in a query are in the time zone of whoever asks.
  const minutes = Math.ceil((session.ports.clock.now() - since) / minuteMs);
  const jql = `project in (${projects.join(', ')}) AND updated >= "-${minutes}m" ORDER BY id ASC`;
  const found = await session.ports.site.search(jql, look.cursor, page);
  if (!found.ok) {
    if (isPassing(found.failure)) return later(found.failure);
    if (look.cursor === undefined) return giveUp(session, look, found.failure.message);
    // A cursor that expired: from the beginning.
    const { cursor: _expired, ...rest } = look;
    return next(session, { until, now: rest });
  }
  const { ids } = found.value;
  const read = ids.length === 0 ? none : await readPage(session, agreement, ids);
  if (!read.ok) {
    return isPassing(read.failure) ? later(read.failure) : giveUp(session, look, read.failure.message);
  }
  const missed = await notePage(session, agreement, { issues: read.value, since, until: look.until });
  if (typeof missed !== 'number') return missed;
  const after = { until: look.until, missed: look.missed + missed };
  const { cursor } = found.value;
  if (cursor !== undefined) return next(session, { until, now: { ...after, cursor } });
  return lookAtWork(session, agreement, { since, look: after });
}

async function lookAtWork(
  session: Session,
  agreement: Agreement,
  { since, look }: { since: number; look: Look },
): Promise<CaughtUp> {
  const work = await missedWork(session, agreement, since);
  // The last page is looked at once more then.
  if (!Array.isArray(work)) return work;
  for (const { issueId, aspect } of work) await note(session, issueId, [aspect]);
  return end(session, { ...look, missed: look.missed + work.length });
}

const none: SiteResult<IssueRead[]> = { ok: true, value: [] };

function readPage(
  session: Session,
  agreement: Agreement,
  ids: readonly string[],
): Promise<SiteResult<IssueRead[]>> {
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  return session.ports.site.readIssues([...ids], fields, { comments: true, files: true });
}

/** How many changes were missed: what is younger than `until` may be told of yet. */
async function notePage(
  session: Session,
  agreement: Agreement,
  { issues, since, until }: { issues: readonly IssueRead[]; since: number; until: number },
): Promise<number | Later> {
  let count = 0;
  for (const issue of issues) {
    if (issue.updatedAt < since) continue;
    const missed = await missedAspects(session, agreement, issue, since);
    if (missed.kind === 'later') return missed;
    await note(session, issue.id, missed.aspects);
    if (issue.updatedAt < until) count += missed.count;
  }
  return count;
}

async function note(session: Session, issueId: string, aspects: readonly Aspect[]): Promise<void> {
  for (const aspect of aspects) {
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, issueId, aspect, session.ports.clock.now()));
  }
}

/** Whatever is wrong with the search will be wrong in an hour too: what is live goes on. */
async function giveUp(session: Session, look: Look, why: string): Promise<CaughtUp> {
  await recordActivityOnce(session.ports, session.id, 'catch-up', {
    level: 'warning',
    text: `The hourly look for changes that Jira did not tell of was left out, because Jira refused it: ${why}`,
  });
  return end(session, look);
}

async function end(session: Session, { until, missed }: Look): Promise<CaughtUp> {
  if (missed > 0) {
    const what = missed === 1 ? 'a change' : `${missed} changes`;
    const text = `Jira had not told of ${what}, as a look at what was changed lately has shown. It is made up for now.`;
    session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text }));
  }
  putRow(session, { until });
  session.memory.isCatchUpWanted = false;
  // Written with whatever is written next; without anything missed nothing else is.
  return session.noted.size > 0 ? { kind: 'more' } : { kind: 'finished' };
}

async function next(session: Session, row: CatchUp): Promise<CaughtUp> {
  putRow(session, row);
  await session.commit();
  return { kind: 'more' };
}

function putRow(session: Session, row: CatchUp): void {
  session.rows.put('issueIndex', catchUpKey(session.id), row, { group: session.id, rank: 'catch-up' });
}

function finished(session: Session): CaughtUp {
  session.memory.isCatchUpWanted = false;
  return { kind: 'finished' };
}

async function readRow(session: Session): Promise<CatchUp | undefined> {
  const body = await session.rows.read('issueIndex', catchUpKey(session.id));
  return body === undefined ? undefined : catchUpSchema.parse(body);
}
