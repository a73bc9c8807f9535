/** Contract: the published agreement of what is shared, revision by revision, in opaque ids. */
import { z } from 'zod';
import { attachmentTermsSchema } from './attachment-terms';
import { commentTermsSchema } from './comment-terms';
import { leavingSchema } from './filter';
import { lifecycleTermsSchema } from './lifecycle-terms';
import { fieldKindSchema } from './value';

export const slotIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** Whose changes travel. */
export const directionSchema = z.enum(['both', 'toSecondary', 'toPrimary']);
export type Direction = z.infer<typeof directionSchema>;

/** What to do when both sites changed the same slot: the newest change wins, always one side, or a person decides. */
export const mergePolicySchema = z.enum(['newest', 'primary', 'secondary', 'ask']);
export type MergePolicy = z.infer<typeof mergePolicySchema>;

/** One value that an option-like slot can take; `label` is its alias, in an open contract the primary's own name. */
export const contractValueSchema = z.object({ id: slotIdSchema, label: z.string().max(255) });

export const contractFieldSchema = z.object({
  id: slotIdSchema,
  kind: fieldKindSchema,
  label: z.string().max(255),
  direction: directionSchema,
  policy: mergePolicySchema,
  /**
   * What `values` does not name travels under its own name; people with account id, e-mail address and name. Without it
   * nothing leaves but what the agreement lists.
   */
  byName: z.literal(true).optional(),
  /** For kinds with choices and for people. */
  values: z.array(contractValueSchema).max(2_000).optional(),
});
export type ContractField = z.infer<typeof contractFieldSchema>;

export const contractTypeSchema = z.object({ id: slotIdSchema, label: z.string().max(255) });

/** One project pair with its issue types and fields. */
export const mappingSchema = z.object({
  id: slotIdSchema,
  label: z.string().max(255),
  enabled: z.boolean(),
  types: z.array(contractTypeSchema).min(1).max(200),
  fields: z.array(contractFieldSchema).max(500),
  /** `off`, or whose comments travel. Restricted comments do only where the terms name their audience. */
  comments: z.enum(['off', 'both', 'toSecondary', 'toPrimary']),
  commentTerms: commentTermsSchema.optional(),
  /** Whose logged work travels; absent: none. Restricted work never does. */
  worklogs: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  /** Whose links between issues that both have a twin travel; absent: nobody's. */
  links: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  /** Absent: no files travel. */
  attachments: attachmentTermsSchema.optional(),
  /** What becomes of twins of deleted, moved and archived issues; absent: they stay. */
  lifecycle: lifecycleTermsSchema.optional(),
  /** Which side's new issues get a twin. */
  creates: directionSchema,
  /** What becomes of twins whose original stops to match the filter of its site. */
  leaving: leavingSchema.optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

export const contractSchema = z.object({
  revision: z.number().int().min(1),
  note: z.string().min(1).max(2_000),
  mappings: z.array(mappingSchema).max(200),
});
export type Contract = z.infer<typeof contractSchema>;
