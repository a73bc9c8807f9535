/** Reads `fields` and `update` of a request into stored values, collecting Jira's message per wrong field. */
import { hasProjectPermission } from '../access';
import type { FieldRow, IssueRow, IssueTypeRow, ProjectRow } from '../entities';
import { FieldRefusal } from '../fields/codec';
import { codecOf } from '../fields/codecs';
import { refuse, refuseFields } from '../problem';
import type { Session } from '../world';
import { settable, spotFor } from './field-access';

/** Body of a request that creates, edits or moves an issue on. */
export interface IssueDetails {
  fields?: unknown;
  update?: unknown;
  properties?: unknown;
  transition?: unknown;
  historyMetadata?: unknown;
}

export interface InputPlace {
  session: Session;
  project: ProjectRow;
  type: IssueTypeRow;
  /** Fields of the screen in use; others are refused. */
  screen: readonly string[];
  /** Ignore the screen (the emulator's switch for PUT). */
  anyScreen?: boolean;
  issue?: IssueRow;
}

export interface Input {
  /** New stored value per field; undefined empties it. */
  values: Map<string, unknown>;
  /** Bodies of `update.comment[].add`, `update.issuelinks[].add`, `update.worklog[].add`. */
  comments: Record<string, unknown>[];
  links: Record<string, unknown>[];
  worklogs: Record<string, unknown>[];
}

/** Fields which `update` may add to although they are no values. */
const ADDED_BY_UPDATE: Readonly<Record<string, 'comments' | 'links' | 'worklogs'>> = {
  comment: 'comments',
  issuelinks: 'links',
  worklog: 'worklogs',
};

/** All values of a request, or a 400 that names every wrong field at once. */
export function readInput(
  place: InputPlace,
  fields: unknown,
  update: unknown,
  skip: readonly string[] = [],
): Input {
  const set = asRecord(fields, 'fields');
  const operations = asRecord(update, 'update');
  const input: Input = { values: new Map(), comments: [], links: [], worklogs: [] };
  const errors: Record<string, string> = {};
  const allowed = allowedIds(place);
  for (const [id, value] of Object.entries(set)) {
    if (skip.includes(id)) continue;
    if (id in operations) {
      errors[id] = `Field '${id}' cannot appear in both 'fields' and 'update'`;
      continue;
    }
    attempt(errors, id, () => {
      const field = fieldAt(place, id, allowed);
      input.values.set(field.id, codecOf(field.kind).parse(value, spotAt(place, field)));
    });
  }
  for (const [id, list] of Object.entries(operations)) {
    if (skip.includes(id) || id in errors) continue;
    attempt(errors, id, () => readOperations(place, input, id, list, allowed));
  }
  if (Object.keys(errors).length > 0) throw refuseFields(errors);
  return input;
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw refuse(400, `Can not deserialize '${name}'.`);
  return value as Record<string, unknown>;
}

function attempt(errors: Record<string, string>, id: string, task: () => void): void {
  try {
    task();
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    errors[id] = error.message;
  }
}

function allowedIds(place: InputPlace): ReadonlySet<string> {
  const screen =
    place.anyScreen === true ? place.session.store.fields.all().map((row) => row.id) : place.screen;
  return new Set(settable(place.session, place.project, place.type, screen));
}

function fieldAt(place: InputPlace, id: string, allowed: ReadonlySet<string>): FieldRow {
  const field = place.session.store.fields.get(id);
  if (field === undefined || !allowed.has(id) || codecOf(field.kind).operations.length === 0) {
    throw new FieldRefusal(`Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`);
  }
  return field;
}

function spotAt(place: InputPlace, field: FieldRow) {
  return spotFor(place.session, field, place.project, place.type, place.issue?.id);
}

function readOperations(
  place: InputPlace,
  input: Input,
  id: string,
  list: unknown,
  allowed: ReadonlySet<string>,
): void {
  if (!Array.isArray(list)) throw new FieldRefusal('data was not an array');
  const target = ADDED_BY_UPDATE[id];
  for (const operation of list) {
    const [verb, value] = operationOf(operation);
    if (target !== undefined) {
      if (verb !== 'add' || typeof value !== 'object' || value === null) {
        throw new FieldRefusal(`Field '${id}' does not support operation '${verb}' here.`);
      }
      input[target].push(value as Record<string, unknown>);
    } else {
      applyOperation(place, input, fieldAt(place, id, allowed), verb, value);
    }
  }
}

function operationOf(operation: unknown): [string, unknown] {
  const entries = typeof operation === 'object' && operation !== null ? Object.entries(operation) : [];
  const first = entries[0];
  if (first === undefined || entries.length > 1)
    throw new FieldRefusal('Specify exactly one operation per object.');
  return first;
}

function applyOperation(
  place: InputPlace,
  input: Input,
  field: FieldRow,
  verb: string,
  value: unknown,
): void {
  const codec = codecOf(field.kind);
  if (!codec.operations.includes(verb)) {
    throw new FieldRefusal(
      `Field with id '${field.id}' and name '${field.name}' does not support operation '${verb}'`,
    );
  }
  const spot = spotAt(place, field);
  if (verb === 'set' || verb === 'edit') {
    input.values.set(field.id, codec.parse(value, spot));
    return;
  }
  const known = input.values.has(field.id) ? input.values.get(field.id) : place.issue?.values[field.id];
  const current = (known ?? []) as string[];
  const named = (codec.parse([value], spot) ?? []) as string[];
  const next =
    verb === 'add'
      ? [...new Set([...current, ...named])]
      : current.filter((element) => !named.includes(element));
  if (field.kind === 'labels') next.sort();
  input.values.set(field.id, next.length === 0 ? undefined : next);
}

/** Throws the 400 for required fields that would be left empty. */
export function demandRequired(
  session: Session,
  required: readonly string[],
  current: (id: string) => unknown,
): void {
  const errors: Record<string, string> = {};
  for (const id of required) {
    if (current(id) !== undefined) continue;
    errors[id] = requiredText(session, id);
  }
  if (Object.keys(errors).length > 0) throw refuseFields(errors);
}

function requiredText(session: Session, id: string): string {
  if (id === 'summary') return 'You must specify a summary of the issue.';
  if (id === 'parent') return 'Issue type is a sub-task but parent issue key or id not specified.';
  return `${session.store.fields.must(id).name} is required.`;
}

/** Throws 403 when `notifyUsers=false` is asked by somebody who may not silence mails. */
export function demandQuietAllowed(session: Session, project: ProjectRow, notifyUsers: string | null): void {
  if (notifyUsers !== 'false') return;
  if (session.me?.admin === true || hasProjectPermission(session.me, project, 'ADMINISTER_PROJECTS')) return;
  throw refuse(
    403,
    'To discard the user notification either admin or project admin permissions are required.',
  );
}
