/** Looks at everything that is dirty about one issue: its fields, then its comments, in the order in which they must arrive. */

import type { Pair } from '#core/model/pair';
import { adfSchema } from '#core/model/value';
import { applyCommentPut } from '../apply/apply-comment';
import { makeCopy } from '../apply/apply-create';
import { captureFiles } from '../attachments/capture-files';
import { sayAllFiles } from '../attachments/say-file';
import { type Agreement, findMapping, mayLeave } from '../pairs/agreement';
import { readCommentTwin } from '../pairs/comment-twins';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { findPair, putPair, readPair } from '../pairs/pairs';
import { stageProblems } from '../pairs/problems';
import { wakeChildren } from '../pairs/wait-for-parent';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';
import { captureWorklogs, sayAllWorklogs } from '../worklogs/capture-worklogs';
import { captureComment, captureUncomment, sayComment } from './capture-comment';
import { captureFields, isBlocked } from './capture-fields';
import { commentAspects, type DirtyAspect, type DirtyIssue, has } from './dirty-issue';

export interface IssueWork {
  issue: DirtyIssue;
  /** Read after the dirty rows and the pair; absent where `needsIssue` says no. */
  snapshot?: SiteResult<IssueRead> | undefined;
}

/** Aspects that are answered are staged for removal one by one; what is left after `blocked` or `later` stays dirty. */
export async function captureIssue(
  session: Session,
  agreement: Agreement,
  work: IssueWork,
): Promise<Outcome> {
  const { issue, snapshot } = work;
  if (snapshot?.ok === false && isPassing(snapshot.failure)) return later(snapshot.failure);
  if (has(issue, 'deleted')) {
    await noteDeleted(session, issue);
    for (const dirty of issue.aspects) answered(session, dirty);
    return done;
  }
  const fields = await captureIssueFields(session, agreement, work);
  if (fields.kind === 'later') return fields;
  const pair = await findPair(session, issue.issueId);
  const comments = await captureComments(session, agreement, work, pair);
  if (comments.kind !== 'done') return comments;
  const logged = await captureWorklogs(session, agreement, { issue, snapshot, pair }, answered);
  if (logged.kind !== 'done') return logged;
  const files = await captureFiles(session, agreement, { issue, snapshot, pair }, answered);
  return files.kind === 'done' ? fields : files;
}

async function captureIssueFields(
  session: Session,
  agreement: Agreement,
  { issue, snapshot }: IssueWork,
): Promise<Outcome> {
  const before = await findPair(session, issue.issueId);
  const ours = issue.aspects.filter(({ aspect }) => !aspect.includes(':'));
  if (isBlocked(session, before)) return ours.length > 0 ? blocked : done;
  if (snapshot === undefined) return done;
  const aspects = new Set(ours.map(({ aspect }) => aspect));
  const outcome = await captureFields(session, agreement, {
    issueId: issue.issueId,
    aspects,
    pair: before,
    snapshot,
  });
  if (outcome.kind !== 'done') return outcome;
  const after = await findPair(session, issue.issueId);
  if (after !== undefined) {
    const said = await sayAlong(session, agreement, { before, after, aspects, issueId: issue.issueId });
    if (said.kind !== 'done') return said;
  }
  for (const dirty of ours) answered(session, dirty);
  return done;
}

interface Along {
  before: Pair | undefined;
  after: Pair;
  aspects: ReadonlySet<string>;
  issueId: string;
}

/** What comes with an issue: comments, files, and the children that wait for it. */
async function sayAlong(
  session: Session,
  agreement: Agreement,
  { before, after, aspects, issueId }: Along,
): Promise<Outcome> {
  // While an issue cannot be read nobody hears of its comments.
  const isBack = before?.state === 'unreachable' && after.state === 'twinned';
  if (isBack || aspects.has('comments')) {
    const said = await sayAlongside(session, agreement, after, issueId);
    if (said.kind !== 'done') return said;
  }
  if (before === undefined || isBack || aspects.has('files')) {
    const said = await sayAllFiles(session, agreement, after, issueId);
    if (said.kind !== 'done') return said;
  }
  if (aspects.has('children')) await wakeChildren(session, after);
  return done;
}

async function captureComments(
  session: Session,
  agreement: Agreement,
  work: IssueWork,
  pair: Pair | undefined,
): Promise<Outcome> {
  for (const aspect of commentAspects(work.issue)) {
    if (!session.hasRoom) await session.commit();
    const outcome =
      pair === undefined ? done : await captureOne(session, agreement, work, { ...aspect, pair });
    if (outcome.kind !== 'done') return outcome;
    answered(session, aspect.dirty);
  }
  return done;
}

