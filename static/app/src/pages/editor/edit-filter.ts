/** Changes to the filter of one mapping: plain functions from mapping to mapping, and the fields it can look at. */
import type { EditorMapping } from '../../../../../src/api/views';
import { fieldsOf } from './edit-mapping';
import type { CatalogField, CatalogProject } from './mapping-words';

export type Filter = NonNullable<EditorMapping['filter']>;
export type Condition = NonNullable<Filter['conditions']>[number];
export type Leaving = NonNullable<EditorMapping['leaving']>;

/** Kinds whose values can be chosen from a list, or written as words. */
const kinds: ReadonlySet<string> = new Set([
  'priority',
  'labels',
  'select',
  'status',
  'multiSelect',
  'cascading',
  'resolution',
  'issueType',
  'components',
  'versions',
]);

/** What conditions can be about: the type, and fields of this site with something to choose from. */
export function filterFields(project: CatalogProject | undefined, mapping: EditorMapping): CatalogField[] {
  const all = fieldsOf(project, mapping, 'mine');
  const fields = all.filter(({ kind, options }) => kinds.has(kind) && (kind === 'labels' || options?.length));
  if (fields.some(({ id }) => id === 'issuetype')) return fields;
  const taken = new Set(mapping.types.flatMap(({ mine }) => mine ?? []));
  const types = (project?.types ?? []).filter(({ id }) => taken.has(id));
  const options = types.map(({ id, name }) => ({ id, name }));
  const type: CatalogField = { id: 'issuetype', name: 'Issue type', kind: 'issueType', options };
  return types.length > 1 ? [type, ...fields] : fields;
}

/** An empty filter is none. */
export function withFilter(mapping: EditorMapping, change: Partial<Filter>): EditorMapping {
  const { filter, ...rest } = mapping;
  const { jql, conditions } = { ...filter, ...change };
  const kept: Filter = {
    ...(jql === undefined || jql.trim() === '' ? {} : { jql }),
    ...(conditions === undefined || conditions.length === 0 ? {} : { conditions }),
  };
  return Object.keys(kept).length === 0 ? rest : { ...rest, filter: kept };
}

export function withLeaving(mapping: EditorMapping, leaving: Leaving): EditorMapping {
  const { leaving: _before, ...rest } = mapping;
  return leaving === 'keep' ? rest : { ...rest, leaving };
}
