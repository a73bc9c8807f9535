/** Calls of the page *History*: what travelled and who asked for what, how an undo goes on, how much a replay would look at. */
import { z } from 'zod';
import { call } from './call';

const id = z.string().min(1).max(64);
const moment = z.number().int().nonnegative().max(8_640_000_000_000_000);

/** `was`, `is`: ready to read, empty for an empty value; absent where nobody knows it any more. */
const changeSchema = z.object({ what: z.string(), was: z.string().optional(), is: z.string().optional() });

const entrySchema = z.object({
  id: z.string(),
  at: z.number(),
  kind: z.enum(['sent', 'received', 'asked', 'changed']),
  /** Number of the message. */
  seq: z.number().optional(),
  /** Who asked. */
  who: z.string().optional(),
  text: z.string().optional(),
  issues: z.array(z.object({ key: z.string(), changes: z.array(changeSchema) })),
  /** Issues that are not named. */
  more: z.number(),
  /** The message can be undone, or was. */
  undo: z.object({ undone: z.number().optional() }).optional(),
});

export const historyCalls = {
  /** Newest first; `issue`: only of the issue with this key, here or over there. A page may be empty and still have a cursor. */
  history: call(
    'admin',
    z.object({
      id,
      cursor: z.string().max(2_000).optional(),
      issue: z.string().trim().max(64).optional(),
    }),
    z.object({ entries: z.array(entrySchema), cursor: z.string().optional() }),
  ),
  /** What became of undoing a message. `left`: not set back, each with the reason. */
  undoState: call(
    'admin',
    z.object({ id, seq: z.number().int().positive() }),
    z.object({
      waiting: z.number(),
      /** Set back here, on its way to the partner. */
      here: z.number(),
      both: z.number(),
      left: z.array(z.object({ key: z.string(), what: z.string(), reason: z.string() })),
      running: z.boolean(),
    }),
  ),
  /** How many issues a replay would look at: `changed` by Jira's estimate, `told` of which messages spoke. */
  previewReplay: call(
    'admin',
    z.object({ id, from: moment, to: moment.optional() }),
    z.object({ changed: z.number(), told: z.number() }),
  ),
  /** What the partner's seals confirm of the common history. */
  chains: call(
    'admin',
    z.object({ id }),
    z.object({
      /** Our messages: sent so far, and up to which the partner has the same. */
      sent: z.number(),
      same: z.number(),
      /** The partner's messages: stored here without a hole, and dealt with. */
      stored: z.number(),
      applied: z.number(),
      /** One of the sites forgot something, and both are telling each other what. */
      forgot: z.boolean(),
      heardAt: z.number().optional(),
    }),
  ),
} as const;
