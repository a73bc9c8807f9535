/** Filter: which of the mapped issues of this site take part. It stays at home, like every binding. */
import { z } from 'zod';

/**
 * One field of this site and local ids of choices (labels: the words). `anyOf`: the issue has at least one of them,
 * `noneOf`: it has none.
 */
const conditionSchema = z.object({
  fieldId: z.string().min(1).max(255),
  is: z.enum(['anyOf', 'noneOf']),
  values: z.array(z.string().min(1).max(255)).min(1).max(100),
});
export type Condition = z.infer<typeof conditionSchema>;

/** An issue takes part when it meets every condition and the query finds it. */
export const filterSchema = z.object({
  jql: z.string().min(1).max(2_000).optional(),
  conditions: z.array(conditionSchema).max(10).optional(),
});
export type Filter = z.infer<typeof filterSchema>;

/**
 * What becomes of a twin when its original stops to match. `keep`: both go on as before. `stop`: nothing travels until it
 * matches again. `mark`: the same, and a comment on the twin says so. `delete`: it is deleted, and the pair is over. Absent:
 * `keep`.
 */
export const leavingSchema = z.enum(['keep', 'stop', 'mark', 'delete']);
export type Leaving = z.infer<typeof leavingSchema>;

/** True when nothing is kept at home. */
export function isOpen(filter: Filter | undefined): boolean {
  return filter?.jql === undefined && (filter?.conditions ?? []).length === 0;
}

/** Local fields that conditions look at. */
export function filterFieldIds(filter: Filter | undefined): string[] {
  return [...new Set((filter?.conditions ?? []).map(({ fieldId }) => fieldId))];
}
