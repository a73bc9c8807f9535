/** Reads a JSON object of a request whose properties are known. */
import { refuse } from '../jira/problem';
import type { Call } from '../jira/router';
import { objectBody } from '../jira/routes/read-query';

/** The body; a property that is not among `known` is a 400 in the words of Jira's JSON reader. */
export function readBodyRecord(call: Call, known: readonly string[]): Record<string, unknown> {
  const body = objectBody(call);
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) {
      throw refuse(400, `Unrecognized field "${name}", not marked as ignorable`);
    }
  }
  return body;
}

/** A string of the body, or undefined when it is absent; 400 for another type. */
export function textIn(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refuse(400, `Can not deserialize '${name}': a string is expected.`);
  return value;
}
