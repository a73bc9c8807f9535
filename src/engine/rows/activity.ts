/** Activity row: one plain sentence about what happened; kept for 30 days or until the record is removed. */
import { z } from 'zod';

export const activitySchema = z.object({
  at: z.number().int().nonnegative(),
  level: z.enum(['info', 'warning', 'error']),
  text: z.string().max(2_000),
  /** Local issue, if the line is about one. */
  issueKey: z.string().max(64).optional(),
});
export type Activity = z.infer<typeof activitySchema>;

export const activityTtlDays = 30;
