/** One of many: what fails is undone alone, with its events, while the others go on. */
import { Problem } from '../problem';
import type { Session } from '../world';

/** Runs `task` in a session of its own; a refusal is returned, and nothing of what the task did stays. */
export function attempt<S extends Session>(session: S, task: (inner: S) => void): Problem | undefined {
  const events: [string, Record<string, unknown>][] = [];
  const inner: S = { ...session, emit: (type, payload) => events.push([type, payload]) };
  try {
    session.store.atomically(() => task(inner));
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  for (const [type, payload] of events) session.emit(type, payload);
  return undefined;
}

/** All texts of a refusal. */
export function textsOf(problem: Problem): string[] {
  return [...problem.body.errorMessages, ...Object.values(problem.body.errors)];
}
