/** Binding: which local project, type, field and option stands behind a slot. Bindings stay at home. */
import { z } from 'zod';
import { audienceBindingSchema } from './comment-terms';
import { filterSchema } from './filter';
import { fieldKindSchema } from './value';

/** `locals`: the local option ids that stand for the value, the first being the one that is written. */
export const valueBindingSchema = z.object({
  value: z.string().max(64),
  locals: z.array(z.string().max(255)).min(1).max(200),
});

/** What this site does with a field of the agreement beyond its table of values. */
export const fieldUseSchema = z.object({
  /** Local option, account or group for what has no counterpart here. */
  otherwise: z.string().max(255).optional(),
  /** Versions and components that are missing here are made. */
  create: z.literal(true).optional(),
  /** The local field is of text and only shows the value: `text` one line, `richText` a text area. */
  as: z.enum(['text', 'richText']).optional(),
});
export type FieldUse = z.infer<typeof fieldUseSchema>;

export const fieldBindingSchema = z.object({
  slot: z.string().max(64),
  /** Local field id: `summary`, `customfield_10042`, ... */
  fieldId: z.string().max(255),
  values: z.array(valueBindingSchema).max(2_000).optional(),
  ...fieldUseSchema.shape,
});
export type FieldBinding = z.infer<typeof fieldBindingSchema>;

/**
 * A local field that gets a text of its own on our copies. `text` may have placeholders (`core/mapping/fill-template`); for
 * a field with choices it is the id of one. `when`: only as the copy is made, or with every change of the partner.
 */
export const fillSchema = z.object({
  fieldId: z.string().max(255),
  kind: fieldKindSchema,
  text: z.string().max(2_000),
  when: z.enum(['create', 'always']),
});

export const mappingBindingSchema = z.object({
  mapping: z.string().max(64),
  projectId: z.string().max(64),
  types: z
    .array(z.object({ slot: z.string().max(64), typeId: z.string().max(64) }))
    .min(1)
    .max(200),
  fields: z.array(fieldBindingSchema).max(500),
  fills: z.array(fillSchema).max(100).optional(),
  /** Roles and groups of this site behind the audiences of comments. */
  audiences: z.array(audienceBindingSchema).max(50).optional(),
  /** Which issues of this site take part; absent: all of the project and types. */
  filter: filterSchema.optional(),
});
export type MappingBinding = z.infer<typeof mappingBindingSchema>;
