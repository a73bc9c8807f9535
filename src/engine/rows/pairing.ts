/** Rows of pairing: what is allowed and where the work stands is part of the connection row, the lists are rows of their own. */
import { z } from 'zod';
import { refusalSchema } from '#core/protocol/pairing-operations';

const issueKey = z.string().max(64);

/** Entries of one row, and of one question to the partner. */
export const partSize = 250;
/** Lists are not longer than this. */
export const mostParts = 20;

/** How issues find their twin. `value`: by what stands in a field there; both sites name their field and their issues. */
export const pairingWaySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('key') }),
  z.object({ by: z.literal('value'), fieldId: z.string().min(1).max(255), jql: z.string().max(10_000) }),
]);
export type PairingWay = z.infer<typeof pairingWaySchema>;

export const pairingStateSchema = z.object({
  /** The partner may pair its issues with issues of this site in this way. */
  allow: pairingWaySchema.optional(),
  /** The list of this site: `asked` until the admin says start; then `part` is the next one to do. */
  job: z
    .object({
      id: z.string().max(64),
      at: z.number().int().nonnegative(),
      parts: z.number().int().min(1).max(mostParts),
      state: z.enum(['asked', 'running']),
      part: z.number().int().nonnegative(),
    })
    .optional(),
});

/** `mine`, `theirs`: keys. `no`: why not; found out here or over there. `ok`: the partner has looked and agrees. */
const entrySchema = z.object({
  pair: z.string().max(64).optional(),
  issueId: z.string().max(64).optional(),
  mine: issueKey,
  theirs: issueKey.optional(),
  value: z.string().max(255).optional(),
  ok: z.literal(true).optional(),
  no: refusalSchema.optional(),
});
export type PairingEntry = z.infer<typeof entrySchema>;

export const pairingPartSchema = z.object({
  job: z.string().max(64),
  entries: z.array(entrySchema).max(partSize),
});
export type PairingPart = z.infer<typeof pairingPartSchema>;

/** In the table `issueIndex`, so that it goes with the connection. */
export function pairingPartKey(connection: string, part: number): string {
  return `${connection}:pairing:${part}`;
}
