/** Pair: an issue here, its twin over there, and the values on which both sites last agreed. */
import { z } from 'zod';
import { twinIdSchema } from '../protocol/operations';
import { conflictSchema } from './conflict';
import { slotIdSchema } from './contract';
import { endedSchema, endingSchema } from './ending';
import { roleSchema } from './role';
import { fieldValueSchema, slotValuesSchema } from './value';

/** Milliseconds since the epoch. */
const time = z.number().int().nonnegative();
const sequence = z.number().int().nonnegative();

/**
 * - `offered`: original here, the partner has not told of its twin yet.
 * - `creating`: original there, our issue is being made (see `intent`).
 * - `twinned`: both issues exist.
 * - `unreachable`: our issue cannot be read; absence is not deletion, so it may come back.
 * - `gone`: it is over, because one of the issues was deleted, or left for good (`ended`). Such a pair is a tombstone: it stays,
 *   so that neither issue ever gets a twin again.
 */
const pairStateSchema = z.enum(['offered', 'creating', 'twinned', 'unreachable', 'gone']);

/**
 * A value that waits. `here`: the partner's value could not be written here; `partner`: ours could not be written there.
 * Either way `value` is what was sent and what the next change starts from on both sites, while the base stays.
 * `local` (side `here`): what our issue held when the value was set aside; as long as that stays, the slot is not
 * offered. Absent when the field could not be read at all, for instance because it is not bound.
 */
const heldSchema = z.object({
  side: z.enum(['here', 'partner']),
  value: fieldValueSchema,
  local: fieldValueSchema.optional(),
  reason: z.string().max(2_000),
  at: time,
});
export type Held = z.infer<typeof heldSchema>;

export const pairSchema = z.object({
  pair: twinIdSchema,
  mapping: slotIdSchema,
  type: slotIdSchema,
  /** Our issue; absent while it is being created. */
  local: z.object({ id: z.string().max(64), key: z.string().max(64) }).optional(),
  /** The issue over there as far as its address was told. */
  partner: z.object({ key: z.string().max(64), url: z.string().max(1_000) }).optional(),
  /** Side on which the original was created. */
  origin: roleSchema,
  state: pairStateSchema,
  /** Values applied on both sites, by slot. A slot that is absent was never agreed: both started empty. */
  base: slotValuesSchema,
  /** What Jira filled into our copy where the original said nothing: nobody's word while nothing is agreed on that slot. */
  unsaid: slotValuesSchema.optional(),
  /**
   * The one offer on its way: sent under `seq`, not known to be applied. `at`: time of the change; `times`: of single
   * slots, where it is another. `full`: it is an `issue.state` which asks for the partner's state. `resolves`: slots whose
   * value is a person's answer to a conflict. `past`: as in `issue.recall`. `terms`: at the secondary, the revision in force when it was said.
   */
  open: z
    .object({
      seq: sequence,
      values: slotValuesSchema,
      at: time,
      times: z.record(z.string().max(64), time).optional(),
      full: z.literal(true).optional(),
      past: z.record(z.string().max(64), z.array(z.string().max(64)).max(20)).optional(),
      resolves: z.array(z.string().max(64)).max(500).optional(),
      terms: z.number().int().positive().optional(),
    })
    .optional(),
  /**
   * Values of the partner's sequence `seq` that our issue took before Jira wanted a pause: what differs from them when that
   * sequence is applied again was edited since, even if it is what stood there before.
   */
  wrote: z.object({ seq: sequence, values: slotValuesSchema }).optional(),
  /**
   * A way through the workflow of more than one step, noted before each step that does not arrive: the value where it began, and
   * the local statuses on the way. Whoever finds the issue in one of them finds a step of ours, not an edit.
   */
  walk: z
    .object({
      slot: slotIdSchema,
      from: fieldValueSchema.optional(),
      via: z.array(z.string().max(64)).max(50),
    })
    .optional(),
  /** Highest sequence of the partner that was applied to this pair; sent as `seen`. */
  inSeq: sequence,
  /** Waiting values by slot. */
  held: z.record(z.string().max(64), heldSchema),
  /** Slots on which a person has to decide. */
  conflicts: z.record(z.string().max(64), conflictSchema).optional(),
  /** The whole pair waits (for instance a create that was refused), with the reason. */
  heldWhole: z
    .object({ side: z.enum(['here', 'partner']), reason: z.string().max(2_000), at: time })
    .optional(),
  /** When two issues that both existed became this pair; what was said about them before stays where it is. */
  pairedAt: time.optional(),
  /**
   * It waits because its issue on that side stopped to match a filter: nothing of it is sent until it matches again. `mark`: the
   * comment on our issue that says so.
   */
  left: z
    .object({ here: time.optional(), there: time.optional(), mark: z.string().max(64).optional() })
    .optional(),
  /** It waits because one issue was moved to a project of another mapping, and its twin was not. `type`: as that mapping names it. */
  moved: z
    .object({
      here: z.object({ mapping: slotIdSchema, type: slotIdSchema }).optional(),
      there: slotIdSchema.optional(),
    })
    .optional(),
  /** One of the issues came to an end, and the other one is not done with yet. */
  ending: endingSchema.optional(),
  /** Of a pair that is over. */
  ended: endedSchema.optional(),
  /** Our epoch in which the partner was told of this pair again, because it may have forgotten it. */
  recalled: z.number().int().positive().optional(),
  /** The partner may have forgotten it, and our issue could not be read when it was to be told: that is made up for. */
  untold: z.literal(true).optional(),
  /** Hash of the links of our issue when they were looked at last. */
  links: z.string().max(16).optional(),
  lastSent: time.optional(),
  lastReceived: time.optional(),
  /**
   * Written before the create request: the highest issue number known then, so that a lost answer can be found again.
   * `made`: the issue, where its making was answered and what comes after it had to wait; the index leads to it.
   */
  intent: z
    .object({
      highestNumber: z.number().int().nonnegative(),
      at: time,
      /** Local fields that the request left out because Jira had refused them. */
      without: z.array(z.string().max(255)).max(500).optional(),
      made: z.object({ id: z.string().max(64), key: z.string().max(64) }).optional(),
    })
    .optional(),
});
export type Pair = z.infer<typeof pairSchema>;
