/** Waits until nothing is under way and nothing is due. */
import { performance } from 'node:perf_hooks';
import type { ReadableActivity } from '../core/activity';
import type { Clock, PendingWork } from '../seam';
import type { SettleAnswer } from '../world-contract';

const LOOK_EVERY_MS = 15;
/** Quiet must be seen so often in a row: work passes from one part to the next between two looks. */
const QUIET_LOOKS = 3;

export interface SettleOptions {
  clock: Clock;
  activity: ReadableActivity;
  pending: () => PendingWork[];
}

/** What still counts: everything but work which the app itself put off beyond the horizon. */
function openWork({ clock, activity, pending }: SettleOptions, horizonMs: number): string[] {
  const until = clock.now() + horizonMs;
  const due = pending()
    .filter((work) => !work.appDelayed || work.dueAt <= until)
    .map((work) => `${work.site}: ${work.what} due in ${Math.max(0, work.dueAt - clock.now())} ms`);
  return [...activity.current(), ...due];
}

/** `timeoutMs` is real time, `horizonMs` the emulator's. */
export async function settle(
  options: SettleOptions,
  { timeoutMs, horizonMs = 0 }: { timeoutMs: number; horizonMs?: number },
): Promise<SettleAnswer> {
  const startedAt = performance.now();
  let quiet = 0;
  while (true) {
    const left = openWork(options, horizonMs);
    quiet = left.length === 0 ? quiet + 1 : 0;
    const waitedMs = Math.round(performance.now() - startedAt);
    if (quiet >= QUIET_LOOKS) return { ok: true, waitedMs, left: [] };
    if (waitedMs > timeoutMs) return { ok: false, waitedMs, left };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
