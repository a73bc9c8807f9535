/** Keeps what our issue took of the partner's values before Jira wanted a pause. */
import { equalValues } from '#core/merge/equal-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { UpdatePlan } from '#core/reconcile/update-plan';
import { putPair, readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';

/** What the issue took of the partner's values counts as said, although the whole is applied again after the pause. */
export async function noteWrote(
  session: Session,
  pair: Pair,
  seq: number,
  { plan, wrote }: { plan: UpdatePlan; wrote: SlotValues },
): Promise<void> {
  const taken = Object.entries(plan.write).filter(
    ([slot, value]) => equalValues(value, plan.agreed[slot]) && equalValues(value, wrote[slot]),
  );
  if (taken.length === 0) return;
  // As it stands by now: a way through the workflow was noted in it.
  const stored = (await readPair(session, pair.pair)) ?? pair;
  putPair(session, { ...stored, wrote: { seq, values: Object.fromEntries(taken) } });
}
