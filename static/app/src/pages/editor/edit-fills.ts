/** Texts and choices that fields of our copies get besides what is shared: plain functions from mapping to mapping. */
import type { EditorMapping } from '../../../../../src/api/views';
import { fieldsOf } from './edit-mapping';
import type { CatalogField, CatalogProject } from './mapping-words';

export type Fill = NonNullable<EditorMapping['fills']>[number];

/** Kinds that a text of an admin can be written into. */
const fillable: ReadonlySet<string> = new Set([
  'text',
  'richText',
  'url',
  'number',
  'date',
  'labels',
  'priority',
  'select',
  'multiSelect',
  'versions',
  'components',
]);

/** How many an agreement holds. */
const mostFills = 100;

/** Fields of this site that neither the agreement nor a fill has yet. */
export function freeFields(mine: CatalogProject | undefined, mapping: EditorMapping): CatalogField[] {
  const fills = mapping.fills ?? [];
  if (fills.length >= mostFills) return [];
  const taken = new Set([...mapping.fields.map((field) => field.mine), ...fills.map((fill) => fill.fieldId)]);
  return fieldsOf(mine, mapping, 'mine').filter(({ id, kind }) => fillable.has(kind) && !taken.has(id));
}

export function addFill(mapping: EditorMapping, { id, kind }: CatalogField): EditorMapping {
  return withFills(mapping, [...(mapping.fills ?? []), { fieldId: id, kind, text: '', when: 'create' }]);
}

/** `change` undefined takes it away. */
export function changeFill(
  mapping: EditorMapping,
  fieldId: string,
  change: Partial<Pick<Fill, 'text' | 'when'>> | undefined,
): EditorMapping {
  return withFills(
    mapping,
    (mapping.fills ?? []).flatMap((fill) => {
      if (fill.fieldId !== fieldId) return [fill];
      return change === undefined ? [] : [{ ...fill, ...change }];
    }),
  );
}

function withFills({ fills: _before, ...mapping }: EditorMapping, fills: Fill[]): EditorMapping {
  return fills.length === 0 ? mapping : { ...mapping, fills };
}

/** Fields with several choices hold their ids one behind the other. */
export function choicesIn(text: string): string[] {
  return text.split(',').filter((id) => id !== '');
}
