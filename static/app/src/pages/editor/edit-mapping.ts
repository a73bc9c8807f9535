/** Changes to one mapping while an admin edits it: plain functions from mapping to mapping. */
import type { EditorMapping } from '../../../../../src/api/views';
import type {
  CatalogField,
  CatalogProject,
  Choice,
  DraftField,
  DraftType,
  DraftValue,
} from './mapping-words';

type Side = 'mine' | 'theirs';

export const emptyMapping: EditorMapping = {
  id: '',
  label: '',
  enabled: true,
  types: [],
  fields: [],
  comments: 'both',
  creates: 'both',
};

/** Fields of the types that take part, or of all while none does; each once, with the options of all of them. */
export function fieldsOf(
  project: CatalogProject | undefined,
  mapping: EditorMapping,
  side: Side,
): CatalogField[] {
  const chosen = new Set(mapping.types.flatMap((type) => type[side] ?? []));
  const fields = new Map<string, CatalogField>();
  for (const type of project?.types ?? []) {
    if (chosen.size > 0 && !chosen.has(type.id)) continue;
    for (const field of type.fields) {
      const options = new Map(
        [...(fields.get(field.id)?.options ?? []), ...(field.options ?? [])].map((one) => [one.id, one]),
      );
      fields.set(
        field.id,
        field.options === undefined ? field : { ...field, options: [...options.values()] },
      );
    }
  }
  return [...fields.values()];
}

export function replaceType(
  mapping: EditorMapping,
  slot: string,
  type: DraftType | undefined,
): EditorMapping {
  return { ...mapping, types: replaced(mapping.types, slot, type) };
}

export function replaceField(
  mapping: EditorMapping,
  slot: string,
  field: DraftField | undefined,
): EditorMapping {
  return { ...mapping, fields: replaced(mapping.fields, slot, field) };
}

/** Binds another field on one side; values follow by their names, because the old ones mean nothing there. */
export function rebindField(field: DraftField, side: Side, bound: CatalogField | undefined): DraftField {
  const { [side]: _old, ...rest } = field;
  const chosen: DraftField = bound === undefined ? rest : { ...rest, [side]: bound.id };
  const moved = withUse(
    shownAsText(chosen, side, bound),
    side === 'mine' ? 'mineUse' : 'theirUse',
    'otherwise',
    undefined,
  );
  if (field.values === undefined) return moved;
  return {
    ...moved,
    values: field.values.map((value) => ({ ...value, [side]: namedAlike(bound, value.label) })),
  };
}

/** A field of text may stand for anything: it shows the value. */
export function fits(field: DraftField, candidate: CatalogField): boolean {
  return candidate.kind === field.kind || textKinds.has(candidate.kind);
}

const textKinds: ReadonlySet<string> = new Set(['text', 'richText']);

function shownAsText(field: DraftField, side: Side, bound: CatalogField | undefined): DraftField {
  const name = side === 'mine' ? 'mineUse' : 'theirUse';
  const isText = bound !== undefined && bound.kind !== field.kind;
  const as = bound?.kind === 'richText' ? ('richText' as const) : ('text' as const);
  return withUse(field, name, 'as', isText ? as : undefined);
}

type Use = NonNullable<DraftField['mineUse']>;

/** What is undefined is left out. */
export function withUse<K extends keyof Use>(
  field: DraftField,
  name: 'mineUse' | 'theirUse',
  member: K,
  value: Use[K] | undefined,
): DraftField {
  const { [name]: use, ...rest } = field;
  const { [member]: _before, ...kept } = use ?? {};
  const next = value === undefined ? kept : { ...kept, [member]: value };
  return Object.keys(next).length === 0 ? rest : { ...rest, [name]: next };
}

export function optionChoices(field: CatalogField | undefined): Choice[] {
  return (field?.options ?? []).map(({ id, name }) => ({ value: id, label: name }));
}

/** Kinds whose values no table can list once and for all. */
const namedKinds: ReadonlySet<string> = new Set([
  'user',
  'users',
  'group',
  'groups',
  'versions',
  'components',
  'watchers',
  'votes',
]);

export function addType(
  mapping: EditorMapping,
  mine: { id: string; name: string },
  theirs: CatalogProject | undefined,
): EditorMapping {
  const twin = theirs?.types.find((type) => plain(type.name) === plain(mine.name));
  const slot = freshSlot(mine.name, 'type', mapping.types);
  const type: DraftType = { slot, label: mine.name, mine: mine.id, ...(twin ? { theirs: twin.id } : {}) };
  return { ...mapping, types: [...mapping.types, type] };
}

export function addField(mapping: EditorMapping, mine: CatalogField, theirs: CatalogField[]): EditorMapping {
  const fitting = theirs.filter((field) => field.kind === mine.kind);
  const twin = fitting.find((field) => field.id === mine.id || plain(field.name) === plain(mine.name));
  const field: DraftField = {
    slot: freshSlot(mine.name, 'field', mapping.fields),
    label: mine.name,
    kind: mine.kind,
    direction: 'both',
    policy: 'newest',
    mine: mine.id,
    ...(twin ? { theirs: twin.id } : {}),
    ...(namedKinds.has(mine.kind) ? { byName: true as const } : {}),
    ...(mine.options ? { values: valuesOf(mine.options, twin) } : {}),
  };
  return { ...mapping, fields: [...mapping.fields, field] };
}

/** What a fresh proposal has and the mapping lacks; what the admin already decided stays. */
export function addMissing(mapping: EditorMapping, proposed: EditorMapping): EditorMapping {
  const types = proposed.types.filter((type) => !mapping.types.some((known) => known.mine === type.mine));
  const fields = proposed.fields.filter(
    (field) => !mapping.fields.some((known) => known.mine === field.mine),
  );
  const joined = { ...mapping, types: [...mapping.types], fields: [...mapping.fields] };
  for (const type of types) joined.types.push({ ...type, slot: freshSlot(type.label, 'type', joined.types) });
  for (const field of fields)
    joined.fields.push({ ...field, slot: freshSlot(field.label, 'field', joined.fields) });
  return joined;
}

/** An id that no other mapping of the list has. */
export function withFreshId(mapping: EditorMapping, others: EditorMapping[]): EditorMapping {
  const slot = freshSlot(
    mapping.id,
    'mapping',
    others.map(({ id }) => ({ slot: id })),
  );
  return { ...mapping, id: slot };
}

function valuesOf(
  options: NonNullable<CatalogField['options']>,
  twin: CatalogField | undefined,
): DraftValue[] {
  const values: (DraftValue & { slot: string })[] = [];
  for (const { id, name } of options) {
    const value = freshSlot(name, 'value', values);
    values.push({ slot: value, value, label: name, mine: [id], theirs: namedAlike(twin, name) });
  }
  return values.map(({ slot: _slot, ...value }) => value);
}

function namedAlike(field: CatalogField | undefined, label: string): string[] {
  const option = field?.options?.find((one) => plain(one.name) === plain(label));
  return option === undefined ? [] : [option.id];
}

function replaced<T extends { slot: string }>(all: T[], slot: string, one: T | undefined): T[] {
  return all.flatMap((each) => (each.slot === slot ? (one === undefined ? [] : [one]) : [each]));
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

const longestSlot = 50;

/** An id that none of `taken` has, made of the name. */
export function freshSlot(name: string, fallback: string, taken: { slot: string }[]): string {
  const stem =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, longestSlot) || fallback;
  let slot = stem;
  for (let number = 2; taken.some((each) => each.slot === slot); number += 1) slot = `${stem}-${number}`;
  return slot;
}
