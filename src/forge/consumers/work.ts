/** Consumer of the queue: one wake-up, one slice of work on one connection. */
import { z } from 'zod';
import { hashText } from '#core/protocol/hash';
import { controlHandlers } from '#engine/control-handlers';
import { work as workOn } from '#engine/work';
import { composePorts } from '../compose';

const eventSchema = z.looseObject({
  eventId: z.string().optional(),
  jobId: z.string(),
  body: z.looseObject({ connection: z.string().max(64), hints: z.array(z.string().max(300)).max(300) }),
  retryContext: z.looseObject({ retryCount: z.number() }).optional(),
});

/** A thrown error makes the platform deliver the wake-up again, later each time, for a day. */
export async function work(event: unknown): Promise<void> {
  const { eventId, jobId, body, retryContext } = eventSchema.parse(event);
  // It is written with every lease: short, and the same for all attempts.
  const owner = hashText(eventId ?? jobId).slice(0, 16);
  const run = { owner, attempt: retryContext?.retryCount ?? 0 };
  await workOn(composePorts(), { connection: body.connection, hints: body.hints }, run, controlHandlers);
}
