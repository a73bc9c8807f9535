/** The journal that the console shows: a ring of the newest lines, and listeners. */
import type { Clock, Timeline } from '../seam';
import type { TimelineEntry, TimelineReader } from '../world-contract';

const KEPT_LINES = 2000;
const DEFAULT_RECENT = 200;

/** A journal which keeps the newest 2000 lines in memory. */
export function createTimeline(clock: Clock): Timeline & TimelineReader {
  const lines: TimelineEntry[] = [];
  const listeners = new Set<(entry: TimelineEntry) => void>();
  let lastId = 0;
  return {
    record(entry) {
      lastId += 1;
      const line: TimelineEntry = { id: lastId, at: clock.now(), ...entry };
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      for (const listener of listeners) listener(line);
    },
    recent: (limit = DEFAULT_RECENT) => lines.slice(-limit),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
