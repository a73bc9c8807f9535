/** Platform calls which a latency fault holds back, so that `settle` can see what they wait for. */
import type { Clock, PendingWork } from '../seam';

export interface CallDelays {
  /** Resolves after `ms` of the world's time. */
  wait(site: string, call: string, ms: number): Promise<void>;
  pending(): PendingWork[];
}

/** Nothing is held back at first. */
export function createCallDelays(clock: Clock): CallDelays {
  const waiting = new Set<PendingWork>();
  return {
    wait(site, call, ms) {
      const work = { site, what: `${call} held back`, dueAt: clock.now() + ms, appDelayed: false };
      waiting.add(work);
      return new Promise((resolve) => {
        clock.after(ms, () => {
          waiting.delete(work);
          resolve();
        });
      });
    },
    pending: () => [...waiting],
  };
}
