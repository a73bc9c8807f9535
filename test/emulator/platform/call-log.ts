/** Every platform call of every function, with its answer: what a run did, in the order in which it was answered. */
import { createHash } from 'node:crypto';
import type { Clock } from '../seam';

export interface LoggedCall {
  at: number;
  site: string;
  functionKey: string;
  /** As fault patterns see it. */
  call: string;
  /** Fingerprint of the body that was sent; empty without a body. */
  body: string;
  /** Status of the answer, or what a fault made of the call. */
  outcome: number | 'crashed';
  /** True: a fault answered, not the platform. */
  fault: boolean;
}

export interface CallLog {
  write(call: Omit<LoggedCall, 'at' | 'body'> & { body: string }): void;
  /** The newest calls, oldest first. */
  recent(limit?: number): LoggedCall[];
  clear(): void;
}

const KEPT_CALLS = 20_000;
const FINGERPRINT_CHARS = 12;

function fingerprint(text: string): string {
  if (text === '') return '';
  return createHash('sha256').update(text).digest('hex').slice(0, FINGERPRINT_CHARS);
}

/** Keeps the newest 20,000 calls. */
export function createCallLog(clock: Clock): CallLog {
  const calls: LoggedCall[] = [];
  return {
    write(call) {
      calls.push({ ...call, at: clock.now(), body: fingerprint(call.body) });
      if (calls.length > KEPT_CALLS) calls.shift();
    },
    recent: (limit = KEPT_CALLS) => calls.slice(-limit),
    clear: () => calls.splice(0),
  };
}
