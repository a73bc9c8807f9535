/**
 * Carries the depth of nesting from a function's call of a webtrigger to the invocation that answers it, through services
 * which need not know of it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const depths = new AsyncLocalStorage<number>();

/** Runs `work`; invocations which it waits for are at this depth. */
export function atDepth<T>(depth: number, work: () => T): T {
  return depths.run(depth, work);
}

/** The depth of an invocation that begins here. */
export function currentDepth(): number {
  return depths.getStore() ?? 0;
}
