/** The Queue port on Forge async events. */
import { InternalServerError, InvocationLimitReachedError, Queue, RateLimitError } from '@forge/events';
import type { Queue as QueuePort, WakeUp } from '#engine/ports/world';
import { longestDelaySeconds } from './limits';

/** Of the manifest's consumer. */
const queueKey = 'work';

export const forgeQueue: QueuePort = {
  async wake(message, delaySeconds = 0) {
    const queue = new Queue<Record<string, unknown>>({ key: queueKey });
    const body: WakeUp & Record<string, unknown> = { ...message };
    try {
      await queue.push({
        body,
        delayInSeconds: Math.min(Math.max(0, Math.ceil(delaySeconds)), longestDelaySeconds),
      });
    } catch (error) {
      // What is to be done stands in rows already, and the five-minute sweep finds rows whose wake-up was lost.
      if (!isPassing(error)) throw error;
      console.warn('A wake-up was not accepted; the sweep will do its work.', (error as Error).name);
    }
  },
};

function isPassing(error: unknown): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof InvocationLimitReachedError ||
    error instanceof InternalServerError
  );
}
