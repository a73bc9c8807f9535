/** A clock that only moves when told. */
import type { Clock } from '#engine/ports/world';

export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

export function virtualClock(start = Date.UTC(2026, 10, 2, 9)): VirtualClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
