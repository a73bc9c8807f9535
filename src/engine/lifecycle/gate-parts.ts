/** Stands before deleted comments, files and logged work: more than an hour may have are a safety stop. */

import type { Pair } from '#core/model/pair';
import { readFileTwin, termsFor } from '../attachments/rows';
import { isTooMany, stopForRemovals } from '../brakes/part-deletions';
import type { DirtyAspect, DirtyIssue } from '../capture/dirty-issue';
import type { Agreement } from '../pairs/agreement';
import { copyDeletions, maySendComments } from '../pairs/comment-agreement';
import { readCommentTwin } from '../pairs/comment-twins';
import { findPair, originalId } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { maySendWork, readWorklogTwin } from '../worklogs/worklog-twins';

export interface PartsGate {
  /** Without what an admin decided not to pass on. */
  issues: DirtyIssue[];
  isBraked: boolean;
}

/** Costs nothing while there are few. What came with a deleted issue is not asked about here. */
export async function gateParts(
  session: Session,
  agreement: Agreement,
  issues: readonly DirtyIssue[],
): Promise<PartsGate> {
  const given = session.connection.brakeAnswers?.partDeletion;
  const isDecided = ({ at = 0 }: DirtyAspect): boolean => given !== undefined && at <= given.at;
  const parts = issues.flatMap((issue) => removalsOf(issue).map(({ dirty }) => dirty));
  const decided = parts.filter(isDecided);
  session.memory.freeRemovals = decided.length;
  const fresh = parts.length - decided.length;
  if (fresh > 0 && isTooMany(session, 'out', fresh)) {
    const asked = issues.map(({ issueId, aspects }) => ({
      issueId,
      aspects: aspects.filter((dirty) => !isDecided(dirty)),
    }));
    // Of something that nobody shares there is no copy.
    if (isTooMany(session, 'out', await countCopies(session, agreement, asked))) {
      await stopForRemovals(session, 'out');
      return { issues: [...issues], isBraked: true };
    }
  }
  return {
    issues: given?.answer === 'keep' ? await drop(session, issues, new Set(decided)) : [...issues],
    isBraked: false,
  };
}

const kinds = { uncomment: 'comment', unwork: 'worklog', unfile: 'attachment' } as const;
type Removal = { kind: (typeof kinds)[keyof typeof kinds]; id: string; dirty: DirtyAspect };

function removalsOf(issue: DirtyIssue): Removal[] {
  if (issue.aspects.some(({ aspect }) => aspect === 'deleted')) return [];
  return issue.aspects.flatMap((dirty) => {
    const [, name, id] = /^(uncomment|unwork|unfile):(.+)$/.exec(dirty.aspect) ?? [];
    return id === undefined ? [] : [{ kind: kinds[name as keyof typeof kinds], id, dirty }];
  });
}

async function countCopies(
  session: Session,
  agreement: Agreement,
  issues: readonly DirtyIssue[],
): Promise<number> {
  let found = 0;
  for (const issue of issues) {
    const removals = removalsOf(issue);
    const pair = removals.length === 0 ? undefined : await findPair(session, issue.issueId);
    if (pair === undefined) continue;
    for (const { kind, id } of removals) {
      const twin = originalId(session.box.salt, kind, id);
      if (await goesToo(session, agreement, pair, { kind, twin })) found += 1;
    }
  }
  return found;
}

async function goesToo(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  { kind, twin }: { kind: Removal['kind']; twin: string },
): Promise<boolean> {
  switch (kind) {
    case 'comment':
      if (!maySendComments(agreement, pair) || copyDeletions(agreement, pair) === 'keep') return false;
      return (await readCommentTwin(session, twin))?.state === 'there';
    case 'worklog':
      return maySendWork(agreement, pair) && (await readWorklogTwin(session, twin))?.state === 'there';
    case 'attachment':
      if (termsFor(agreement, pair, 'send')?.deletions !== 'delete') return false;
      return (await readFileTwin(session, twin))?.state === 'there';
  }
}

async function drop(
  session: Session,
  issues: readonly DirtyIssue[],
  decided: ReadonlySet<DirtyAspect>,
): Promise<DirtyIssue[]> {
  for (const { key, rev } of decided) {
    if (rev === undefined) continue;
    if (!session.hasRoom) await session.commit();
    session.rows.stage({ op: 'delete', table: 'dirty', key, if: { rev } });
  }
  const left = issues.map((issue) => ({
    ...issue,
    aspects: issue.aspects.filter((dirty) => !decided.has(dirty)),
  }));
  return left.filter(({ aspects }) => aspects.length > 0);
}
