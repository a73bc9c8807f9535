/** Work that goes on after its request: kept as rows, done in steps on the clock, in the name of whoever asked. */
import type { Actor } from '../seam';
import type { TaskOutcome, TaskRow } from './daily/rows';
import { TASK_KEPT_MS, TASK_START_MS, TASK_STEP_MS } from './limits';
import { Problem } from './problem';
import { requireUser, type Session, type World } from './world';

/** How one kind of task is done. */
export interface TaskWorker {
  /** Items of one step; a transactional task takes all of them in one. */
  perStep: number;
  /** Does some items; what it throws undoes the step and fails the task. */
  run(session: Session, payload: never, items: readonly string[]): TaskOutcome;
  /** What `GET /task/{taskId}` gives as `result` at the end. */
  result?(session: Session, task: TaskRow): unknown;
}

export type TaskWorkers = Readonly<Record<string, TaskWorker>>;

/** Opens a session of the actor at a moment and hands on its events when `run` has succeeded. */
export type ActAs = (actor: Actor, now: number, run: (session: Session) => void) => void;

/** Does what is due; the router calls it around each request. */
export interface Background {
  advance(now: number): void;
  /** Makes the clock come back when the next step is due. */
  wake(): void;
}

export const NOTHING_DONE: TaskOutcome = { done: [], failed: {} };

/** Books work of the caller; it starts a little later. */
export function submitTask(
  session: Session,
  work: { kind: string; description: string; payload: unknown; items: readonly string[] },
): TaskRow {
  const { actor } = session;
  return session.store.tasks.put({
    id: session.store.nextId('task'),
    kind: work.kind,
    description: work.description,
    submitterId: requireUser(session).id,
    ...(actor.kind === 'app' ? { appId: actor.appId } : {}),
    payload: work.payload,
    items: work.items,
    total: work.items.length,
    submitted: session.now,
    updated: session.now,
    status: 'ENQUEUED',
    nextAt: session.now + TASK_START_MS,
    outcome: NOTHING_DONE,
  });
}

export function isLive(task: TaskRow): boolean {
  return task.status === 'ENQUEUED' || task.status === 'RUNNING' || task.status === 'CANCEL_REQUESTED';
}

/** Whole percents of the items that are done. */
export function percentOf(task: TaskRow): number {
  if (task.status === 'COMPLETE' || task.total === 0) return isLive(task) ? 0 : 100;
  return Math.floor(((task.total - task.items.length) / task.total) * 100);
}

export function createBackground(world: World, workers: TaskWorkers, actAs: ActAs): Background {
  let cancelTimer = () => {};

  function nextDue(): TaskRow | undefined {
    const live = world.store.tasks.all().filter(isLive);
    return live.sort((left, right) => left.nextAt - right.nextAt || Number(left.id) - Number(right.id))[0];
  }

  function advance(now: number): void {
    for (let task = nextDue(); task !== undefined && task.nextAt <= now; task = nextDue()) step(task);
    for (const task of world.store.tasks.all()) {
      if (!isLive(task) && task.submitted + TASK_KEPT_MS <= now) world.store.tasks.remove(task.id);
    }
  }

  function step(task: TaskRow): void {
    const at = task.nextAt;
    if (task.status === 'CANCEL_REQUESTED') {
      world.store.tasks.put({ ...task, status: 'CANCELLED', updated: at, finished: at });
      return;
    }
    if (task.status === 'ENQUEUED') {
      const nextAt = at + TASK_STEP_MS;
      world.store.tasks.put({ ...task, status: 'RUNNING', started: at, updated: at, nextAt });
      return;
    }
    try {
      actAs(actorOf(task), at, (session) => runStep(session, task, at));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      world.store.tasks.put({ ...task, status: 'FAILED', updated: at, finished: at, message: error.message });
    }
  }

  function runStep(session: Session, task: TaskRow, at: number): void {
    const worker = workers[task.kind];
    if (worker === undefined) throw new Error(`nobody does tasks of kind ${task.kind}`);
    const now = worker.run(session, task.payload as never, task.items.slice(0, worker.perStep));
    const items = task.items.slice(worker.perStep);
    const outcome = {
      done: [...task.outcome.done, ...now.done],
      failed: { ...task.outcome.failed, ...now.failed },
    };
    const next: TaskRow = { ...task, items, outcome, updated: at, nextAt: at + TASK_STEP_MS };
    if (items.length > 0) {
      world.store.tasks.put(next);
      return;
    }
    const result = worker.result?.(session, next);
    const end = result === undefined ? {} : { result };
    world.store.tasks.put({ ...next, status: 'COMPLETE', finished: at, ...end });
  }

  function wake(): void {
    cancelTimer();
    const next = nextDue();
    if (next === undefined) return;
    cancelTimer = world.clock.after(Math.max(0, next.nextAt - world.clock.now()), () => {
      advance(world.clock.now());
      wake();
    });
  }

  return { advance, wake };
}

function actorOf(task: TaskRow): Actor {
  return task.appId === undefined
    ? { kind: 'user', accountId: task.submitterId }
    : { kind: 'app', accountId: task.submitterId, appId: task.appId };
}
