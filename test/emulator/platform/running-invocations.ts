/** The invocations which run right now, by the token that their platform calls carry. */
import { randomUuid } from '../core/random';
import type { Invocation, Random } from '../seam';

export interface RunningInvocation {
  id: string;
  invocation: Invocation;
  /** Id of the first invocation of the chain (see `Invocation.root`). */
  root: string;
  /** How many webtrigger calls between functions led here; 0 = called from outside. */
  depth: number;
  /** External requests it may still make. */
  egressLeft: number;
  /** Platform calls without an answer yet, and how many of them wait for time or for another function. */
  calls: { open: number; waiting: number };
  /** Ends the instance: the invocation ends as a crash, for this reason. */
  kill(reason: string): void;
}

export interface RunningInvocations {
  /** Registers an invocation and makes its token. */
  open(running: RunningInvocation): string;
  /** From now on the token is refused. */
  close(token: string): void;
  find(token: string): RunningInvocation | undefined;
  /** `idle`: every function there is only waits for its calls, and these for time or for each other. */
  state(): 'none' | 'idle' | 'working';
}

/** No invocation yet. */
export function createRunningInvocations(random: Random): RunningInvocations {
  const byToken = new Map<string, RunningInvocation>();
  return {
    open(running) {
      const token = randomUuid(random);
      byToken.set(token, running);
      return token;
    },
    close(token) {
      byToken.delete(token);
    },
    find: (token) => byToken.get(token),
    state() {
      if (byToken.size === 0) return 'none';
      const idle = [...byToken.values()].every(({ calls }) => calls.open > 0 && calls.waiting === calls.open);
      return idle ? 'idle' : 'working';
    },
  };
}
