/** Row of a replay: one for a connection, in the table `issueIndex`, so that it goes with it. */
import { z } from 'zod';

const time = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/**
 * `from`, `to`: the window, milliseconds since the epoch. `search`: issues which Jira says were changed since; `log`: pairs of which
 * messages told in the window. `cursor`: how far the step is. `noted`: issues that are looked at again, of about
 * `expected`.
 */
export const replaySchema = z.object({
  job: z.string().max(64),
  from: time,
  to: time,
  startedAt: time,
  endedAt: time.optional(),
  step: z.enum(['search', 'log', 'done']),
  jql: z.string().max(20_000).optional(),
  cursor: z.string().max(4_000).optional(),
  noted: count,
  expected: count.optional(),
});
export type Replay = z.infer<typeof replaySchema>;

export const replayKey = (connection: string): string => `${connection}:replay`;
