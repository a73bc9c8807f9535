/** Counts units per key in fixed windows (the platform's limits are "per minute", "per second"). */
import type { Clock } from '../seam';

export interface RateWindow {
  /** True when `units` more fit into the current window of `key`; nothing is counted. */
  fits(key: string, units?: number): boolean;
  /** Counts `units`, fitting or not (a read's size is known only afterwards). */
  count(key: string, units?: number): void;
  /** What X-Ratelimit headers tell: units left and when the window ends (milliseconds since the epoch). */
  state(key: string): { limit: number; remaining: number; resetAt: number };
}

/** Keys kept before those of past windows are dropped. */
const SWEEP_ABOVE = 2000;

/** Windows begin at whole multiples of `windowMs` on the clock. */
export function createRateWindow(clock: Clock, limit: number, windowMs: number): RateWindow {
  const counts = new Map<string, { window: number; used: number }>();

  function current(key: string): { window: number; used: number } {
    const window = Math.floor(clock.now() / windowMs);
    const known = counts.get(key);
    if (known !== undefined && known.window === window) return known;
    if (counts.size > SWEEP_ABOVE)
      for (const [old, count] of counts) if (count.window !== window) counts.delete(old);
    const fresh = { window, used: 0 };
    counts.set(key, fresh);
    return fresh;
  }

  return {
    fits: (key, units = 1) => current(key).used + units <= limit,
    count(key, units = 1) {
      current(key).used += units;
    },
    state(key) {
      const { window, used } = current(key);
      return { limit, remaining: Math.max(0, limit - used), resetAt: (window + 1) * windowMs };
    },
  };
}
