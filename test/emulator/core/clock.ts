/** Time for the emulator: the machine's clock, or a virtual one which moves only when told. */
import type { Clock } from '../seam';

/** The machine's time. Timers do not keep the process alive. */
export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, task) {
      const timer = setTimeout(task, Math.max(0, ms));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export interface VirtualClock extends Clock {
  /** Moves time forward and runs what falls due, in order of time; what that starts is over before time goes on. */
  advance(ms: number): Promise<void>;
  /** How to wait until nothing goes on unless time does; default: one turn of the event loop. */
  onQuiet(wait: () => Promise<void>): void;
}

/** Tells the two clocks apart. */
export function isVirtualClock(clock: Clock): clock is VirtualClock {
  return 'advance' in clock;
}

interface Timer {
  dueAt: number;
  order: number;
  task: () => void;
}

function takeNextDue(timers: Set<Timer>, until: number): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) {
    if (timer.dueAt > until) continue;
    if (!next || timer.dueAt < next.dueAt || (timer.dueAt === next.dueAt && timer.order < next.order)) {
      next = timer;
    }
  }
  if (next) timers.delete(next);
  return next;
}

/** A clock which starts at `startAt` (ms since the epoch) and stands still. */
export function createVirtualClock(startAt: number): VirtualClock {
  let now = startAt;
  let order = 0;
  const timers = new Set<Timer>();
  // A task that falls due may start real input and output; it gets a turn at least.
  let quiet = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    onQuiet(wait) {
      quiet = wait;
    },
    now: () => now,
    after(ms, task) {
      order += 1;
      const timer = { dueAt: now + Math.max(0, ms), order, task };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      await quiet();
      for (let timer = takeNextDue(timers, until); timer; timer = takeNextDue(timers, until)) {
        now = Math.max(now, timer.dueAt);
        timer.task();
        await quiet();
      }
      now = Math.max(now, until);
    },
  };
}
