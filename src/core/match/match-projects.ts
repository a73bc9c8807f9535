/** *Match what is alike*: proposes a whole mapping for two projects, out of names, kinds, ranks and categories. */
import type { CatalogField, CatalogOption, CatalogProject, CatalogType } from '#core/model/catalog';
import type { DraftMapping } from '#core/model/draft';
import type { FieldKind } from '#core/model/value';
import { bestPairs } from './best-pairs';
import { matchOptions } from './match-options';
import { meaningOf, nameScore } from './similar-names';
import { slotNames, slug } from './slot-names';

/** Below this two names are not alike. */
const alike = 0.6;

/**
 * Kinds that are proposed: what they hold finds its counterpart by itself. People, versions, groups, estimates and what
 * hangs on other issues are for an admin to add, because it has to be decided who is who.
 */
const proposed: ReadonlySet<FieldKind> = new Set<FieldKind>([
  'summary',
  'richText',
  'priority',
  'labels',
  'date',
  'select',
  'status',
  'text',
  'number',
  'dateTime',
  'url',
  'multiSelect',
  'cascading',
]);

type TypePair = [CatalogType, CatalogType];

/** `mine` is the primary's. Sub-tasks are left out: they need a parent over there. Everything goes both ways. */
export function matchProjects(mine: CatalogProject, theirs: CatalogProject): DraftMapping {
  const types = matchTypes(mine, theirs);
  const nextType = slotNames('type');
  return {
    id: `${slug(mine.key) || 'project'}-${slug(theirs.key) || 'project'}`,
    label: `${mine.name} and ${theirs.name}`.slice(0, 255),
    enabled: true,
    mine: mine.id,
    theirs: theirs.id,
    types: types.map(([a, b]) => ({ slot: nextType(a.name), label: a.name, mine: a.id, theirs: b.id })),
    fields: matchFields(types),
    comments: 'both',
    creates: 'both',
  };
}

function matchTypes(mine: CatalogProject, theirs: CatalogProject): TypePair[] {
  const [left, right] = [mine, theirs].map((project) => project.types.filter((type) => !type.subtask)) as [
    CatalogType[],
    CatalogType[],
  ];
  const pairs = bestPairs(left, right, (a, b) => nameScore(a.name, b.name), alike);
  const [a, b] = [left[0], right[0]];
  if (pairs.length > 0 || a === undefined || b === undefined) return pairs;
  // Nothing sounds alike: one pair to begin with is better than an empty form.
  return [[a, b]];
}

function matchFields(types: readonly TypePair[]): DraftMapping['fields'] {
  const mine = fieldsOf(types.map(([a]) => a));
  const theirs = fieldsOf(types.map(([, b]) => b));
  const nextSlot = slotNames('field');
  return bestPairs(mine, theirs, fieldScore, alike).map(([a, b]) => ({
    slot: nextSlot(a.name),
    label: a.name,
    kind: a.kind,
    direction: 'both',
    policy: 'newest',
    mine: a.id,
    theirs: b.id,
    ...(a.options === undefined ? {} : { values: matchOptions(a.kind, a.options, b.options ?? []) }),
  }));
}

/** Fields of all types, each once; options of all types together, in the order in which they turn up. */
function fieldsOf(types: readonly CatalogType[]): CatalogField[] {
  const fields = new Map<string, CatalogField>();
  for (const field of types.flatMap((type) => type.fields)) {
    if (!proposed.has(field.kind)) continue;
    const known = fields.get(field.id);
    if (known === undefined) fields.set(field.id, field);
    else if (field.options !== undefined) fields.set(field.id, { ...known, options: joined(known, field) });
  }
  return [...fields.values()];
}

function joined(known: CatalogField, more: CatalogField): CatalogOption[] {
  const options = new Map([...(known.options ?? []), ...(more.options ?? [])].map((one) => [one.id, one]));
  return [...options.values()];
}

/** Built-in fields are the same everywhere; others go by their name, selects by their choices too. */
function fieldScore(a: CatalogField, b: CatalogField): number {
  if (a.kind !== b.kind) return 0;
  const isCustom = (field: CatalogField): boolean => field.id.startsWith('customfield_');
  if (!isCustom(a) && !isCustom(b)) return a.id === b.id ? 2 : 0;
  return Math.max(nameScore(a.name, b.name), optionScore(a, b));
}

/** Share of choices with the same meaning. */
function optionScore(a: CatalogField, b: CatalogField): number {
  const left = new Set(a.options?.map(({ name }) => meaningOf(name)));
  const right = new Set(b.options?.map(({ name }) => meaningOf(name)));
  const most = Math.max(left.size, right.size);
  return most === 0 ? 0 : [...left].filter((meaning) => right.has(meaning)).length / most;
}
