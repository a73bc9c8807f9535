/** Has the platform bring a product event again that could not be noted: what a trigger throws is an event that nobody hears of. */
import { InvocationError, InvocationErrorCode } from '@forge/events';
import { z } from 'zod';

/** Seconds before each of the four further deliveries that the platform grants: a busy second, or a quarter of an hour without storage. */
const waits = [2, 20, 150, 900] as const;

const retriedSchema = z
  .looseObject({ retryContext: z.looseObject({ retryCount: z.number().int().nonnegative() }).optional() })
  .catch({});

/** The answer of the trigger. Throws what `note` threw when the event was brought for the last time. */
export async function orAgain(
  event: unknown,
  note: () => Promise<void>,
): Promise<InvocationError | undefined> {
  try {
    await note();
    return undefined;
  } catch (error) {
    const retryAfter = waits[retriedSchema.parse(event).retryContext?.retryCount ?? 0];
    if (retryAfter === undefined) throw error;
    console.warn(
      'An event could not be noted; it is to come again.',
      error instanceof Error ? error.name : '',
    );
    return new InvocationError({ retryAfter, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });
  }
}
