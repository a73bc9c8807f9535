/** What the primary suggests to the secondary, held against what there really is. */
import type { FieldBinding, MappingBinding } from '../model/binding';
import type { Catalog, CatalogType } from '../model/catalog';

/** Keeps what exists and is visible on this site; undefined when not even the project is. */
export function keepVisible(
  suggestion: MappingBinding | undefined,
  mine: Catalog,
): MappingBinding | undefined {
  const project = mine.projects.find((candidate) => candidate.id === suggestion?.projectId);
  if (suggestion === undefined || project === undefined) return undefined;
  const types = suggestion.types.filter((type) =>
    project.types.some((candidate) => candidate.id === type.typeId),
  );
  const bound = project.types.filter((type) => types.some((candidate) => candidate.typeId === type.id));
  const fields = suggestion.fields.flatMap((field) => keepField(field, bound));
  // Texts of its own, a filter and making what is missing are not the partner's to suggest: nobody would see them.
  const { fills: _fills, filter: _filter, ...rest } = suggestion;
  return types.length === 0 ? undefined : { ...rest, types, fields };
}

/** The binding of this site, with what it does not say yet taken from a suggestion for the same project. */
export function mergeBinding(
  own: MappingBinding | undefined,
  suggestion: MappingBinding | undefined,
): MappingBinding | undefined {
  if (own === undefined || suggestion === undefined || own.projectId !== suggestion.projectId) {
    return own ?? suggestion;
  }
  const newTypes = suggestion.types.filter((type) => !own.types.some((mine) => mine.slot === type.slot));
  const newFields = suggestion.fields.filter((field) => !own.fields.some((mine) => mine.slot === field.slot));
  return { ...own, types: [...own.types, ...newTypes], fields: [...own.fields, ...newFields] };
}

function keepField(suggested: FieldBinding, types: CatalogType[]): FieldBinding[] {
  const { create: _create, otherwise: _otherwise, ...field } = suggested;
  const found = types.flatMap((type) => type.fields.filter((candidate) => candidate.id === field.fieldId));
  if (found.length === 0) return [];
  // People and groups are not listed by the catalog.
  if (field.values === undefined || found.every(({ options }) => options === undefined)) return [field];
  const options = new Set(found.flatMap((candidate) => candidate.options?.map((option) => option.id) ?? []));
  const values = field.values
    .map((value) => ({ ...value, locals: value.locals.filter((local) => options.has(local)) }))
    .filter((value) => value.locals.length > 0);
  return [{ ...field, values }];
}
