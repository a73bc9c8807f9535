/** What screens ask and show about existing issues: bringing them in, and pairing those that exist on both sites. */
import { z } from 'zod';

const key = z.string();
const jql = z.string().max(10_000);
const fieldId = z.string().min(1).max(255);

export const backfillViewSchema = z.object({
  state: z.enum(['none', 'running', 'paused', 'stopped', 'pairing', 'jiraPause', 'finished']),
  done: z.number(),
  total: z.number().optional(),
  /** Issues in an hour, and milliseconds until the last is there: between the better and the worse pace seen. */
  estimate: z
    .object({ perHour: z.number(), left: z.object({ from: z.number(), to: z.number() }) })
    .optional(),
  until: z.number().optional(),
});

/** `keys`: two issue keys on each line, the one of this site first. */
export const pairingListSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('keys'), text: z.string().max(400_000) }),
  z.object({ by: z.literal('keyInField'), jql, fieldId }),
  z.object({ by: z.literal('value'), jql, fieldId }),
]);

/** What the partner may do; null: nothing. */
export const allowPairingSchema = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('key') }),
    z.object({ by: z.literal('value'), jql, fieldId }),
  ])
  .nullable();

const sample = z.object({ mine: key, theirs: z.string() });

export const pairingViewSchema = z.object({
  allow: allowPairingSchema,
  list: z
    .object({
      job: z.string(),
      state: z.enum(['asked', 'running']),
      total: z.number(),
      waiting: z.number(),
      good: z.number(),
      done: z.number(),
      samples: z.array(sample),
      refused: z.array(
        z.object({
          why: z.enum(['unknown', 'type', 'paired', 'twice', 'notAllowed', 'unavailable']),
          count: z.number(),
          samples: z.array(sample),
        }),
      ),
    })
    .optional(),
});
