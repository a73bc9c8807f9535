/** Binding: which local project, type, field and option stands behind a slot. Bindings stay at home. */
import { z } from 'zod';

/** `locals`: the local option ids that stand for the value, the first being the one that is written. */
export const valueBindingSchema = z.object({
  value: z.string().max(64),
  locals: z.array(z.string().max(255)).min(1).max(200),
});

export const fieldBindingSchema = z.object({
  slot: z.string().max(64),
  /** Local field id: `summary`, `customfield_10042`, ... */
  fieldId: z.string().max(255),
  values: z.array(valueBindingSchema).max(2_000).optional(),
});
export type FieldBinding = z.infer<typeof fieldBindingSchema>;

export const mappingBindingSchema = z.object({
  mapping: z.string().max(64),
  projectId: z.string().max(64),
  types: z
    .array(z.object({ slot: z.string().max(64), typeId: z.string().max(64) }))
    .min(1)
    .max(200),
  fields: z.array(fieldBindingSchema).max(500),
});
export type MappingBinding = z.infer<typeof mappingBindingSchema>;
