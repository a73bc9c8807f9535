/** Reads `trigger` modules: who wants which event under which filter. What is not emulated stops the start. */
import { z } from 'zod';
import type { TriggerModule } from '../contracts';
import type { Node } from './expression/nodes';
import { parseExpression } from './expression/parse';

const onErrorSchema = z.enum(['IGNORE_AND_LOG', 'IGNORE', 'RECEIVE_AND_LOG', 'RECEIVE']);
const filterSchema = z.strictObject({
  ignoreSelf: z.boolean().optional(),
  appIsLicensed: z.boolean().optional(),
  expression: z.string().optional(),
  onError: onErrorSchema.optional(),
});
const eventsSchema = z.array(
  z.union([
    z.string(),
    z.strictObject({ eventType: z.string(), filter: filterSchema, payload: z.unknown().optional() }),
  ]),
);
type Filter = z.infer<typeof filterSchema>;

export interface Subscription {
  moduleKey: string;
  functionKey: string;
  eventType: string;
  ignoreSelf: boolean;
  appIsLicensed: boolean;
  /** Absent = every event passes. */
  expression?: Node;
  /** What becomes of an event whose expression fails. */
  onError: z.infer<typeof onErrorSchema>;
}

/** One subscription for each event of each trigger. Throws for payload includes and for expressions it does not know. */
export function readSubscriptions(triggers: readonly TriggerModule[]): Subscription[] {
  return triggers.flatMap((trigger) => {
    const events = eventsSchema.parse(trigger.events);
    const shared = trigger.filter === undefined ? undefined : filterSchema.parse(trigger.filter);
    checkFilter(trigger.key, shared, trigger.payload);
    return events.map((event) => {
      if (typeof event === 'string') return subscriptionOf(trigger, event, shared ?? {});
      checkFilter(trigger.key, event.filter, event.payload);
      return subscriptionOf(trigger, event.eventType, { ...shared, ...event.filter });
    });
  });
}

function subscriptionOf(trigger: TriggerModule, eventType: string, filter: Filter): Subscription {
  return {
    moduleKey: trigger.key,
    functionKey: trigger.functionKey,
    eventType,
    ignoreSelf: filter.ignoreSelf ?? false,
    appIsLicensed: filter.appIsLicensed ?? false,
    ...(filter.expression === undefined ? {} : { expression: compile(trigger.key, filter.expression) }),
    onError: filter.onError ?? 'IGNORE_AND_LOG',
  };
}

function compile(key: string, text: string): Node {
  try {
    return parseExpression(text);
  } catch (cause) {
    throw new Error(`trigger "${key}": filter.${(cause as Error).message}`, { cause });
  }
}

function checkFilter(key: string, filter: Filter | undefined, payload: unknown): void {
  if (payload !== undefined) throw new Error(`trigger "${key}": payload.include is not emulated`);
  if (filter === undefined) return;
  if (filter.onError !== undefined && filter.expression === undefined)
    throw new Error(`trigger "${key}": filter.onError needs filter.expression`);
  if (Object.keys(filter).length === 0) throw new Error(`trigger "${key}": filter is empty`);
}
