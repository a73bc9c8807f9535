/** Terms of the end: what a mapping agrees on for issues which are deleted, moved out of reach or archived on one site. */
import { z } from 'zod';

/**
 * What becomes of the twin. `ignore`: it stays as it is. `mark`: it stays, and a comment on it says what happened.
 * `delete`: it is deleted too.
 */
const endPolicySchema = z.enum(['ignore', 'mark', 'delete']);
export type EndPolicy = z.infer<typeof endPolicySchema>;

/** `direction`: whose issues count; where the other side's come to an end their twins stay. */
export const lifecycleTermsSchema = z.object({
  direction: z.enum(['both', 'toSecondary', 'toPrimary']),
  deletion: endPolicySchema,
  move: endPolicySchema,
  archive: endPolicySchema,
});
export type LifecycleTerms = z.infer<typeof lifecycleTermsSchema>;

/**
 * What happened to one issue of a pair. `unreachable`: nobody knows; an admin gave up waiting for it. `left`: it stopped to
 * match the filter of its site.
 */
export const endReasonSchema = z.enum(['deleted', 'moved', 'archived', 'unreachable', 'left']);
export type EndReason = z.infer<typeof endReasonSchema>;
