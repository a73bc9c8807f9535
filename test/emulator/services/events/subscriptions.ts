/** Reads `trigger` modules: who wants which event under which filter. What is not emulated stops the start. */
import { z } from 'zod';
import type { TriggerModule } from '../contracts';

const filterSchema = z.strictObject({
  ignoreSelf: z.boolean().optional(),
  appIsLicensed: z.boolean().optional(),
  expression: z.string().optional(),
  onError: z.string().optional(),
});
const eventsSchema = z.array(
  z.union([
    z.string(),
    z.strictObject({ eventType: z.string(), filter: filterSchema, payload: z.unknown().optional() }),
  ]),
);

export interface Subscription {
  moduleKey: string;
  functionKey: string;
  eventType: string;
  ignoreSelf: boolean;
  appIsLicensed: boolean;
}

/** One subscription for each event of each trigger. Throws for expressions and payload includes. */
export function readSubscriptions(triggers: readonly TriggerModule[]): Subscription[] {
  return triggers.flatMap((trigger) => {
    const events = eventsSchema.parse(trigger.events);
    const shared = filterSchema.parse(trigger.filter ?? {});
    refuseUnknown(trigger.key, shared, trigger.payload);
    return events.map((event) => {
      const own = typeof event === 'string' ? { eventType: event, filter: {}, payload: undefined } : event;
      refuseUnknown(trigger.key, own.filter, own.payload);
      const filter: z.infer<typeof filterSchema> = { ...shared, ...own.filter };
      return {
        moduleKey: trigger.key,
        functionKey: trigger.functionKey,
        eventType: own.eventType,
        ignoreSelf: filter.ignoreSelf ?? false,
        appIsLicensed: filter.appIsLicensed ?? false,
      };
    });
  });
}

function refuseUnknown(key: string, filter: z.infer<typeof filterSchema>, payload: unknown): void {
  if (filter.expression !== undefined)
    throw new Error(`trigger "${key}": filter.expression is not emulated; filter in the function`);
  if (payload !== undefined) throw new Error(`trigger "${key}": payload.include is not emulated`);
}
