/** Reads the body of an administrative request by a schema, refusing what Jira's document does not list. */
import { z } from 'zod';
import { refuse } from '../problem';
import type { Call } from '../router';

/** The body in the form of the schema; 400 names the first thing that is wrong. */
export function bodyAs<S extends z.ZodType>(call: Call, schema: S): z.infer<S> {
  const read = schema.safeParse(call.body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    throw refuse(400, `Unrecognized field "${issue.keys[0]}", not marked as ignorable.`);
  }
  const where = issue?.path.join('.') ?? '';
  const what = where === '' ? (issue?.message ?? '') : `${where}: ${issue?.message ?? ''}`;
  throw refuse(400, `Invalid request payload. Refer to the REST API documentation and try again. (${what})`);
}

/** Properties which only answers have: a client may send back what it read, and they change nothing. */
export function onlyAnswered(...names: string[]): Record<never, z.ZodType> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()]));
}
