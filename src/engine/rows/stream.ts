/** Stream rows: lease and heads of both directions, written by whoever holds the lease; two more are written by others. */
import { z } from 'zod';
import { auditHeadSchema } from '#core/audit/entry';
import { changeRateSchema } from '#core/brake/change-rate';
import { removalsSchema } from '#core/lifecycle/part-deletions';
import { ackSchema, epochSchema } from '#core/protocol/envelope';

/** Milliseconds since the epoch. */
const time = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const chain = z.string().length(64);

/** Hints kept by name; beyond that a listing has to find the rows. */
export const mostHints = 100;
const hints = z.array(z.string().max(300)).max(mostHints);

/** Epochs of the partner that are remembered. */
export const mostPast = 8;

const cursor = z.string().max(4_000);

/** How far existing issues were looked at. `choice`: the admin's choice that it serves; another choice starts anew. */
export const backfillSchema = z.object({
  choice: z.string().max(10_200),
  cursor: cursor.optional(),
  found: count,
  done: count,
  finished: z.boolean(),
  /** How many Jira thinks there are. */
  total: count.optional(),
  /**
   * The page at work: its issues which took no part before, of how many, and what follows. `isRest`: of an earlier
   * choice; only what hangs on issues which take part by now is still said.
   */
  page: z
    .object({
      ids: z.array(z.string().max(64)).max(100),
      size: count,
      next: cursor.optional(),
      isRest: z.literal(true).optional(),
    })
    .optional(),
  /** Pages on their way: over there once our sequence is applied there. */
  sent: z
    .array(z.object({ seq: count, size: count }))
    .max(100)
    .optional(),
  /** Moments at which so many were over there (`core/backfill/progress`). */
  pace: z
    .array(z.object({ at: time, there: count }))
    .max(10)
    .optional(),
  /** It waits for the partner to apply what it has. */
  waits: z.literal(true).optional(),
});
export type Backfill = z.infer<typeof backfillSchema>;

/**
 * Both sites tell each other what one of them may have forgotten; until that is over nothing else is captured. `mine`: our
 * memory was put back, and its newest fact was `ageMs` old. `step`: `agree` the terms are told again, `floors` our pairs are
 * looked through, `tell` the epoch is opened with a word, `wait` for the partner, `pairs` and `search` what we know is told,
 * `ended` ours is done. `last`, `cursor`: how far the step is. `isHeard`: the partner is done.
 */
export const resyncSchema = z.object({
  at: time,
  mine: z.boolean(),
  ageMs: count,
  theirs: z.object({ lost: z.boolean(), ageMs: count }).optional(),
  step: z.enum(['agree', 'floors', 'tell', 'wait', 'pairs', 'search', 'ended']),
  last: z.string().max(64).optional(),
  cursor: cursor.optional(),
  isHeard: z.literal(true).optional(),
});
export type Resync = z.infer<typeof resyncSchema>;

/**
 * How far it was looked for issues about which a filter says something else by now, though nobody edited them. `of`: the filters
 * and the revision that it serves; others start anew. `isWhole`: all of them; else only those that change with time. `cursor`
 * (`enter`), `last` (`pairs`): where it goes on, not before `nextAt`. `pages`: read so far.
 */
const filterLookSchema = z.object({
  of: z.string().max(64),
  isWhole: z.boolean(),
  step: z.enum(['enter', 'pairs', 'done']),
  cursor: cursor.optional(),
  last: z.string().max(64).optional(),
  pages: count,
  nextAt: time,
});
export type FilterLook = z.infer<typeof filterLookSchema>;

