/** What `@forge/events` sends to publish, to ask for a job's counts and to cancel it; and what is wrong with a push. */
import { z } from 'zod';
import type { ConsumerModule } from '../contracts';
import { QUEUE_LIMITS } from '../limits';

const eventSchema = z.strictObject({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(QUEUE_LIMITS.delaySeconds).optional(),
  concurrency: z.strictObject({ key: z.string().min(1), limit: z.number().int().min(1) }).optional(),
});

export const publishSchema = z.strictObject({
  queueName: z.string(),
  jobId: z.string().min(1),
  type: z.literal('avi:forge:app:event'),
  schema: z.literal('ari:cloud:ecosystem::forge/app-event-2'),
  payload: z.array(eventSchema).min(1).max(QUEUE_LIMITS.eventsPerPush),
  time: z.string(),
});

/** Body of stats and cancel. */
export const jobSchema = z.strictObject({ queueName: z.string(), jobId: z.string(), time: z.string() });

export type PublishRequest = z.infer<typeof publishSchema>;

/** An answer that refuses, in the shape which the SDK reads. */
export function queueRefusal(status: number, message: string): Response {
  // 413 is read from `errorMessage`, everything else from `message` and `errors`.
  const body = status === 413 ? { errorMessage: message } : { message, errors: [message], code: status };
  return Response.json(body, { status });
}

/** The answer to a push of which the platform took only a part. */
export function partialSuccess(refused: readonly number[]): Response {
  const failedEvents = refused.map((index) => ({
    index: String(index),
    errorMessage: 'The event could not be queued',
  }));
  return Response.json({ failedEvents }, { status: 202 });
}

/** The refusal for a push that is too big for its consumer, or undefined. */
export function sizeRefusal(request: PublishRequest, consumer: ConsumerModule): Response | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(request.payload));
  if (bytes > QUEUE_LIMITS.pushBytes)
    return queueRefusal(413, `The payload of ${bytes} bytes exceeds the limit of ${QUEUE_LIMITS.pushBytes}.`);
  const seconds = consumer.timeoutSeconds ?? QUEUE_LIMITS.shortTimeoutSeconds;
  if (seconds <= QUEUE_LIMITS.shortTimeoutSeconds) return undefined;
  const tooBig = request.payload.findIndex(
    (event) => Buffer.byteLength(JSON.stringify(event)) > QUEUE_LIMITS.longRunningEventBytes,
  );
  if (tooBig === -1) return undefined;
  return queueRefusal(
    413,
    `Event ${tooBig} exceeds the limit of ${QUEUE_LIMITS.longRunningEventBytes} bytes for a long-running consumer.`,
  );
}
