/** What screens ask and show about differences between the sites. */
import { z } from 'zod';

export const driftViewSchema = z.object({
  state: z.enum(['none', 'checking', 'done', 'healing']),
  check: z.string().optional(),
  /** Jira is read on both sites; else only what was agreed is compared. */
  full: z.boolean().optional(),
  /** Pairs read here so far. */
  read: z.number().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** `same`: after a full check proved as of `startedAt`, after a light one no difference is known. */
  verdict: z.enum(['same', 'differs']).optional(),
  /** All of them, also those that are not kept. */
  found: z.number().optional(),
  /** Pairs left out because a change of theirs was on its way. */
  moving: z.number().optional(),
  differences: z
    .array(
      z.object({
        pair: z.string(),
        key: z.string().optional(),
        kind: z.enum(['differs', 'onlyHere', 'onlyThere', 'missingHere', 'missingThere']),
        base: z.enum(['same', 'apart']).optional(),
        fields: z
          .array(z.object({ slot: z.string(), label: z.string(), here: z.string(), there: z.string() }))
          .optional(),
      }),
    )
    .optional(),
  nextPage: z.number().optional(),
  healed: z.object({ pairs: z.number(), at: z.number() }).optional(),
});
