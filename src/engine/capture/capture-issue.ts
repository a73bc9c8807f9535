/** Looks at everything that is dirty about one issue: its fields, then its comments, in the order in which they must arrive. */

import type { Pair } from '#core/model/pair';
import { adfSchema } from '#core/model/value';
import { applyCommentPut } from '../apply/apply-comment';
import { applyCommentDelete } from '../apply/apply-comment-delete';
import { makeCopy } from '../apply/apply-create';
import { captureDeletedFiles, captureFiles } from '../attachments/capture-files';
import { mayFlow } from '../filter/may-flow';
import { captureEnd } from '../lifecycle/capture-end';
import { captureLinks } from '../links/capture-links';
import type { Agreement } from '../pairs/agreement';
import { readCommentTwin } from '../pairs/comment-twins';
import { mayComeBack } from '../pairs/may-come-back';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { findPair, readPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { captureWorklogs } from '../worklogs/capture-worklogs';
import { captureComment, captureUncomment } from './capture-comment';
import { captureFields, isBlocked } from './capture-fields';
import { commentAspects, type DirtyAspect, type DirtyIssue } from './dirty-issue';
import { hasPast, sayAlong } from './say-along';

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
  const ended = await captureEnd(session, agreement, work);
  if (ended !== undefined) {
    if (ended.kind === 'done') for (const dirty of issue.aspects) answered(session, dirty);
    return ended;
  }
  if ((await findPair(session, issue.issueId))?.state === 'creating') return blocked;
  await captureDeletedFiles(session, agreement, issue, answered);
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
    const { issueId } = issue;
    const isEntering = before === undefined && hasPast(snapshot);
    const said = await sayAlong(session, agreement, { before, after, aspects, issueId, isEntering });
    if (said.kind !== 'done') return said;
    if (snapshot.ok) {
      const look = { pair: after, issue: snapshot.value, isAsked: aspects.has('links') };
      const linked = await captureLinks(session, agreement, look);
      if (linked.kind !== 'done') return linked;
    }
  }
  for (const dirty of ours) answered(session, dirty);
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
  if (!snapshot.ok) return mayComeBack(session, pair) ? blocked : done;
  const flow = mayFlow(session, agreement, pair, snapshot.value);
  if (flow !== 'yes') return flow === 'wait' ? blocked : done;
  return kind === 'comment'
    ? captureComment(session, agreement, { ...comment, along: snapshot.value.comments })
    : retryComment(session, agreement, pair, id);
}

async function retryComment(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  twinId: string,
): Promise<Outcome> {
  const twin = await readCommentTwin(session, twinId);
  if (twin?.goes !== undefined) {
    const withdrawn = twin.goes === 'withdrawn' ? { withdrawn: true as const } : {};
    const operation = { op: 'comment.delete' as const, pair: pair.pair, comment: twinId, ...withdrawn };
    return applyCommentDelete(session, agreement, operation);
  }
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
    ...(twin.waits?.audience === undefined ? {} : { audience: twin.waits.audience }),
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

/** The row goes only if nobody noted it again since it was read. */
function answered(session: Session, { key, rev }: DirtyAspect): void {
  if (rev !== undefined) session.rows.stage({ op: 'delete', table: 'dirty', key, if: { rev } });
}
