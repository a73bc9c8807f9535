/** Records what became of a plan: the base moves for what was read back equal, the rest waits with its reason. */
import { equalValues } from '#core/merge/equal-values';
import type { Held, Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';
import { withoutWalk } from './half-way';
import { withoutSlots } from './settle-pair';
import type { UpdatePlan } from './update-plan';

export interface UpdateOutcome {
  /** Our issue as it was read before the write. */
  before: SlotValues;
  /** The issue as it was read back, in contract vocabulary; the same as `before` when nothing was written. */
  after: SlotValues;
  /** Why slots could not be written, by slot, in words for an admin. */
  refused: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface ConcludedUpdate {
  pair: Pair;
  /** To be reported to the partner as `issue.held`. */
  held: { slot: string; reason: string }[];
}

const readBackDiffers = 'Jira stored another value than the one that was written.';

/**
 * `plan` may also describe a create (`agreed` and `write` are the values of the new issue) or a retry of waiting values
 * (both are what `planRetry` wants written; offer those slots again afterwards, so that the partner hears of it).
 */
export function concludeUpdate(
  plan: Pick<UpdatePlan, 'pair' | 'agreed' | 'write' | 'unbound' | 'refused' | 'starts'>,
  outcome: UpdateOutcome,
): ConcludedUpdate {
  const base: SlotValues = { ...plan.pair.base };
  const waiting: Record<string, Held> = {};
  const reports = plan.refused.map(({ slot, reason }) => ({ slot, reason }));
  for (const { slot, value, reason } of plan.refused) {
    if (value !== undefined) waiting[slot] = { side: 'here', value, reason, at: outcome.at };
  }
  for (const [slot, value] of Object.entries(plan.agreed)) {
    if (plan.unbound.includes(slot)) {
      waiting[slot] = { side: 'here', value, reason: 'This field has no counterpart here.', at: outcome.at };
      continue;
    }
    const reason = failure(plan.write, slot, outcome);
    if (reason === undefined) {
      base[slot] = value;
      continue;
    }
    // An edit made here was merged in: it counts from what both agreed on before, so that it is merged again.
    const isMerged = plan.write[slot] !== undefined && !equalValues(plan.write[slot], value);
    const local = plan.starts?.[slot] ?? (isMerged ? undefined : heldLocal(slot, outcome));
    waiting[slot] = {
      side: 'here',
      value,
      reason,
      at: outcome.at,
      ...(local === undefined ? {} : { local }),
    };
    reports.push({ slot, reason });
  }
  const held = { ...withoutSlots(plan.pair.held, Object.keys(plan.agreed)), ...waiting };
  const pair = withoutWalk(plan.pair, plan.agreed);
  return { pair: { ...pair, base, held, lastReceived: outcome.at }, held: reports };
}

/** What was refused was not written: if it looks different now, somebody has edited it since. */
function heldLocal(slot: string, { before, after, refused }: UpdateOutcome): FieldValue | undefined {
  return refused[slot] === undefined ? (after[slot] ?? before[slot]) : (before[slot] ?? after[slot]);
}

function failure(write: SlotValues, slot: string, outcome: UpdateOutcome): string | undefined {
  const wanted = write[slot];
  if (outcome.refused[slot] !== undefined) return outcome.refused[slot];
  if (wanted === undefined || equalValues(outcome.after[slot], wanted)) return undefined;
  return readBackDiffers;
}