/** Members that are absent when empty keep the row small: it is written with every change. */
export const streamSchema = z.object({
  /** Lease: who works on this connection, and until when nobody else may. `fence` counts the holders. */
  owner: z.string().max(64).optional(),
  until: time.optional(),
  fence: count,
  ep: epochSchema,
  out: z.object({
    /** Highest sequence cut, and the chain there. */
    seq: count,
    ch: chain,
    /** All up to here is stored over there; its copies are gone here. */
    acked: count,
    /** All up to here is applied over there or reported as held, and the reports were applied here. */
    done: count,
    /** Number of the next control operation to cut. */
    control: count,
    /** Failed attempts to reach the partner since the last success, and when to try again. */
    tries: count.optional(),
    nextAt: time.optional(),
  }),
  in: z.object({
    /** All batches up to here are applied; of the next one, that many operations. */
    applied: count,
    ops: count.optional(),
    /** While stopped here, data waits but control goes on: batches after `applied` which are done already. */
    ahead: z.array(count).max(200).optional(),
    /** Up to where the waiting batches were searched for control operations. */
    scanned: count.optional(),
    /** The partner's epoch in which `applied` counts; absent in its first one. */
    ep: z.string().max(64).optional(),
  }),
  resync: resyncSchema.optional(),
  /** When our memory was lost once: the highest number of an issue that was remembered, by project key. */
  floors: z.record(z.string().max(64), count).optional(),
  /** When epochs were begun here, of the last day. */
  epochs: z.array(time).max(20).optional(),
  /** Dirty rows that wait for an open offer or for Jira; `overflow`: there are more than a list can name. */
  waiting: hints.optional(),
  overflow: z.literal(true).optional(),
  counts: z.object({ pairs: count, sent: count, received: count }),
  /** End of the audit log's lane `sync`. */
  audit: auditHeadSchema.optional(),
  backfill: backfillSchema.optional(),
  /** Jira asked for a pause, or did not answer: nothing is asked of it before. */
  pausedUntil: time.optional(),
  /** The same for existing issues, pairing and checks only. */
  backgroundUntil: time.optional(),
  /** A timer is set for issues that rest. */
  restUntil: time.optional(),
  /** Points of Jira that are left of the last block (`ports/governor`). */
  credit: z.object({ hour: count, left: z.number().int() }).optional(),
  /** When the partner last answered a message of ours, to within half an hour. */
  heardAt: time.optional(),
  /** When it last did not. */
  aliveAt: time.optional(),
  /** The silence of the partner that was looked at last (`incoming.silence.until`). */
  silence: time.optional(),
  rate: changeRateSchema.optional(),
  filterLook: filterLookSchema.optional(),
  removals: removalsSchema.optional(),
});
export type Stream = z.infer<typeof streamSchema>;

/** What came in; written by the webtrigger only. */
export const incomingSchema = z.object({
  /** The partner's epoch, from its first message on. */
  ep: epochSchema.optional(),
  /** All batches up to here are stored without a hole; the chain there. */
  seq: count,
  ch: z.string().max(64),
  /** Batches beyond a hole, with the hash of the body and the chain that they claim. */
  buffered: z.array(z.object({ seq: count, bh: chain, ch: chain })).max(64),
  /** Earlier epochs of the partner, with the last message that is stored of each; what is not applied yet comes first. */
  past: z
    .array(z.object({ ep: z.string().max(64), from: count, seq: count }))
    .max(mostPast)
    .optional(),
  /** Newest acknowledgement of what we sent. */
  ack: ackSchema.optional(),
  heardAt: time.optional(),
  /** The installation from which the partner sends, and another one about which an admin was asked. */
  home: z.string().max(64).optional(),
  strange: z.object({ home: z.string().max(64), at: time }).optional(),
  /** The last long time in which nothing came in. */
  silence: z.object({ from: time, until: time }).optional(),
});
export type Incoming = z.infer<typeof incomingSchema>;

/** What others leave for the worker, and the secret from which ids of pairs are made. */
export const boxSchema = z.object({
  hints,
  overflow: z.literal(true).optional(),
  /** Number that the next control operation gets. */
  control: count,
  salt: z.string().min(16).max(64),
});
export type Box = z.infer<typeof boxSchema>;

/** These rows are found by their keys and never listed: the beginning of the id spreads them, and is short. */
export const streamGroup = (connection: string): string => connection.slice(0, 6);
