/** Problem row: all that waits for somebody at one pair or one comment; gone as soon as nothing waits. */
import { z } from 'zod';

export const problemItemSchema = z.object({
  /** What waits, within its row: a slot, `whole`, `comment`. */
  id: z.string().max(100),
  at: z.number().int().nonnegative(),
  what: z.string().max(300),
  reason: z.string().max(2_000),
  /** What the admin can do about it. */
  next: z.string().max(500),
  side: z.enum(['here', 'partner']),
});
export type ProblemItem = z.infer<typeof problemItemSchema>;

/** Item of an issue whose twin came to an end, where an admin has to decide. */
export const endingItem = 'ending';
/** Item of an issue that cannot be read. */
export const unreachableItem = 'unreachable';

/** Item of a slot on which a person has to decide; the pair holds the values. */
export function conflictItem(slot: string): string {
  return `conflict-${slot}`;
}

/** The slot behind such an item; undefined for any other. */
export function conflictSlot({ id }: Pick<ProblemItem, 'id'>): string | undefined {
  return id.startsWith('conflict-') ? id.slice('conflict-'.length) : undefined;
}

export const problemRowSchema = z.object({
  issueId: z.string().max(64).optional(),
  issueKey: z.string().max(64).optional(),
  /** Set for a comment: its twin id. */
  comment: z.string().max(64).optional(),
  /** Set for logged work: its twin id. */
  worklog: z.string().max(64).optional(),
  /** Set for a file: its twin id. */
  file: z.string().max(64).optional(),
  /** Set for links of the issue. */
  links: z.literal(true).optional(),
  items: z.array(problemItemSchema).min(1).max(500),
});
export type ProblemRow = z.infer<typeof problemRowSchema>;
