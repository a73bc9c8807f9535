/** The brake for many deleted comments, files and logged work: they are counted, and asked about before more goes over, or goes here. */
import {
  isOverRemovals,
  mostRemovals,
  noteRemoval,
  type RemovalFlow,
  type RemovalTime,
} from '#core/lifecycle/part-deletions';
import type { DataOperation } from '#core/protocol/operations';
import type { Session } from '../stream/session';
import { raiseBrake } from './raise-brake';

/** Where a deletion is acted on that has consequences for a copy. What an admin let pass is not counted. */
export function countRemoval(session: Session, flow: RemovalFlow): void {
  if (session.memory.freeRemovals > 0) {
    session.memory.freeRemovals -= 1;
    return;
  }
  const removals = noteRemoval(session.stream.removals, flow, timeOf(session));
  session.change((stream) => ({ ...stream, removals }));
}

/** `more`: that wait to be acted on now. */
export function isTooMany(session: Session, flow: RemovalFlow, more: number): boolean {
  const { removals, counts } = session.stream;
  return isOverRemovals(removals, { flow, more, pairs: counts.pairs }, timeOf(session));
}

function timeOf({ ports, connection }: Session): RemovalTime {
  return { now: ports.clock.now(), answeredAt: connection.brakeAnswers?.partDeletion?.at };
}

/** What was withdrawn because nobody there may see it any more is not one of them: it must not wait. */
function isRemoval(operation: { op: string; withdrawn?: unknown }): boolean {
  return /^(comment|worklog|attachment)\.delete$/.test(operation.op) && operation.withdrawn !== true;
}

/** True when an operation of the partner has to wait for an answer first. */
export function mustAskFirst(session: Session, operation: { op: string }, seq: number): boolean {
  const answered = session.connection.brakeAnswers?.partDeletion?.seq ?? 0;
  return isRemoval(operation) && seq > answered && isTooMany(session, 'in', 1);
}

/** An admin's answer covers what had come in by then. True: the copy stays. */
export function staysByAnswer(session: Session, operation: DataOperation, seq: number): boolean {
  const given = session.connection.brakeAnswers?.partDeletion;
  if (given === undefined || seq > given.seq || !isRemoval(operation)) return false;
  if (given.answer !== 'keep') session.memory.freeRemovals = 1;
  return given.answer === 'keep';
}

/** Everything so far is written; what waits stays where it is. */
export async function stopForRemovals(session: Session, flow: RemovalFlow): Promise<void> {
  if (session.hasStaged) await session.commit();
  const where = flow === 'out' ? 'here' : 'on the partner site';
  const whose = flow === 'out' ? 'over there' : 'here';
  await raiseBrake(session.ports, session.id, {
    reason: 'partDeletion',
    text: `More than ${mostRemovals(session.stream.counts.pairs)} comments, files or entries of logged work were deleted ${where} within an hour. The other copies ${whose} are untouched.`,
    question: `Is this meant, so that the copies ${whose} go as agreed, or shall they stay?`,
    answers: [
      { id: 'carryOut', label: 'Carry it out' },
      { id: 'keep', label: 'Keep the copies' },
    ],
  });
  await session.reload();
}
