/** Small readers of query parameters and bodies that several areas share. */
import { refuse } from '../problem';
import type { Call } from '../router';
import { selfUrl } from '../world';

/** A comma list given once or as repeated parameters; empty when absent. */
export function listParam(call: Call, name: string): string[] {
  return call.query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** A whole number within bounds, or its default. */
export function numberParam(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw refuse(400, `Invalid value '${text}' for '${name}'.`);
  return value;
}

/** The JSON object of the body, or 400. */
export function objectBody(call: Call): Record<string, unknown> {
  const body = call.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  }
  return body as Record<string, unknown>;
}

/** Strings or numbers of an array that the body must have, as text. */
export function neededList(call: Call, name: string): string[] {
  const value = objectBody(call)[name];
  if (!Array.isArray(value)) throw refuse(400, `'${name}' must be an array.`);
  return value.map(String);
}

/** Strings of an array in the body; numbers are taken as digits. */
export function stringsIn(body: Record<string, unknown>, name: string): string[] {
  const value = body[name];
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value.split(',').filter((text) => text !== '');
  if (!Array.isArray(value)) throw refuse(400, `'${name}' must be an array.`);
  return value.map(String);
}

/** One page of Jira's common form. */
export function page<T>(
  call: Call,
  path: string,
  all: readonly T[],
  fallback = 50,
): Record<string, unknown> & { values: T[] } {
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = numberParam(call, 'maxResults', fallback);
  const values = all.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= all.length;
  const self = selfUrl(call, path);
  return {
    self: `${self}?maxResults=${maxResults}&startAt=${startAt}`,
    ...(isLast ? {} : { nextPage: `${self}?maxResults=${maxResults}&startAt=${startAt + maxResults}` }),
    maxResults,
    startAt,
    total: all.length,
    isLast,
    values,
  };
}
