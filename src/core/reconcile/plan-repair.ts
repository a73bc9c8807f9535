/** After a write that met an edit nobody had seen: decides again, as if the edit had been read before. */
import { equalValues } from '#core/merge/equal-values';
import type { SlotValues } from '#core/model/value';
import type { SlotChanges } from './conflicts';
import type { UpdateDecision, UpdatePlan } from './update-plan';

export interface RepairQuestion {
  /** Our issue as read before the write, and what people wrote in between, with when and by whom. */
  local: SlotValues;
  between: SlotValues;
  changes: SlotChanges;
  /** The issue as it is now. */
  after: SlotValues;
  decide: Decide;
}

/** The decision for what our issue says, with the change times of single slots. */
export type Decide = (local: SlotValues, changes: SlotChanges) => UpdateDecision;

/** `write`: what has to be written still; for an edit that wins, or that a person has to decide on, the edit itself. */
export interface Repair {
  plan: UpdatePlan;
  write: SlotValues;
}

/** Undefined where the decision is none that is applied: it was before, so it is the caller's mistake. */
export function planRepair({ local, between, changes, after, decide }: RepairQuestion): Repair | undefined {
  const plan = decide({ ...local, ...between }, changes);
  if (plan.kind !== 'apply') return undefined;
  const write: SlotValues = {};
  for (const [slot, edit] of Object.entries(between)) {
    const target = plan.write[slot] ?? edit;
    if (!equalValues(after[slot], target)) write[slot] = target;
  }
  return { plan, write };
}
