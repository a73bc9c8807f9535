/** Takes away our copies of what is gone over there: its deletion was noted by a memory, or said in an epoch, that was lost. */
import type { IssueParts } from '#core/protocol/epoch-operations';
import { applyCommentDelete } from '../apply/apply-comment-delete';
import { applyFileDelete } from '../attachments/apply-file';
import { termsFor } from '../attachments/rows';
import { isTooMany, stopForRemovals } from '../brakes/part-deletions';
import type { Agreement } from '../pairs/agreement';
import { copyDeletions, mayReceiveComments } from '../pairs/comment-agreement';
import { done, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { applyWorklogDelete } from '../worklogs/apply-worklog';
import { mayReceiveWork } from '../worklogs/worklog-twins';
import { copiesHere } from './copies-here';

/** With less time left than this, milliseconds, the rest is for the next invocation; what is done is written. */
const reserveMs = 8_000;
const pauseMs = 1_000;

/** Each of them as if its deletion had been said; the brake for many of them counts them as such. */
export async function applyParts(
  session: Session,
  agreement: Agreement,
  operation: IssueParts,
  seq: number,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair?.local === undefined || pair.state === 'gone') return done;
  if (!mayReceive[operation.kind](agreement, pair)) return done;
  const { kind, ids, after = '', upTo } = operation;
  const copies = await copiesHere(session, { pair: pair.pair, issueId: pair.local.id, kind });
  if ('afterMs' in copies) return copies;
  const there = new Set(ids);
  const lost = [...copies].filter((id) => !there.has(id) && id > after && (upTo === undefined || id <= upTo));
  if (lost.length === 0) return done;
  const answered = session.connection.brakeAnswers?.partDeletion;
  const isAnswered = answered !== undefined && seq <= answered.seq;
  if (isAnswered && answered.answer === 'keep') return done;
  if (!isAnswered && isCounted[kind](agreement, pair) && isTooMany(session, 'in', lost.length)) {
    await stopForRemovals(session, 'in');
    return { kind: 'later', afterMs: pauseMs, why: 'An admin is asked first.' };
  }
  return takeAway(session, agreement, operation, { lost, isFree: isAnswered });
}

type Kind = IssueParts['kind'];
type Ask = (agreement: Agreement, pair: Parameters<typeof mayReceiveWork>[1]) => boolean;

const mayReceive: Record<Kind, Ask> = {
  comment: mayReceiveComments,
  worklog: mayReceiveWork,
  attachment: (agreement, pair) => termsFor(agreement, pair, 'receive') !== undefined,
};

/** Whether a copy goes with its original. A file that was never fetched cannot come any more, whatever is agreed. */
const isCounted: Record<Kind, Ask> = {
  comment: (agreement, pair) => copyDeletions(agreement, pair) !== 'keep',
  worklog: () => true,
  attachment: (agreement, pair) => termsFor(agreement, pair, 'receive')?.deletions === 'delete',
};

async function takeAway(
  session: Session,
  agreement: Agreement,
  { pair, kind }: IssueParts,
  { lost, isFree }: { lost: readonly string[]; isFree: boolean },
): Promise<Outcome> {
  for (const id of lost) {
    if (session.ports.budget.remainingMs() < reserveMs) {
      return { kind: 'later', afterMs: pauseMs, why: 'There are many copies to take away.' };
    }
    if (!session.hasRoom) await session.commit();
    if (isFree) session.memory.freeRemovals = 1;
    const outcome = await remove(session, agreement, pair, kind, id);
    // What was no removal leaves nothing free for the next one.
    session.memory.freeRemovals = 0;
    if (outcome.kind !== 'done') return outcome;
  }
  return done;
}

function remove(
  session: Session,
  agreement: Agreement,
  pair: string,
  kind: Kind,
  id: string,
): Promise<Outcome> {
  switch (kind) {
    case 'comment':
      return applyCommentDelete(session, agreement, { op: 'comment.delete', pair, comment: id });
    case 'worklog':
      return applyWorklogDelete(session, agreement, { op: 'worklog.delete', pair, worklog: id });
    case 'attachment':
      return applyFileDelete(session, agreement, { op: 'attachment.delete', pair, attachment: id });
  }
}
