/** What is under way right now, so that `settle` can wait until nothing is. */
import type { Activity } from '../seam';

export interface ReadableActivity extends Activity {
  /** Texts of what is under way, oldest first. */
  current(): string[];
}

/** Nothing under way at first. */
export function createActivity(): ReadableActivity {
  const running = new Map<symbol, string>();
  return {
    begin(what) {
      const id = Symbol(what);
      running.set(id, what);
      return () => {
        running.delete(id);
      };
    },
    current: () => [...running.values()],
  };
}
