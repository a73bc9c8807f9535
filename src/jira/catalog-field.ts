/** Makes a field of the catalog out of what Jira says about a field of its create screen. */
import { z } from 'zod';
import { kinds } from '#core/mapping/translate';
import type { CatalogField, CatalogOption } from '#core/model/catalog';
import { fieldKind, fieldSchemaSchema } from './field-kind';

const allowedSchema = z.looseObject({
  id: z.coerce.string(),
  name: z.string().optional(),
  value: z.string().optional(),
  disabled: z.boolean().optional(),
  archived: z.boolean().optional(),
  children: z.array(z.unknown()).optional(),
});
export const createFieldSchema = z.looseObject({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string(),
  schema: fieldSchemaSchema.optional(),
  allowedValues: z.array(z.unknown()).optional(),
});

/** Most choices that a catalog carries for one field. */
const mostOptions = 2_000;

/** None for a field that cannot be shared. */
export function toField(field: z.infer<typeof createFieldSchema>): CatalogField[] {
  const id = field.fieldId ?? field.key;
  const kind = field.schema === undefined ? undefined : fieldKind(field.schema);
  if (id === undefined || kind === undefined) return [];
  // Groups and sprints have no list here; their choices travel by name or are read elsewhere.
  if (!kinds[kind].hasChoices || field.allowedValues === undefined) return [{ id, name: field.name, kind }];
  const options = field.allowedValues.flatMap((one) => toOptions(one)).slice(0, mostOptions);
  return [{ id, name: field.name, kind, options }];
}

/** Both levels of a cascading choice are options: `10/12` is the second level below the first. */
function toOptions(raw: unknown): CatalogOption[] {
  const option = allowedSchema.safeParse(raw);
  if (!option.success || option.data.disabled === true || option.data.archived === true) return [];
  const { id, name, value, children = [] } = option.data;
  const own = { id, name: (name ?? value ?? id).slice(0, 255) };
  const below = children.flatMap((child) => toOptions(child));
  return [
    own,
    ...below.map((child) => ({
      id: `${id}/${child.id}`,
      name: `${own.name} / ${child.name}`.slice(0, 255),
    })),
  ];
}
