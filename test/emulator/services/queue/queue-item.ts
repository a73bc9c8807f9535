/** One event in a queue: as it is stored, as the consumer gets it, and when it is tried again. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InvocationResult, Random } from '../../seam';
import { QUEUE_LIMITS } from '../limits';
import { failureCode, readRetryWish } from '../retry-answer';

export const queueItemSchema = z.object({
  /** Unique here; a duplicated delivery has its own, but the same `eventId`. */
  id: z.string(),
  eventId: z.string(),
  queueName: z.string(),
  jobId: z.string(),
  /** First invocation of the chain. */
  root: z.string(),
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().optional(),
  concurrency: z.object({ key: z.string(), limit: z.number() }).optional(),
  pushedAt: z.number(),
  dueAt: z.number(),
  appDelayed: z.boolean(),
  /** Deliveries made so far. */
  attempts: z.number(),
  /** How often its concurrency key was taken since it last ran. */
  blocked: z.number(),
  retry: z.object({ reason: z.string(), data: z.unknown() }).optional(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

/** The same id for the same event of the same push, in the form of a UUID. */
export function eventIdOf(jobId: string, index: number): string {
  const hex = createHash('sha256').update(`${jobId} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** First argument of the consumer. */
export function asyncEventOf(item: QueueItem, now: number): Record<string, unknown> {
  const { body, queueName, jobId, eventId, delayInSeconds, concurrency, retry } = item;
  return {
    body,
    queueName,
    jobId,
    eventId,
    ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(retry === undefined
      ? {}
      : {
          retryContext: {
            retryCount: item.attempts,
            retryReason: retry.reason,
            retryData: retry.data,
            retentionWindow: {
              startTime: new Date(item.pushedAt).toISOString(),
              remainingTimeMs: Math.max(0, item.pushedAt + QUEUE_LIMITS.retentionMs - now),
            },
          },
        }),
  };
}

/** Doubles from `firstMs` up to about 15 minutes, with jitter of a quarter so that retries spread. */
export function backoffMs(firstMs: number, step: number, random: Random): number {
  const plain = Math.min(QUEUE_LIMITS.backoffMaxMs, firstMs * 2 ** Math.min(step, 20));
  return Math.round(plain * (1 - random() / 4));
}

export type Verdict =
  | { kind: 'done' }
  | { kind: 'retry'; item: QueueItem }
  | { kind: 'dropped'; why: string };

/** What becomes of an item after a delivery which ended with `result`. */
export function judge(item: QueueItem, result: InvocationResult, now: number, random: Random): Verdict {
  const attempts = item.attempts + 1;
  const wish = result.ok ? readRetryWish(result.value, QUEUE_LIMITS.retryAfterSeconds) : undefined;
  if (result.ok && wish === undefined) return { kind: 'done' };
  if (wish !== undefined) {
    const dataBytes = wish.data === undefined ? 0 : Buffer.byteLength(JSON.stringify(wish.data));
    if (dataBytes > QUEUE_LIMITS.retryDataBytes)
      return {
        kind: 'dropped',
        why: `retryData of ${dataBytes} bytes exceeds ${QUEUE_LIMITS.retryDataBytes}`,
      };
    if (dataBytes + Buffer.byteLength(JSON.stringify(item.body)) > QUEUE_LIMITS.retryTotalBytes)
      return { kind: 'dropped', why: 'event and retryData together exceed 200 KB' };
  }
  const dueAt = now + (wish?.afterMs ?? backoffMs(QUEUE_LIMITS.backoffFirstMs, item.attempts, random));
  if (dueAt >= item.pushedAt + QUEUE_LIMITS.retentionMs)
    return { kind: 'dropped', why: 'the retention window of 24 hours is over' };
  const reason = wish?.reason ?? (result.ok ? 'FUNCTION_RETRY_REQUEST' : failureCode(result.reason));
  return {
    kind: 'retry',
    item: {
      ...item,
      attempts,
      dueAt,
      blocked: 0,
      appDelayed: wish !== undefined,
      retry: { reason, data: wish?.data },
    },
  };
}
