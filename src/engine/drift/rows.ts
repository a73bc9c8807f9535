/** Rows of a check for differences. They live in the table `issueIndex`, so that they go with the connection. */
import { z } from 'zod';

const time = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const id = z.string().max(64);

/** Differences kept, at most; more are only counted. */
export const mostFound = 1_000;
/** Differences of one row. */
export const foundPage = 50;

/** Part of the connection row while there is something to do; absent otherwise, so that no other work reads more. */
export const driftFlagsSchema = z.object({ mine: id.optional(), theirs: id.optional() });

/** How far one side is with reading its pairs. `last`: the pair read last; `tops`: digests of the buckets. */
const scanShape = {
  check: id,
  full: z.boolean(),
  last: z.string().max(64),
  tops: z.string().max(4_096),
  count,
  /** Issues that cannot be read here or take no part; pairs with a change on its way. */
  missing: count,
  busy: count,
} as const;

export const theirCheckSchema = z.object({ ...scanShape, root: z.string().max(16), done: z.boolean() });
export type TheirCheck = z.infer<typeof theirCheckSchema>;

export const myCheckSchema = z.object({
  ...scanShape,
  /** `asked`, `waits`: for the partner. `heal`: what was found is being put right. */
  step: z.enum(['scan', 'asked', 'look', 'waits', 'done', 'heal']),
  startedAt: time,
  endedAt: time.optional(),
  theirCount: count.optional(),
  /** Buckets that differ and were not looked at. */
  todo: z.array(z.number().int().min(0).max(255)).max(256),
  /** Pairs whose items were sent, in that order. */
  looking: z.array(id).max(2_000),
  found: count,
  kept: count,
  heal: z.object({ page: count, pairs: count, endedAt: time.optional() }).optional(),
});
export type MyCheck = z.infer<typeof myCheckSchema>;

/**
 * `differs`: `base` tells whether both sites still start from the same values. `onlyHere`, `onlyThere`: the other site does
 * not know the pair. `missingHere`, `missingThere`: its issue was deleted, hidden, or takes no part any more.
 */
const foundSchema = z.object({
  pair: id,
  key: id.optional(),
  kind: z.enum(['differs', 'onlyHere', 'onlyThere', 'missingHere', 'missingThere']),
  base: z.enum(['same', 'apart']).optional(),
  fields: z
    .array(
      z.object({
        slot: id,
        label: z.string().max(255),
        here: z.string().max(100),
        there: z.string().max(100),
      }),
    )
    .max(100)
    .optional(),
});
export type Found = z.infer<typeof foundSchema>;
export const foundPageSchema = z.object({ check: id, found: z.array(foundSchema).max(foundPage) });

export const driftKeys = {
  mine: (connection: string): string => `${connection}:drift:mine`,
  theirs: (connection: string): string => `${connection}:drift:theirs`,
  found: (connection: string, page: number): string => `${connection}:drift:found:${page}`,
} as const;
