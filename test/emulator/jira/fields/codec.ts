/** What every kind of field can do: read a request's value, write it in an answer, tell a changelog. */
import type { FieldRow, IssueTypeRow, ProjectRow } from '../entities';
import type { Session } from '../world';

/** The field in the issue where its value is set. */
export interface FieldSpot {
  session: Session;
  field: FieldRow;
  project: ProjectRow;
  type: IssueTypeRow;
  /** Id of the issue; absent while it is created. */
  issueId?: string;
}

/** One side of a changelog item: the id half (`from`, `to`) and the text half (`fromString`, `toString`). */
export interface Side {
  id: string | null;
  text: string | null;
}

export interface Codec {
  /** Stored form of a request's value; undefined for empty. Throws FieldRefusal. */
  parse(input: unknown, spot: FieldSpot): unknown;
  /** JSON of a stored value, which is never undefined here. */
  render(stored: unknown, session: Session): unknown;
  /** Changelog half of a stored value; undefined is the empty value. `cleared` tells an emptied field from one never set. */
  side(stored: unknown, spot: FieldSpot, cleared: boolean): Side;
  /** Values a form offers; absent when there are too many or any will do. */
  allowed?(spot: FieldSpot): unknown[];
  operations: readonly string[];
  /** For fields of many elements: how an empty one is shown. Others show null. */
  empty?: readonly unknown[];
}

/** A value that Jira refuses, in its words. */
export class FieldRefusal extends Error {}

export function asString(input: unknown): string {
  if (typeof input !== 'string') throw new FieldRefusal('Operation value must be a string');
  return input;
}

export function asArray(input: unknown): unknown[] {
  if (!Array.isArray(input)) throw new FieldRefusal('data was not an array');
  return input;
}

/** The string under one of the names, of an object as Jira takes it (`{id}` or `{name}`). */
export function stringIn(input: unknown, name: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const value = (input as Record<string, unknown>)[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
