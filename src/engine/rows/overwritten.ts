/** Overwritten row: one value that gave way to another, kept so that a person can put it back. */
import { z } from 'zod';
import { fieldValueSchema } from '#core/model/value';

/** Days for which such a value can be put back. */
export const overwrittenTtlDays = 90;
/** Bytes of a value as JSON; a Forge KVS value holds 240 KiB. What is longer is kept as text, cut, and cannot be put back. */
export const longestValue = 200_000;
export const longestShown = 2_000;

/** `side`: whose value it was. `value` is absent where it was too long, or where only its text is known. */
export const overwrittenSchema = z.object({
  at: z.number().int().nonnegative(),
  pair: z.string().max(64),
  issueKey: z.string().max(64),
  slot: z.string().max(64),
  label: z.string().max(255),
  side: z.enum(['here', 'partner']),
  who: z.string().max(255).optional(),
  /** When it was written, as far as known. */
  changedAt: z.number().int().nonnegative().optional(),
  value: fieldValueSchema.optional(),
  text: z.string().max(longestShown),
});
export type OverwrittenRow = z.infer<typeof overwrittenSchema>;

/** Listed newest first; rows of the table `activity`, in a group of their own. */
export const overwrittenGroup = (connection: string): string => `${connection}:overwritten`;
