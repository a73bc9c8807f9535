/** Row of the catch-up: one for a connection, in the table `issueIndex`, so that it goes with it. */
import { z } from 'zod';
import type { Connection } from '../rows/connection';

const time = z.number().int().nonnegative();

/**
 * `until`: what was changed up to here was looked at, milliseconds since the epoch. `now`: a look whose search has
 * several pages: up to when, how far it is, and how many changes it found that nobody had told of.
 */
export const catchUpSchema = z.object({
  until: time,
  now: z
    .object({
      until: time,
      cursor: z.string().max(4_000).optional(),
      missed: z.number().int().nonnegative(),
    })
    .optional(),
});
export type CatchUp = z.infer<typeof catchUpSchema>;

/** Also names the look in a wake-up, among the names of dirty rows. */
export const catchUpKey = (connection: string): string => `${connection}:catch-up`;

const hourMs = 3_600_000;
/** Events may be minutes late (forge-platform.md: up to three): what is younger is for the next look. */
export const lateMs = 300_000;

/** A first look is due an hour after the start: what was there before is the business of existing issues. */
export function seenUntil(connection: Connection, row: CatchUp | undefined): number | undefined {
  return row?.until ?? connection.run.startedAt;
}

/** Once an hour, and as long as one is not done. */
export function isCatchUpDue(connection: Connection, row: CatchUp | undefined, now: number): boolean {
  const until = seenUntil(connection, row);
  return until !== undefined && (row?.now !== undefined || now - until >= hourMs + lateMs);
}
