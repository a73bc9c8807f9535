/** Draft of a mapping: slots with both sites' bindings beside them, as an admin edits them; split into contract and bindings. */
import { z } from 'zod';
import { attachmentTermsSchema } from './attachment-terms';
import { fieldUseSchema, fillSchema } from './binding';
import { audienceBindingSchema, commentTermsSchema } from './comment-terms';
import { directionSchema, mergePolicySchema } from './contract';
import { filterSchema, leavingSchema } from './filter';
import { lifecycleTermsSchema } from './lifecycle-terms';
import { fieldKindSchema } from './value';

const localId = z.string().max(255);

/** `mine` is this site, `theirs` the partner's, proposed by the primary in an open contract. Same shape as the screens use. */
export const draftMappingSchema = z.object({
  id: z.string().max(64),
  label: z.string().max(255),
  enabled: z.boolean(),
  mine: z.string().max(64).optional(),
  theirs: z.string().max(64).optional(),
  types: z
    .array(
      z.object({
        slot: z.string().max(64),
        label: z.string().max(255),
        mine: z.string().max(64).optional(),
        theirs: z.string().max(64).optional(),
      }),
    )
    .max(200),
  fields: z
    .array(
      z.object({
        slot: z.string().max(64),
        label: z.string().max(255),
        kind: fieldKindSchema,
        direction: directionSchema,
        policy: mergePolicySchema,
        mine: localId.optional(),
        theirs: localId.optional(),
        byName: z.literal(true).optional(),
        mineUse: fieldUseSchema.optional(),
        theirUse: fieldUseSchema.optional(),
        values: z
          .array(
            z.object({
              value: z.string().max(64),
              label: z.string().max(255),
              mine: z.array(localId).max(200),
              theirs: z.array(localId).max(200),
            }),
          )
          .max(2_000)
          .optional(),
      }),
    )
    .max(500),
  /** What fields of this site get besides; the partner decides on its own. */
  fills: z.array(fillSchema).max(100).optional(),
  comments: z.enum(['off', 'both', 'toSecondary', 'toPrimary']),
  commentTerms: commentTermsSchema.optional(),
  /** Of this site. */
  audiences: z.array(audienceBindingSchema).max(50).optional(),
  worklogs: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  links: z.enum(['off', 'both', 'toSecondary', 'toPrimary']).optional(),
  attachments: attachmentTermsSchema.optional(),
  lifecycle: lifecycleTermsSchema.optional(),
  creates: directionSchema,
  /** Which issues of this site take part; the partner decides on its own. */
  filter: filterSchema.optional(),
  leaving: leavingSchema.optional(),
});
export type DraftMapping = z.infer<typeof draftMappingSchema>;
