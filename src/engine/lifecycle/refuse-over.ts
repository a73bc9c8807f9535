/** Answers what the partner still says of a pair that is over; nothing of it is made again or kept for another try. */
import type { DataOperation } from '#core/protocol/operations';
import { readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';

const reason = 'The issue came to an end here (deleted, moved away or archived); its pair is over.';

/** True: it was answered. What only tells of something, or is gone already, goes its usual way. */
export async function refuseOver(session: Session, operation: DataOperation, seq: number): Promise<boolean> {
  const answer = answerTo(operation, seq);
  if (answer === undefined || !('pair' in operation)) return false;
  const pair = await readPair(session, operation.pair);
  if (pair?.state !== 'gone') return false;
  session.say(answer);
  return true;
}

function answerTo(operation: DataOperation, seq: number): DataOperation | undefined {
  switch (operation.op) {
    case 'issue.create':
      return { op: 'issue.held', pair: operation.pair, seq, slots: [], whole: reason };
    case 'issue.update':
    case 'issue.state': {
      const slots = Object.keys(operation.values).map((slot) => ({ slot, reason }));
      return { op: 'issue.held', pair: operation.pair, seq, slots };
    }
    case 'issue.recall':
      // The partner's memory was put back to a time before the end; whatever became of its issue then stays so.
      return { op: 'issue.ended', pair: operation.pair, why: 'unreachable', keep: true };
    case 'issue.pair':
      return { op: 'issue.unpaired', pair: operation.pair, no: 'paired' };
    case 'comment.put':
      return { op: 'comment.held', pair: operation.pair, comment: operation.comment, reason };
    case 'worklog.put':
      return { op: 'worklog.held', pair: operation.pair, worklog: operation.worklog, reason };
    case 'attachment.put':
      return { op: 'attachment.held', pair: operation.pair, attachment: operation.attachment, reason };
    default:
      return undefined;
  }
}
