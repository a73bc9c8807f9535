/** Counts changes by the hour and tells when there are far more than usual. Times are milliseconds since the epoch. */
import { z } from 'zod';

const hourMs = 3_600_000;
/** So many changes in an hour need no question, however few are usual. */
const leastOrdinary = 500;
/** Otherwise this many times as many as usual. */
const ordinaryTimes = 20;
/** How much the newest busy hour weighs in what is usual. */
const weight = 0.1;

const count = z.number().int().nonnegative();
const counted = z.object({
  /** Changes since `from`. */
  now: count,
  /** Changes of a usual hour in which there were any. */
  usual: z.number().nonnegative(),
});

/** `from`: when the present hour began. A direction without changes is absent. */
export const changeRateSchema = z.object({
  from: z.number().int().nonnegative(),
  out: counted.optional(),
  in: counted.optional(),
});
export type ChangeRate = z.infer<typeof changeRateSchema>;
export type Flow = 'out' | 'in';

/**
 * `startedAt`: first start, `forgivenAt`: when an admin let through what waited. Changes made before either of them are not
 * counted, nor what is older than an hour: existing issues and what a long stop left are no haste.
 */
export interface RateFacts {
  now: number;
  startedAt: number | undefined;
  forgivenAt: number | undefined;
}

/** New issues, edits and comments count, by the time at which Jira says they were made. */
export function isCounted(operation: { op: string; at?: unknown }, facts: RateFacts): boolean {
  const { op, at } = operation;
  if (!/^(issue\.(create|update)|comment\.put)$/.test(op) || typeof at !== 'number') return false;
  return at > Math.max(facts.now - hourMs, facts.startedAt ?? 0, facts.forgivenAt ?? 0);
}

/** With one change more. */
export function noteRate(rate: ChangeRate | undefined, flow: Flow, facts: RateFacts): ChangeRate {
  const current = present(rate, facts);
  const known = current[flow] ?? { now: 0, usual: 0 };
  return { ...current, [flow]: { ...known, now: known.now + 1 } };
}

/** True when another change would be more than the limit allows. */
export function isOverRate(rate: ChangeRate | undefined, flow: Flow, facts: RateFacts): boolean {
  const known = present(rate, facts)[flow];
  return known !== undefined && known.now >= mostOrdinary(known.usual);
}

/** Most changes of an hour that need no question. */
export function mostOrdinary(usual: number): number {
  return Math.max(leastOrdinary, Math.ceil(usual * ordinaryTimes));
}

/** A new hour begins with the first change after the old one, and with an admin's answer. */
function present(rate: ChangeRate | undefined, { now, forgivenAt = 0 }: RateFacts): ChangeRate {
  if (rate === undefined) return { from: now };
  if (now - rate.from < hourMs && rate.from >= forgivenAt) return rate;
  const next: ChangeRate = { from: now };
  for (const flow of ['out', 'in'] as const) {
    const old = rate[flow];
    if (old !== undefined) next[flow] = { now: 0, usual: learn(old) };
  }
  return next;
}

/** Hours without changes say nothing about busy ones. */
function learn({ now, usual }: { now: number; usual: number }): number {
  if (now === 0) return usual;
  const learned = usual === 0 ? now : usual + (now - usual) * weight;
  return Math.round(learned * 10) / 10;
}
