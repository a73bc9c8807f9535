/** Goes through dirty issues, reads them from Jira in as few calls as possible, and stages what has to be said. */
import { isTooFast } from '../brakes/change-rate';
import { judgeIssues } from '../filter/judge-issues';
import { type Gate, gateEnds } from '../lifecycle/gate-ends';
import { gateParts } from '../lifecycle/gate-parts';
import type { Agreement } from '../pairs/agreement';
import { isPassing, type Later, type Outcome } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { pairOfIssueless } from '../rows/dirty';
import { windowSize } from '../stream/heads';
import type { Session } from '../stream/session';
import { isToldComment } from './capture-comment';
import { isBlocked } from './capture-fields';
import { captureIssue, retryCopy } from './capture-issue';
import { commentAspects, type DirtyIssue, has, needsIssue } from './dirty-issue';

/** Issues read with one call. */
const chunk = 20;
/** Time that one issue may need, milliseconds. */
const reserveMs = 8_000;

export interface Captured {
  /** Keys that stay dirty, to be looked at again when something changes. */
  waiting: string[];
  /** Issues that were not looked at for lack of time or room on the wire. */
  left: DirtyIssue[];
  /** Far more changes than usual: nothing more before somebody was asked. */
  isTooFast?: true;
  later?: Later | undefined;
  /** Something that waits is due after this time. */
  wakeAfterMs?: number;
}

/** Commits whenever a transaction is full; the last part stays staged. */
export async function captureDirty(session: Session, issues: readonly DirtyIssue[]): Promise<Captured> {
  const agreement = await session.agreement();
  const gate = await gateEnds(session, agreement, issues);
  const parts = gate.isBraked ? undefined : await gateParts(session, agreement, issues);
  const captured = gated(parts?.issues ?? issues, gate);
  if (parts?.isBraked !== false) return captured;
  while (captured.left.length > 0 && mayLookOn(session, captured)) {
    await captureChunk(session, agreement, captured);
  }
  return captured;
}

function gated(issues: readonly DirtyIssue[], { held, wakeAfterMs }: Gate): Captured {
  const waiting = issues.filter(({ issueId }) => held.has(issueId));
  return {
    waiting: waiting.flatMap(({ aspects }) => aspects.map(({ key }) => key)),
    left: issues.filter(({ issueId }) => !held.has(issueId)),
    ...(wakeAfterMs === undefined ? {} : { wakeAfterMs }),
  };
}

async function captureChunk(session: Session, agreement: Agreement, captured: Captured): Promise<void> {
  const part = captured.left.slice(0, chunk);
  const snapshots = await readSnapshots(session, agreement, part);
  const issues = [...snapshots.values()].flatMap((read) => (read.ok ? [read.value] : []));
  captured.later = await judgeIssues(session, agreement, issues);
  for (const issue of part) {
    if (!mayLookOn(session, captured)) return;
    if (!session.hasRoom) await session.commit();
    const outcome = await captureOne(session, agreement, issue, snapshots.get(issue.issueId));
    captured.left.shift();
    if (outcome.kind !== 'done') captured.waiting.push(...issue.aspects.map(({ key }) => key));
    if (outcome.kind === 'later') captured.later = outcome;
  }
}

function mayLookOn(session: Session, captured: Captured): boolean {
  if (isTooFast(session, 'out')) captured.isTooFast = true;
  return captured.later === undefined && captured.isTooFast === undefined && mayGoOn(session);
}

async function captureOne(
  session: Session,
  agreement: Agreement,
  issue: DirtyIssue,
  snapshot: SiteResult<IssueRead> | undefined,
): Promise<Outcome> {
  const pair = pairOfIssueless(issue.issueId);
  if (pair !== undefined) return retryCopy(session, agreement, pair, issue);
  return captureIssue(session, agreement, { issue, snapshot });
}

/** With a full window nothing more is cut: changes wait where they merge, on the issues. */
function mayGoOn({ stream, ports }: Session): boolean {
  return ports.budget.remainingMs() > reserveMs && stream.out.seq - stream.out.acked < windowSize;
}

async function readSnapshots(
  session: Session,
  agreement: Agreement,
  issues: readonly DirtyIssue[],
): Promise<Map<string, SiteResult<IssueRead>>> {
  const wanted: string[] = [];
  for (const issue of issues) {
    if (await isWanted(session, issue)) wanted.push(issue.issueId);
  }
  const also = issues.some((issue) => has(issue, 'end') || has(issue, 'retry')) ? ['subtasks'] : [];
  const fields = [...new Set([...agreement.mappings.flatMap(({ fieldIds }) => fieldIds), ...also])].sort();
  const comments = await isEditOfComment(session, issues);
  const snapshots = await readTogether(session, wanted, { fields, comments });
  // A missing one is asked for alone, because only then Jira says why.
  for (const id of wanted) {
    if (!snapshots.has(id)) snapshots.set(id, await session.ports.site.readIssue(id, fields));
  }
  return snapshots;
}

/** One without its comments is read alone. */
async function readTogether(
  { ports }: Session,
  wanted: string[],
  { fields, comments }: { fields: string[]; comments: boolean },
): Promise<Map<string, SiteResult<IssueRead>>> {
  const snapshots = new Map<string, SiteResult<IssueRead>>();
  if (wanted.length === 0 || (wanted.length === 1 && !comments)) return snapshots;
  const also = { history: true, ...(comments ? { comments } : {}) };
  const many = await ports.site.readIssues(wanted, fields, also);
  if (many.ok) for (const issue of many.value) snapshots.set(issue.id, { ok: true, value: issue });
  else if (isPassing(many.failure)) for (const id of wanted) snapshots.set(id, many);
  return snapshots;
}

/** Comments of which the partner knows come along with their issue; others are read with their marks. */
async function isEditOfComment(session: Session, issues: readonly DirtyIssue[]): Promise<boolean> {
  for (const { kind, id } of issues.flatMap(commentAspects)) {
    if (kind === 'comment' && (await isToldComment(session, id))) return true;
  }
  return false;
}

/** Issues that wait for an answer are not read at all, unless a comment of theirs is to go, or they come to an end. */
async function isWanted(session: Session, issue: DirtyIssue): Promise<boolean> {
  if (!needsIssue(issue) || pairOfIssueless(issue.issueId) !== undefined) return false;
  if (has(issue, 'deleted') || has(issue, 'end')) return true;
  const isWaiting = isBlocked(session, await findPair(session, issue.issueId));
  return !isWaiting || commentAspects(issue).length > 0;
}
