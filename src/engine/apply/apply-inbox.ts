/** Applies what came in, batch by batch and operation by operation; each is done once, and order is kept. */
import type { BatchEntry } from '#core/protocol/envelope';
import type { DataOperation } from '#core/protocol/operations';
import { isTooFastFor, stopForRate } from '../brakes/change-rate';
import { mustAskFirst, stopForRemovals } from '../brakes/part-deletions';
import { inboxPlace } from '../epoch/inbox-lives';
import { done, type Later, type Outcome } from '../pairs/outcome';
import { isVerified, mayApply } from '../stream/heads';
import { type Applying, applyControl, finishBatch, isControl, readBatch, setAside } from './inbox-batch';
import { searchControl } from './search-control';

/** Time that one operation may need, milliseconds; with less left the next invocation goes on. */
const reserveMs = 8_000;

/** `slice`: out of time. `stopped`: data waits until somebody starts. `ended`: the connection ended on the way. */
export type Applied = { kind: 'all' | 'slice' | 'stopped' | 'ended' } | Later;

/** Goes on where the last run ended. */
export async function applyInbox(work: Applying): Promise<Applied> {
  const { session } = work;
  while (session.stream.in.applied < inboxPlace(session.stream, session.incoming).end) {
    const seq = session.stream.in.applied + 1;
    const isDone = session.stream.in.ahead?.includes(seq) === true;
    const result = isDone ? ({ kind: 'batch' } as const) : await applyBatch(work, seq);
    if (result.kind === 'batch') {
      finishBatch(session, seq);
    } else if (result.kind !== 'waits') {
      return result;
    } else {
      const searched = await searchControl(work);
      if (searched !== 'started') return { kind: searched };
    }
  }
  return { kind: 'all' };
}

type BatchResult = { kind: 'batch' } | { kind: 'waits' } | { kind: 'slice' | 'ended' } | Later;

async function applyBatch(work: Applying, seq: number): Promise<BatchResult> {
  const { session } = work;
  const entries = await readBatch(session, seq);
  const before = session.stream.in.ops ?? 0;
  for (const [index, entry] of entries.entries()) {
    if (index < before) continue;
    await slowDown(work, entry, seq);
    const stop = await makeRoom(work, entry);
    if (stop !== undefined) return stop;
    const outcome = isControl(entry)
      ? await applyControl(work, entry, seq)
      : await applyData(work, entry, seq);
    if (outcome?.kind === 'later') return outcome;
    if (session.connection.phase !== 'joined') return { kind: 'ended' };
    session.change((stream) => ({ ...stream, in: { ...stream.in, ops: index + 1 } }));
  }
  return { kind: 'batch' };
}

/** More than an hour may have waits in the inbox until somebody was asked. */
async function slowDown({ session }: Applying, entry: BatchEntry, seq: number): Promise<void> {
  if (!entry.known || isControl(entry) || !mayApply(session.connection)) return;
  if (isTooFastFor(session, entry.operation)) {
    await stopForRate(session, 'in', session.incoming.seq - seq + 1);
  }
  if (mustAskFirst(session, entry.operation, seq)) await stopForRemovals(session, 'in');
}

async function makeRoom(
  { session }: Applying,
  entry: BatchEntry,
): Promise<{ kind: 'slice' } | { kind: 'waits' } | undefined> {
  if (session.ports.budget.remainingMs() < reserveMs) return { kind: 'slice' };
  const isWaiting = !isControl(entry) && isVerified(session.connection) && !mayApply(session.connection);
  if (isWaiting) return { kind: 'waits' };
  if (!session.hasRoom) await session.commit();
  return undefined;
}

async function applyData({ session, apply }: Applying, entry: BatchEntry, seq: number): Promise<Outcome> {
  if (!isVerified(session.connection)) {
    setAside(session, 'A change came in before both admins had confirmed the words. It was not applied.');
    return done;
  }
  if (!entry.known) {
    setAside(session, `The partner sent "${entry.op}", which this version does not know. It was set aside.`);
    if (entry.pair !== undefined && /^[a-z0-9-]{8,64}$/.test(entry.pair)) {
      const whole = 'The app on the partner site does not know this kind of change: it has to be updated.';
      session.say({ op: 'issue.held', pair: entry.pair, seq, slots: [], whole });
    }
    return done;
  }
  const agreement = await session.agreement();
  session.log.seq = seq;
  const outcome = await apply(session, agreement, entry.operation as DataOperation, seq);
  session.log.seq = undefined;
  if (outcome.kind === 'done') session.count('in', entry.operation);
  return outcome;
}
