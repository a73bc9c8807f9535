/** The worker: one wake-up, one slice of work on one connection, in this order: apply, agree, capture, send. */
import { applyInbox } from './apply/apply-inbox';
import { applyOperation } from './apply/apply-operation';
import { recordCopies } from './apply/record-copies';
import { workInBackground } from './background';
import { stopForRate } from './brakes/change-rate';
import { captureDirty } from './capture/capture-dirty';
import { readDirty } from './capture/dirty-issue';
import { catchUpKey } from './catch-up/rows';
import type { ControlHandlers } from './control-handlers';
import { epochSlice } from './epoch/epoch-slice';
import { greetFirst } from './epoch/greet-first';
import { tendEpoch } from './epoch/tend-epoch';
import type { Ports } from './ports/ports';
import type { WakeUp } from './ports/world';
import { isRunning } from './rows/registry';
import { cutControl } from './stream/cut-control';
import { LeaseLost, RowsChanged } from './stream/errors';
import { leaveHints } from './stream/leave-hints';
import { sendAck, sendOutbox } from './stream/send-outbox';
import { type Run, Session } from './stream/session';
import { Todo } from './stream/todo';

/** With less time left than this, milliseconds, the rest is for the next invocation. */
const reserveMs = 8_000;
/** An idle connection says once in a while that it is there. */
const heartbeatMs = 3_600_000;
const mostStarts = 5;

/** Safe to run twice, late, and on several machines at once: only the holder of the lease changes anything. */
export async function work(
  ports: Ports,
  message: WakeUp,
  run: Run,
  handlers: ControlHandlers,
): Promise<void> {
  for (let start = 0; start < mostStarts; start += 1) {
    const session = await Session.open(ports, message.connection, run);
    if (session === undefined) return;
    if (session === 'busy') {
      if (await leaveToHolder(ports, message, run)) return;
      continue;
    }
    try {
      return await workOn(session, message.hints, handlers);
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof RowsChanged) continue;
      await session.abandon();
      throw error;
    }
  }
  await ports.queue.wake(message, 5);
}

/** False when the holder was done before it could see our hints: then they are ours again. */
async function leaveToHolder(ports: Ports, message: WakeUp, run: Run): Promise<boolean> {
  const isFirst = await leaveHints(ports, message.connection, message.hints);
  if ((await Session.open(ports, message.connection, run)) !== 'busy') return false;
  // The holder may have been killed. One look after its time is enough for all who come meanwhile.
  if (isFirst) await ports.queue.wake({ connection: message.connection, hints: [] }, 60);
  return true;
}

async function workOn(session: Session, hints: readonly string[], handlers: ControlHandlers): Promise<void> {
  const todo = new Todo(session, hints);
  let isFirst = true;
  const tell = { applied: session.stream.in.applied, sealed: session.stream.out.seq };
  for (;;) {
    // Somebody may have pressed Stop meanwhile.
    if (!isFirst) await session.reload();
    isFirst = false;
    const step = await workStep(session, todo, handlers);
    if (step === 'ended') return;
    if (step === 'again' && session.ports.budget.remainingMs() > reserveMs) continue;
    todo.stage(session);
    await recordCopies(session);
    if (!(await session.release())) {
      todo.addNews(session);
      continue;
    }
    if (step === 'again') todo.delay(0);
    if ((await tellPartner(session, todo, tell)) === 'again') continue;
    await todo.wakeLater(session);
    return;
  }
}

/** `again`: there is more to do at once. */
async function workStep(
  session: Session,
  todo: Todo,
  handlers: ControlHandlers,
): Promise<'again' | 'idle' | 'ended'> {
  const before = { applied: session.stream.in.applied, done: session.done };
  await tendEpoch(session);
  const withJira = await workWithJira(session, todo, handlers);
  if (withJira === 'ended') return 'ended';
  await cutControl(session);
  if (session.isSaying) await session.commit();
  const isAlive = session.stream.in.applied > before.applied || todo.isHeardNow(session);
  const sent = await sendOutbox(session, isAlive);
  if (sent.kind === 'later') {
    if (sent.isNew) todo.delay(sent.afterMs);
    return 'idle';
  }
  // A message that was not taken calls for a new epoch.
  if (session.memory.epoch !== undefined) return 'again';
  const isUnblocked = todo.hasWaiting && session.done > before.done;
  return withJira === 'more' || isUnblocked || !sent.isAll ? 'again' : 'idle';
}

