/** The row that says how many points this site took in the present hour; one for all synchronizations. */
import { z } from 'zod';
import type { HourBudget } from '#core/governor/hour-budget';
import type { Store, StoreOperation } from '../ports/store';

const count = z.number().int().nonnegative();
const key = 'jira-points';

const budgetSchema = z.object({
  hour: count,
  taken: z.record(
    z.string().max(64),
    z.object({ live: count, background: count, askedAt: count.optional() }),
  ),
  seen: z.object({ at: count, limit: count, remaining: count, isOwn: z.boolean() }).optional(),
  stopUntil: count.optional(),
});

export async function readBudget(store: Store): Promise<{ budget: HourBudget; rev: string } | undefined> {
  const row = await store.get('registry', key);
  return row === undefined ? undefined : { budget: budgetSchema.parse(row.body), rev: row.rev };
}

/** Conditional on `rev`, or on there being none yet. */
export function setBudget(budget: HourBudget, rev: string | undefined): StoreOperation {
  const condition = rev === undefined ? { absent: true as const } : { rev };
  return { op: 'set', table: 'registry', key, body: budget, group: 'governor', rank: key, if: condition };
}