type CommentAspect = ReturnType<typeof commentAspects>[number] & { pair: Pair };

async function captureOne(
  session: Session,
  agreement: Agreement,
  { issue, snapshot }: IssueWork,
  { kind, id, pair }: CommentAspect,
): Promise<Outcome> {
  const comment = { pair, issueId: issue.issueId, commentId: id, isRetry: false };
  if (kind === 'uncomment') return captureUncomment(session, agreement, comment);
  if (snapshot === undefined) return done;
  if (!snapshot.ok) {
    // Not marked as unreachable yet: whoever marks it looks at all comments when it is back.
    return pair.state === 'twinned' || pair.state === 'offered' ? blocked : done;
  }
  if (!leaves(agreement, pair, snapshot.value)) return done;
  return kind === 'comment'
    ? captureComment(session, agreement, comment)
    : retryComment(session, agreement, pair, id);
}

/** An issue that takes part from now on, or again, brings what people said and logged on it. */
async function sayAlongside(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Outcome> {
  const said = await sayAllComments(session, agreement, pair, issueId);
  return said.kind === 'done' ? sayAllWorklogs(session, agreement, pair, issueId) : said;
}

/** An issue that takes part again brings the comments that it has, without those from before it became one of a pair. */
async function sayAllComments(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  issueId: string,
): Promise<Outcome> {
  const mapping = findMapping(agreement, pair.mapping)?.mapping;
  if (mapping === undefined || mapping.comments === 'off') return done;
  const listed = await session.ports.site.listComments(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : done;
  for (const comment of listed.value) {
    if (comment.createdAt < (pair.pairedAt ?? 0)) continue;
    if (!session.hasRoom) await session.commit();
    await sayComment(session, agreement, { pair, issueId, commentId: comment.id, isRetry: false }, comment);
  }
  return done;
}

async function retryComment(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  twinId: string,
): Promise<Outcome> {
  const twin = await readCommentTwin(session, twinId);
  if (twin === undefined || twin.state !== 'held') return done;
  if (twin.origin === 'here') {
    const commentId = twin.local ?? '';
    return captureComment(session, agreement, {
      pair,
      issueId: pair.local?.id ?? '',
      commentId,
      isRetry: true,
    });
  }
  const body = adfSchema.safeParse(twin.waits?.body);
  if (!body.success) return done;
  return applyCommentPut(session, agreement, {
    op: 'comment.put',
    pair: pair.pair,
    comment: twinId,
    body: body.data,
    at: 0,
    ...(twin.waits?.author === undefined ? {} : { author: { name: twin.waits.author } }),
  });
}

/** Another try at a copy that Jira refused to make. */
export async function retryCopy(
  session: Session,
  agreement: Agreement,
  pairId: string,
  issue: DirtyIssue,
): Promise<Outcome> {
  const pair = await readPair(session, pairId);
  if (pair !== undefined && pair.local === undefined && pair.heldWhole?.side === 'here') {
    const values = Object.fromEntries(Object.entries(pair.held).map(([slot, { value }]) => [slot, value]));
    const outcome = await makeCopy(session, agreement, { pair: { ...pair, held: {} }, values });
    if (outcome.kind !== 'done') return outcome;
  }
  for (const dirty of issue.aspects) answered(session, dirty);
  return done;
}

/** Only a delete event gets here. The twin stays: deleting over there is not agreed. */
async function noteDeleted(session: Session, issue: DirtyIssue): Promise<void> {
  const pair = await findPair(session, issue.issueId);
  if (pair === undefined || pair.state === 'gone') return;
  putPair(session, { ...pair, state: 'gone' });
  await stageProblems(session, pair.pair, { items: [] });
  const key = pair.local?.key ?? 'An issue';
  const text = `${key} was deleted here. Its twin on the partner site stays as it is and gets no more changes.`;
  const row = activityRow(session.ports, session.id, { level: 'warning', text, issueKey: key });
  session.rows.stage(row);
}

function leaves(agreement: Agreement, pair: Pair, issue: IssueRead): boolean {
  const agreed = findMapping(agreement, pair.mapping);
  return agreed !== undefined && mayLeave(agreement, agreed, issue);
}

/** The row goes only if nobody noted it again since it was read. */
function answered(session: Session, { key, rev }: DirtyAspect): void {
  if (rev !== undefined) session.rows.stage({ op: 'delete', table: 'dirty', key, if: { rev } });
}
