/** Offers the issues of one page: first all new ones, so that the partner makes them together, then what hangs on them. */

import type { Pair } from '#core/model/pair';
import { sayAllFiles } from '../attachments/say-file';
import { sayComment } from '../capture/capture-comment';
import { captureNew } from '../capture/capture-new';
import { judgeIssues } from '../filter/judge-issues';
import { captureLinks } from '../links/capture-links';
import { type Agreement, findMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import type { CommentRead, IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { windowSize } from '../stream/heads';
import type { Session } from '../stream/session';
import { sayAllWorklogs } from '../worklogs/capture-worklogs';

/** Time that one issue may need, milliseconds. */
const reserveMs = 8_000;

/** `rest`: out of time, or the wire is full; the page is gone through again, and what was said is not said twice. */
export type Offered = { kind: 'all' } | { kind: 'rest' } | Later;

/** `isRest`: only what hangs on issues that take part already. One call, and one for each long list of comments. */
export async function offerPage(
  session: Session,
  agreement: Agreement,
  page: { ids: readonly string[]; isRest: boolean },
): Promise<Offered> {
  if (page.ids.length === 0) return { kind: 'all' };
  const fields = [...new Set(agreement.mappings.flatMap(({ fieldIds }) => fieldIds))].sort();
  const read = await session.ports.site.readIssues([...page.ids], fields, {
    comments: true,
    files: agreement.mappings.some(({ mapping }) => mapping.attachments !== undefined),
  });
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : { kind: 'all' };
  const judged = await judgeIssues(session, agreement, read.value);
  if (judged !== undefined) return judged;
  const issues = page.isRest ? { kind: 'all' as const } : await offerIssues(session, agreement, read.value);
  if (issues.kind !== 'all') return issues;
  for (const issue of read.value) {
    const offered = await offerRest(session, agreement, issue);
    if (offered.kind !== 'all') return offered;
  }
  return { kind: 'all' };
}

async function offerIssues(
  session: Session,
  agreement: Agreement,
  issues: readonly IssueRead[],
): Promise<Offered> {
  for (const issue of issues) {
    if (!(await makeRoom(session))) return { kind: 'rest' };
    if ((await findPair(session, issue.id)) !== undefined) continue;
    const outcome = await captureNew(session, agreement, { issue, isChosen: true });
    if (outcome.kind === 'later') return outcome;
  }
  return { kind: 'all' };
}

/** What an issue has when it begins to take part. */
async function offerRest(session: Session, agreement: Agreement, issue: IssueRead): Promise<Offered> {
  const pair = await findPair(session, issue.id);
  if (pair === undefined) return { kind: 'all' };
  const said = await offerComments(session, agreement, pair, issue);
  if (said.kind !== 'all') return said;
  if (!(await makeRoom(session))) return { kind: 'rest' };
  const logged = await sayAllWorklogs(session, agreement, pair, issue.id);
  if (logged.kind === 'later') return logged;
  if (!(await makeRoom(session))) return { kind: 'rest' };
  const attached = await sayAllFiles(session, agreement, pair, issue);
  if (attached.kind === 'later') return attached;
  if (!(await makeRoom(session))) return { kind: 'rest' };
  const linked = await captureLinks(session, agreement, { pair, issue, isAsked: false });
  return linked.kind === 'later' ? linked : { kind: 'all' };
}

async function offerComments(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issue: IssueRead,
): Promise<Offered> {
  const mapping = findMapping(agreement, pair.mapping)?.mapping;
  if (mapping === undefined || mapping.comments === 'off') return { kind: 'all' };
  const listed = await commentsOf(session, issue);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : { kind: 'all' };
  for (const comment of listed.value) {
    if (!(await makeRoom(session))) return { kind: 'rest' };
    const work = { pair, issueId: issue.id, commentId: comment.id, isRetry: false };
    await sayComment(session, agreement, work, comment);
  }
  return { kind: 'all' };
}

/** Most come along with their issue. */
async function commentsOf(session: Session, issue: IssueRead): Promise<SiteResult<CommentRead[]>> {
  if (issue.comments !== undefined) return { ok: true, value: issue.comments };
  return session.ports.site.listComments(issue.id);
}

/** False when the time is up, or nothing more may be on the wire. */
async function makeRoom(session: Session): Promise<boolean> {
  if (!session.hasRoom) await session.commit();
  const { stream, ports } = session;
  return ports.budget.remainingMs() > reserveMs && stream.out.seq - stream.out.acked < windowSize;
}
