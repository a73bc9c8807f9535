/** Applies one data operation of the partner; whoever sends what was not agreed is answered, not obeyed. */
import type { DataOperation } from '#core/protocol/operations';
import { applyFileDelete, applyFileHeld, applyFilePut } from '../attachments/apply-file';
import { staysByAnswer } from '../brakes/part-deletions';
import { applyDriftAsk, applyDriftHeal, applyDriftLook } from '../drift/answer-check';
import { applyDriftSeen, applyDriftTell } from '../drift/conclude-check';
import { applyParts } from '../epoch/apply-parts';
import { applyEpochDone, applyEpochOpen, applyRecall } from '../epoch/apply-recall';
import { recalledIn } from '../epoch/forgotten-since';
import { applyBack, applyLeft } from '../filter/apply-left';
import { applyEnded } from '../lifecycle/apply-ended';
import { applyMoved } from '../lifecycle/move-between';
import { refuseOver } from '../lifecycle/refuse-over';
import { applyLinks, applyLinksHeld } from '../links/apply-links';
import { applyPair, applyUnpaired } from '../pairing/apply-pair';
import type { Agreement } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { applyWorklogDelete, applyWorklogHeld, applyWorklogPut } from '../worklogs/apply-worklog';
import { applyCommentPut } from './apply-comment';
import { applyCommentDelete } from './apply-comment-delete';
import { applyCommentEdit } from './apply-comment-edit';
import { applyConflict } from './apply-conflict';
import { applyCreate } from './apply-create';
import { applyCommentHeld, applyHeld, applyTwin } from './apply-reports';
import { applyValues, type ValuesWork } from './apply-values';

/** `seq`: of the partner's batch that carries it. */
export async function applyOperation(
  session: Session,
  agreement: Agreement,
  operation: DataOperation,
  seq: number,
): Promise<Outcome> {
  if ((await refuseOver(session, operation, seq)) || staysByAnswer(session, operation, seq)) return done;
  switch (operation.op) {
    case 'issue.create':
      return applyCreate(session, agreement, operation, seq);
    case 'issue.update': {
      const { values, seen, base, at, times, resolves } = operation;
      const update = { seq, values, seen, base, at, times, resolves };
      return toPair(session, agreement, operation, { update });
    }
    case 'issue.state': {
      const { values, seen, at, ask, past } = operation;
      const state = { ask, ...(ask ? recalledIn(session, past) : {}) };
      return toPair(session, agreement, operation, { update: { seq, values, seen, at }, state });
    }
    case 'issue.pair':
      return applyPair(session, agreement, operation, seq);
    case 'issue.unpaired':
      return applyUnpaired(session, operation);
    case 'issue.left':
      return applyLeft(session, agreement, operation);
    case 'issue.back':
      return applyBack(session, operation);
    case 'issue.moved':
      return applyMoved(session, agreement, operation);
    case 'issue.ended':
      return applyEnded(session, agreement, operation);
    case 'drift.ask':
      return applyDriftAsk(session, operation);
    case 'drift.tell':
      return applyDriftTell(session, operation);
    case 'drift.look':
      return applyDriftLook(session, agreement, operation);
    case 'drift.seen':
      return applyDriftSeen(session, agreement, operation);
    case 'drift.heal':
      return applyDriftHeal(session, operation);
    case 'epoch.open':
      return applyEpochOpen(session, operation);
    case 'epoch.done':
      return applyEpochDone(session, operation);
    case 'issue.recall':
      return applyRecall(session, agreement, operation, seq);
    case 'issue.parts':
      return applyParts(session, agreement, operation, seq);
    case 'issue.twin':
      return applyTwin(session, agreement, operation);
    case 'issue.held':
      return applyHeld(session, agreement, operation);
    case 'issue.conflict':
      return applyConflict(session, agreement, operation, seq);
    case 'comment.put':
      return applyCommentPut(session, agreement, operation);
    case 'comment.delete':
      return applyCommentDelete(session, agreement, operation);
    case 'attachment.put':
      return applyFilePut(session, agreement, operation);
    case 'attachment.delete':
      return applyFileDelete(session, agreement, operation);
    case 'attachment.held':
      return applyFileHeld(session, operation);
    case 'comment.edit':
      return applyCommentEdit(session, agreement, operation);
    case 'comment.held':
      return applyCommentHeld(session, operation);
    case 'issue.links':
      return applyLinks(session, agreement, operation);
    case 'issue.linksHeld':
      return applyLinksHeld(session, operation);
    case 'worklog.put':
      return applyWorklogPut(session, agreement, operation);
    case 'worklog.delete':
      return applyWorklogDelete(session, agreement, operation);
    case 'worklog.held':
      return applyWorklogHeld(session, operation);
  }
}

async function toPair(
  session: Session,
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.update' | 'issue.state' }>,
  work: Omit<ValuesWork, 'pair'>,
): Promise<Outcome> {
  // Of two unrecorded writes a crash would make the second look like an edit against the first.
  if (session.memory.unrecorded.has(operation.pair)) await session.commit();
  const pair = await readPair(session, operation.pair);
  if (pair !== undefined && pair.mapping === operation.mapping) {
    return applyValues(session, agreement, { pair, ...work });
  }
  const reason = 'This issue has no twin here.';
  const slots = Object.keys(operation.values).map((slot) => ({ slot, reason }));
  session.say({ op: 'issue.held', pair: operation.pair, seq: work.update.seq, slots, whole: reason });
  return done;
}
