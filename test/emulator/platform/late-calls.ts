/** Platform calls whose callers gave up: carried out later, when nobody waits for the answer. */
import type { Activity, Clock, PendingWork } from '../seam';

export interface LateCalls {
  /** Runs `work` after `ms` of the world's time; it must not reject. */
  land(site: string, call: string, ms: number, work: () => Promise<void>): void;
  pending(): PendingWork[];
}

/** None is on its way at first. */
export function createLateCalls(clock: Clock, activity: Activity): LateCalls {
  const waiting = new Set<PendingWork>();
  return {
    land(site, call, ms, work) {
      const late = { site, what: `${call} lands late`, dueAt: clock.now() + ms, appDelayed: false };
      waiting.add(late);
      clock.after(ms, () => {
        const done = activity.begin(late.what);
        waiting.delete(late);
        void work().finally(done);
      });
    },
    pending: () => [...waiting],
  };
}
