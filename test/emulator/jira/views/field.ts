/** How fields read in answers. */
import type { FieldRow } from '../entities';

/** A field as the list of all fields shows it. */
export function renderField(field: FieldRow): Record<string, unknown> {
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    ...(field.custom ? { untranslatedName: field.name } : {}),
    custom: field.custom,
    orderable: field.orderable,
    navigable: field.navigable,
    searchable: field.searchable,
    clauseNames: field.clauseNames,
    ...(field.schema === undefined ? {} : { schema: field.schema }),
  };
}
