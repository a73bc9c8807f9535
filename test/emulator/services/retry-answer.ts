/** Reads whether a function asked for a retry: it returns (not throws) what `InvocationError` of `@forge/events` serialises to. */
import { z } from 'zod';
import { QUEUE_LIMITS } from './limits';

const retryAnswer = z.object({
  _retry: z.literal(true),
  retryOptions: z
    .object({
      retryAfter: z.number().optional(),
      retryReason: z.string().optional(),
      retryData: z.unknown().optional(),
    })
    .optional(),
});

export interface RetryWish {
  /** Milliseconds, within the platform's bounds. */
  afterMs: number;
  reason: string;
  /** Only objects travel; anything else is not sent (ECO-734). */
  data: unknown;
}

/** What the function wishes, or undefined when it simply succeeded. */
export function readRetryWish(value: unknown, maxAfterSeconds: number): RetryWish | undefined {
  const parsed = retryAnswer.safeParse(value);
  if (!parsed.success) return undefined;
  const {
    retryAfter = QUEUE_LIMITS.retryAfterMinSeconds,
    retryReason,
    retryData,
  } = parsed.data.retryOptions ?? {};
  const seconds = Math.min(maxAfterSeconds, Math.max(QUEUE_LIMITS.retryAfterMinSeconds, retryAfter));
  return {
    afterMs: seconds * 1000,
    reason: retryReason ?? 'FUNCTION_RETRY_REQUEST',
    data: typeof retryData === 'object' && retryData !== null ? retryData : undefined,
  };
}

/** The platform's code for an invocation that failed. */
export function failureCode(reason: 'threw' | 'timeout' | 'crash' | 'memory'): string {
  switch (reason) {
    case 'timeout':
      return 'FUNCTION_TIME_OUT';
    case 'memory':
      return 'FUNCTION_OUT_OF_MEMORY';
    case 'threw':
    case 'crash':
      return 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
  }
}