/** Nothing while Jira wants a pause. */
async function workWithJira(
  session: Session,
  todo: Todo,
  handlers: ControlHandlers,
): Promise<'more' | 'all' | 'ended'> {
  if (isPaused(session)) return 'all';
  const greeted = await greetFirst(session, todo);
  if (greeted !== 'known') return greeted === 'again' ? 'more' : 'all';
  const applied = await applyInbox({ session, handlers, apply: applyOperation });
  if (applied.kind === 'ended') return 'ended';
  await cutControl(session);
  // After a failure in Jira something may be written there that the base does not say yet: it would look like an edit.
  if (applied.kind === 'later') {
    todo.pause(session, applied);
    return 'all';
  }
  const more = isRunning(session.connection) && (await capture(session, todo));
  return more || applied.kind === 'slice' ? 'more' : 'all';
}

function isPaused(session: Session): boolean {
  const { pausedUntil } = session.stream;
  if (pausedUntil === undefined) return false;
  if (pausedUntil > session.ports.clock.now()) return true;
  session.change(({ pausedUntil: _over, ...stream }) => stream);
  return false;
}

/** After a loss of memory, until both sites know the same again. */
async function tellForgotten(session: Session, todo: Todo): Promise<'over' | 'more' | 'waits'> {
  const told = await epochSlice(session);
  if (told.kind !== 'later') return told.kind;
  todo.delay(told.afterMs);
  return 'waits';
}

/** True when there is more to capture at once. */
async function capture(session: Session, todo: Todo): Promise<boolean> {
  // A listing or a read must find what was noted in this run.
  if (session.noted.size > 0) await session.commit();
  const told = await tellForgotten(session, todo);
  if (told !== 'over') return told === 'more';
  const keys = await todo.take(session);
  if (keys.includes(catchUpKey(session.id))) {
    session.memory.isCatchUpWanted = true;
    session.memory.isHourly = true;
  }
  const captured = await captureDirty(session, await readDirty(session.ports, session.id, keys));
  todo.keep(captured.waiting);
  todo.rest(session);
  if (captured.wakeAfterMs !== undefined) todo.delay(captured.wakeAfterMs);
  todo.keep(captured.left.flatMap(({ aspects }) => aspects.map(({ key }) => key)));
  if (captured.later !== undefined) {
    todo.pause(session, captured.later);
    return false;
  }
  if (captured.isTooFast === true) {
    await stopForRate(session, 'out', captured.left.length);
    return false;
  }
  // What is live goes first.
  if (captured.left.length > 0) return true;
  return (await workInBackground(session, todo)) || todo.hasFresh(session);
}

/** Nobody is there, but we are; or the answer calls for a new epoch. */
function afterSilence(session: Session, isSilent: boolean): 'again' | 'done' {
  if (session.memory.epoch !== undefined) return 'again';
  if (!isSilent) return 'done';
  session.change((current) => ({ ...current, aliveAt: session.ports.clock.now() }));
  return 'again';
}

interface Told {
  applied: number;
  sealed: number;
}

/**
 * What was applied is told at once, unless a batch told it, because changes over there may wait for exactly that. Changes
 * of ours that wait ask in the same way. Needs no lease.
 */
async function tellPartner(session: Session, todo: Todo, told: Told): Promise<'again' | 'done'> {
  const { stream } = session;
  const isNews = stream.in.applied > told.applied && stream.out.seq === told.sealed;
  const isAsking =
    todo.hasWaiting &&
    !todo.isDelayed &&
    stream.out.acked === stream.out.seq &&
    stream.in.applied === told.applied;
  const heardAt = Math.max(stream.heardAt ?? 0, stream.aliveAt ?? 0, session.incoming.heardAt ?? 0);
  // The run of the hour greets too, so that nobody is woken for that alone; one of the two sites is enough.
  const isGreeting = session.memory.isHourly && session.connection.role === 'primary';
  const silenceMs = isGreeting ? heartbeatMs / 2 : heartbeatMs;
  const isSilent = heardAt > 0 && session.ports.clock.now() - heardAt >= silenceMs;
  // Whoever cannot be reached is told by the timer of the outbox, not by every run.
  const isUnreachable = stream.out.tries !== undefined;
  if (isUnreachable || (!isNews && !isAsking && !isSilent)) return 'done';
  const done = session.done;
  told.applied = stream.in.applied;
  told.sealed = stream.out.seq;
  if (!(await sendAck(session))) return afterSilence(session, isSilent);
  if (isSilent) session.change((current) => ({ ...current, heardAt: session.ports.clock.now() }));
  return session.hasStaged || session.done > done ? 'again' : 'done';
}
