/** What a change may cost at most, over both sites: the goals that the product is held to. */
import type { Costs } from './costs';

/** A live edit: read there, read and write here; a tenth of them may need one call more. */
const editCalls = 3.3;
const kilobyte = 1_000;

export const goals = {
  edit: { calls: editCalls, kvsWriteBytes: 4 * kilobyte },
  /** Each of ten changes that were made together. */
  inBatch: { calls: editCalls, kvsWriteBytes: 1.5 * kilobyte },
  /** Both sites together; fourteen for each. */
  idleHour: { calls: 8, points: 8, invocations: 28 },
  none: {},
} as const satisfies Record<string, Partial<Costs>>;
export type GoalName = keyof typeof goals;

/**
 * What is above its goal so far and must not get worse: rows of pairs hold all values of an issue, and the log of what was
 * done and what can be undone is written with every change. An entry goes as soon as its goal is met.
 */
const reached: Partial<Record<string, Partial<Costs>>> = {
  edit: { kvsWriteBytes: 7 * kilobyte },
  'Edited comment': { calls: 4 },
  inBatch: { kvsWriteBytes: 6 * kilobyte },
};

export interface Miss {
  what: string;
  cost: keyof Costs;
  measured: number;
  goal: number;
  /** Worse than it was: the check fails. */
  isNew: boolean;
}

/** What is above its goal. */
export function misses(what: string, costs: Costs, goal: GoalName): Miss[] {
  const limits: Partial<Costs> = goals[goal];
  return (Object.keys(limits) as (keyof Costs)[]).flatMap((cost) => {
    const limit = limits[cost] ?? Number.POSITIVE_INFINITY;
    const measured = costs[cost];
    const isNew = measured > Math.max(limit, reached[goal]?.[cost] ?? 0, reached[what]?.[cost] ?? 0);
    return measured > limit ? [{ what, cost, measured, goal: limit, isNew }] : [];
  });
}
