/** Compares a value with the shape of recorded bodies: no always-present key missing, no type never seen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What recordings say of one place: how often it was seen, with what types, and what was inside. */
export interface Shape {
  n?: number;
  types?: Readonly<Record<string, number>>;
  keys?: Readonly<Record<string, Shape>>;
  items?: Shape;
}

/** With fewer bodies seen, a type that is missing proves nothing. */
const ENOUGH = 5;

export function loadShapes(folder: string): Readonly<Record<string, Shape>> {
  return JSON.parse(readFileSync(join(folder, 'recorded-shapes.json'), 'utf8'));
}

/** The shape inside `shape` at a path of keys; `[]` steps into a list. Throws when nothing was recorded there. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape {
  let at: Shape | undefined = shape;
  for (const step of path) at = step === '[]' ? at?.items : at?.keys?.[step];
  if (at === undefined) throw new Error(`nothing was recorded at ${path.join('.')}`);
  return at;
}

/** Two sources of the same kind as one: counts add up, so a key is always present only if both always had it. */
export function merge(left: Shape, right: Shape): Shape {
  const merged: Shape = { n: (left.n ?? 0) + (right.n ?? 0), types: sum(left.types, right.types) };
  if (left.keys !== undefined || right.keys !== undefined) {
    const keys: Record<string, Shape> = {};
    for (const name of new Set([...Object.keys(left.keys ?? {}), ...Object.keys(right.keys ?? {})])) {
      keys[name] = merge(own(left.keys, name) ?? {}, own(right.keys, name) ?? {});
    }
    merged.keys = keys;
  }
  if (left.items !== undefined || right.items !== undefined) {
    merged.items = merge(left.items ?? {}, right.items ?? {});
  }
  return merged;
}

export interface Difference {
  /** `fixVersions[].releaseDate` */
  place: string;
  text: string;
}

/** What differs, empty = alike. `open` are paths whose recordings speak of something else, e.g. `comment`. */
export function shapeErrors(value: unknown, shape: Shape, open: ReadonlySet<string>): Difference[] {
  return differences(value, shape, open, '');
}

function differences(value: unknown, shape: Shape, open: ReadonlySet<string>, path: string): Difference[] {
  if (open.has(path)) return [];
  const unseen = unseenType(value, shape);
  if (unseen !== undefined) return [{ place: path, text: unseen }];
  if (Array.isArray(value)) {
    const { items } = shape;
    if (items === undefined || (items.n ?? 0) === 0) return [];
    return value.flatMap((item) => differences(item, items, open, `${path}[]`));
  }
  if (typeof value !== 'object' || value === null || shape.keys === undefined) return [];
  const bodies = shape.types?.['object'] ?? 0;
  return Object.entries(shape.keys).flatMap(([name, inner]) => {
    const place = path === '' ? name : `${path}.${name}`;
    if (name.startsWith('customfield_') || open.has(place)) return [];
    if (Object.hasOwn(value, name)) {
      return differences((value as Record<string, unknown>)[name], inner, open, place);
    }
    return inner.n === bodies ? [{ place, text: `missing, but in all ${bodies} recordings` }] : [];
  });
}

/** A type which no recording had; where all recordings were null (or too few) nothing is known. */
function unseenType(value: unknown, shape: Shape): string | undefined {
  const seen = Object.keys(shape.types ?? {});
  if ((shape.n ?? 0) < ENOUGH || (seen.length === 1 && seen[0] === 'null')) return undefined;
  const names = typeNames(value);
  if (names.some((name) => seen.includes(name))) return undefined;
  return `${names[0]} was never seen, only ${seen.join(', ')}`;
}

/** The finest name first, then those which include it. */
function typeNames(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
    case 'string':
      return [...textKinds(value), 'string'];
    default:
      return [typeof value];
  }
}

const TEXT_KINDS: readonly [name: string, form: RegExp][] = [
  ['string:digits', /^\d+$/],
  ['string:jira-datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/],
  ['string:iso-z', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/],
  ['string:date', /^\d{4}-\d\d-\d\d$/],
  ['string:url', /^https?:\/\//],
];

function textKinds(text: string): string[] {
  return TEXT_KINDS.filter(([, form]) => form.test(text)).map(([name]) => name);
}

function sum(
  left: Readonly<Record<string, number>> = {},
  right: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const total: Record<string, number> = { ...left };
  for (const [name, n] of Object.entries(right)) total[name] = (total[name] ?? 0) + n;
  return total;
}

function own(keys: Readonly<Record<string, Shape>> | undefined, name: string): Shape | undefined {
  return keys !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined;
}
