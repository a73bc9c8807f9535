/** Our mark on twins: a property that travels in the very request which makes the issue or comment. */
import { z } from 'zod';
import type { Mark } from '#engine/ports/site-result';

/** One key is enough: an issue or comment is made once, by one connection. */
export const markKey = 'concord.twin';

const markSchema = z.looseObject({ connection: z.string().max(64), twin: z.string().max(64) });

/** For the `properties` of a create request. */
export function markProperties(mark: Mark): { key: string; value: Mark }[] {
  return [{ key: markKey, value: { connection: mark.connection, twin: mark.twin } }];
}

/** The marks among properties by key. People can write properties too, so anything else counts for nothing. */
export function readMarks(properties: Readonly<Record<string, unknown>> | undefined): Mark[] {
  const mark = markSchema.safeParse(properties?.[markKey]);
  return mark.success ? [{ connection: mark.data.connection, twin: mark.data.twin }] : [];
}
