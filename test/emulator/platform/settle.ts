/** Waits until nothing is under way and nothing is due. */
import { performance } from 'node:perf_hooks';
import type { ReadableActivity } from '../core/activity';
import { isVirtualClock } from '../core/clock';
import type { Clock, PendingWork } from '../seam';
import type { SettleAnswer } from '../world-contract';

const LOOK_EVERY_MS = 15;
/** Quiet must be seen so often in a row: work passes from one part to the next between two looks. */
const QUIET_LOOKS = 3;

export interface SettleOptions {
  clock: Clock;
  activity: ReadableActivity;
  pending: () => PendingWork[];
  /** True when nothing goes on unless time does. */
  waitsForTime: () => boolean;
}

/** What still counts: everything but work which the app itself put off beyond the horizon. */
function openWork({ clock, activity, pending }: SettleOptions, horizonMs: number): string[] {
  const until = clock.now() + horizonMs;
  const due = pending()
    .filter((work) => !work.appDelayed || work.dueAt <= until)
    .map((work) => `${work.site}: ${work.what} due in ${Math.max(0, work.dueAt - clock.now())} ms`);
  return [...activity.current(), ...due];
}

/** When work that counts falls due next; in the past when it is due already. */
function nextDueAt({ clock, pending }: SettleOptions, horizonMs: number): number | undefined {
  const now = clock.now();
  const dueAts = pending()
    .filter((work) => !work.appDelayed || work.dueAt <= now + horizonMs)
    .map((work) => work.dueAt);
  const next = Math.min(...dueAts);
  return Number.isFinite(next) ? next : undefined;
}

/**
 * `timeoutMs` is real time, `horizonMs` the emulator's. On the virtual clock nothing falls due by itself: there waiting for
 * work of the platform (retries, delays by faults) means moving time on to it.
 */
export async function settle(
  options: SettleOptions,
  { timeoutMs, horizonMs = 0 }: { timeoutMs: number; horizonMs?: number },
): Promise<SettleAnswer> {
  const startedAt = performance.now();
  const until = options.clock.now() + horizonMs;
  let quiet = 0;
  let idle = 0;
  while (true) {
    const horizonLeft = Math.max(0, until - options.clock.now());
    const left = openWork(options, horizonLeft);
    quiet = left.length === 0 ? quiet + 1 : 0;
    const waitedMs = Math.round(performance.now() - startedAt);
    if (quiet >= QUIET_LOOKS) return { ok: true, waitedMs, left: [] };
    if (waitedMs > timeoutMs) return { ok: false, waitedMs, left };
    idle = await passTime(options, horizonLeft, idle);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Moves a virtual clock to the next work that counts, when it was seen so often in a row that only time is missing; answers
 * how often that is now. A function which a latency fault holds back is under way and waits for time all the same.
 */
async function passTime(options: SettleOptions, horizonMs: number, idle: number): Promise<number> {
  const { clock } = options;
  if (!isVirtualClock(clock)) return 0;
  const next = nextDueAt(options, horizonMs);
  if (next === undefined || !options.waitsForTime()) return 0;
  if (idle + 1 < QUIET_LOOKS) return idle + 1;
  // Even what is due now waits until the virtual clock is told to go on.
  await clock.advance(Math.max(0, next - clock.now()));
  return 0;
}
