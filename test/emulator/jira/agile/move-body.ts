/** Bodies of requests that move issues. */
import { z } from 'zod';

/** Issues, and the issue above or below which they go. */
export const MoveBody = z.strictObject({
  issues: z.array(z.string()).optional(),
  rankBeforeIssue: z.string().optional(),
  rankAfterIssue: z.string().optional(),
  rankCustomFieldId: z.number().int().optional(),
});

/** Issues alone, each once. */
export const IssuesBody = z.strictObject({
  issues: z
    .array(z.string())
    .refine((names) => new Set(names).size === names.length, 'the same issue twice')
    .optional(),
});
