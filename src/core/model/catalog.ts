/** Catalog: projects, issue types, fields, options and statuses of a site, as the mapping editor sees them. */
import { z } from 'zod';
import { fieldKindSchema } from './value';

const named = z.object({ id: z.string().max(255), name: z.string().max(255) });

/** One choice of a select field, a priority or a status. `category` is set for statuses. */
export const catalogOptionSchema = named.extend({
  category: z.enum(['new', 'indeterminate', 'done']).optional(),
});
export type CatalogOption = z.infer<typeof catalogOptionSchema>;

/** A field that Concord can share. `options` is present for select, priority and status kinds. */
export const catalogFieldSchema = named.extend({
  kind: fieldKindSchema,
  options: z.array(catalogOptionSchema).max(2_000).optional(),
});
export type CatalogField = z.infer<typeof catalogFieldSchema>;

export const catalogTypeSchema = named.extend({
  subtask: z.boolean(),
  fields: z.array(catalogFieldSchema).max(500),
});
export type CatalogType = z.infer<typeof catalogTypeSchema>;

export const catalogProjectSchema = named.extend({
  key: z.string().max(64),
  types: z.array(catalogTypeSchema).max(200),
});
export type CatalogProject = z.infer<typeof catalogProjectSchema>;

export const catalogSchema = z.object({ projects: z.array(catalogProjectSchema).max(2_000) });
export type Catalog = z.infer<typeof catalogSchema>;
