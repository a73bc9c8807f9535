/** Asks again where the platform was busy for the moment: with growing pauses, as long as a person would wait. */
import type { CallError } from '../../../src/api/calls';

type Answer = { ok: true } | { ok: false; error: CallError };

/** Milliseconds before the second, third and fourth attempt. */
const pausesMs = [1_000, 2_000, 4_000] as const;
/** Who would have to wait longer than this is better told so. */
const longestPauseMs = 5_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** True for a limit of pace, which passes by itself. */
export function isBusy(answer: Answer): boolean {
  return !answer.ok && answer.error.code === 'busy';
}

/** For calls that only show something. Answers what was said last. */
export async function askPatiently<A extends Answer>(ask: () => Promise<A>, wait = sleep): Promise<A> {
  for (const pauseMs of pausesMs) {
    const answer = await ask();
    if (answer.ok || answer.error.code !== 'busy') return answer;
    const ms = Math.max(pauseMs, answer.error.retryAfterMs ?? 0);
    if (ms > longestPauseMs) return answer;
    await wait(ms);
  }
  return ask();
}
