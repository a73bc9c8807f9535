/** The brake for far more changes than usual: the session counts them, and here it is asked before more is sent or applied. */
import { type Flow, isCounted, isOverRate, mostOrdinary } from '#core/brake/change-rate';
import type { Session } from '../stream/session';
import { rateFacts } from './change-rate-facts';
import { raiseBrake } from './raise-brake';

/** True when nothing more may be sent, or applied, before somebody was asked. */
export function isTooFast(session: Session, flow: Flow): boolean {
  return isOverRate(session.stream.rate, flow, rateFacts(session.ports, session.connection));
}

/** As `isTooFast`, for one operation of the partner. */
export function isTooFastFor(session: Session, operation: { op: string; at?: unknown }): boolean {
  return isCounted(operation, rateFacts(session.ports, session.connection)) && isTooFast(session, 'in');
}

/** Everything so far is written; what waits stays where it is. `waiting`: issues here, or batches of the partner. */
export async function stopForRate(session: Session, flow: Flow, waiting: number): Promise<void> {
  if (session.hasStaged) await session.commit();
  const usual = Math.round(session.stream.rate?.[flow]?.usual ?? 0);
  const most = mostOrdinary(session.stream.rate?.[flow]?.usual ?? 0);
  const where = flow === 'out' ? 'here' : 'on the partner site';
  const how = usual === 0 ? '' : ` A usual hour has about ${usual}.`;
  const queued =
    flow === 'out'
      ? `At least ${waiting} issues with changes wait to be sent.`
      : `At least ${waiting} messages of the partner wait to be applied.`;
  await raiseBrake(session.ports, session.id, {
    reason: 'changeRate',
    text: `${most} changes were made ${where} within an hour.${how} A script or a rule may be running in a circle. ${queued} Nothing is lost.`,
    question:
      flow === 'out'
        ? 'Are these changes meant? Then let them through. Otherwise put right what makes them first.'
        : 'Are these changes meant? Ask your partner. Then let them through.',
    answers: [{ id: 'go', label: 'Let them through' }],
  });
  await session.reload();
}
