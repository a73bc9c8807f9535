/** The points of an hour: how many this site may take, for whom, and who has to wait for the next hour. */

/** `background`: existing issues, pairing and checks, which may wait. `live`: everything else. */
export type Lane = 'live' | 'background';

/** What Jira last said about the quota of the app. */
export interface Seen {
  at: number;
  /** Points of an hour and how many are left, for whoever shares the quota. */
  limit: number;
  remaining: number;
  /** True when the quota is of this site alone, false when all installations of the app share it. */
  isOwn: boolean;
}

/** What one synchronization took in the hour, and when it last asked for something that may wait. */
export interface Taken {
  live: number;
  background: number;
  askedAt?: number | undefined;
}

/** Points taken by this site in one hour. */
export interface HourBudget {
  /** Hours since the epoch. */
  hour: number;
  taken: Record<string, Taken>;
  seen?: Seen | undefined;
  /** Jira refuses everything before this moment. */
  stopUntil?: number | undefined;
}

export interface BlockAsk {
  connection: string;
  lane: Lane;
  points: number;
  now: number;
  /** Part of a shared quota that is meant for this site, 0 to 1. */
  share: number;
}

export type BlockAnswer = { kind: 'granted'; budget: HourBudget } | { kind: 'wait'; until: number };

export const hourMs = 3_600_000;
/** Points of an hour where nobody has said otherwise: the pool of all installations (Atlassian's tier 1). */
export const usualLimit = 65_000;
/** Of a quota of its own a site leaves this part for calls that nobody counted. */
const ownShare = 0.95;
/** What may wait leaves this part of the allowance to what is live. */
const backgroundShare = 0.7;
/** Below this part of what is left for all, what may wait stops (Atlassian announces the end from 20 % on). */
const nearShare = 0.2;
/** Who asked this recently takes part in dividing what may wait, milliseconds. */
const activeMs = 300_000;
/** What Jira said is believed this long, milliseconds. */
const freshMs = 600_000;

export function hourOf(now: number): number {
  return Math.floor(now / hourMs);
}

export function hourEnd(now: number): number {
  return (hourOf(now) + 1) * hourMs;
}

/** Nothing is carried over into a new hour, except a stop that reaches into it. */
export function inHour(budget: HourBudget | undefined, now: number): HourBudget {
  const hour = hourOf(now);
  const stopUntil = (budget?.stopUntil ?? 0) > now ? budget?.stopUntil : undefined;
  const stop = stopUntil === undefined ? {} : { stopUntil };
  if (budget?.hour !== hour) return { hour, taken: {}, ...stop };
  const { stopUntil: _before, ...rest } = budget;
  return { ...rest, ...stop };
}

/** Asks for a block of points. A refusal names the moment from which asking again makes sense. */
export function askForBlock(before: HourBudget | undefined, ask: BlockAsk): BlockAnswer {
  const budget = inHour(before, ask.now);
  if (budget.stopUntil !== undefined) return { kind: 'wait', until: budget.stopUntil };
  const until = ask.lane === 'live' ? liveUntil(budget, ask) : backgroundUntil(budget, ask);
  if (until !== undefined) return { kind: 'wait', until };
  const { live = 0, background = 0, askedAt } = budget.taken[ask.connection] ?? {};
  const after: Taken =
    ask.lane === 'live'
      ? { live: live + ask.points, background, ...(askedAt === undefined ? {} : { askedAt }) }
      : { live, background: background + ask.points, askedAt: ask.now };
  return { kind: 'granted', budget: { ...budget, taken: { ...budget.taken, [ask.connection]: after } } };
}

/** Points of an hour that this site plans with. */
function allowance(seen: Seen | undefined, share: number): number {
  const { limit = usualLimit, isOwn = false } = seen ?? {};
  return Math.floor(limit * (isOwn ? ownShare : share));
}

/** Points that this site may take in an hour for what may wait. */
function backgroundAllowance(seen: Seen | undefined, share: number): number {
  return Math.floor(allowance(seen, share) * backgroundShare);
}

/** Points that what may wait can have in a whole hour, and how many of them this one has left. */
export function backgroundLeft(
  budget: HourBudget | undefined,
  now: number,
  share: number,
): { perHour: number; left: number } {
  const perHour = backgroundAllowance(budget?.seen, share);
  return { perHour, left: Math.max(0, perHour - total(inHour(budget, now))) };
}

/** What is live may go beyond its share while Jira says that enough is left for all. */
function liveUntil(budget: HourBudget, { points, now, share }: BlockAsk): number | undefined {
  const seen = freshSeen(budget, now);
  if (total(budget) + points <= allowance(budget.seen, share)) return undefined;
  return seen !== undefined && !isNear(seen) ? undefined : hourEnd(now);
}

function backgroundUntil(budget: HourBudget, ask: BlockAsk): number | undefined {
  const { connection, points, now, share } = ask;
  const seen = freshSeen(budget, now);
  if (seen !== undefined && isNear(seen)) return hourEnd(now);
  const ceiling = backgroundAllowance(budget.seen, share) + slack(seen, now);
  if (total(budget) + points > ceiling) return hourEnd(now);
  const others = Object.entries(budget.taken).filter(
    ([id, { askedAt = 0 }]) => id !== connection && askedAt > now - activeMs,
  );
  const mine = (budget.taken[connection]?.background ?? 0) + points;
  if (others.length === 0 || mine <= ceiling / (others.length + 1)) return undefined;
  // The others have theirs still to come. Whoever of them stops asking leaves it to the rest.
  return Math.min(hourEnd(now), now + activeMs);
}

/** Half of what is left beyond an even pace of all: the others will not need it. */
function slack(seen: Seen | undefined, now: number): number {
  if (seen === undefined || seen.isOwn) return 0;
  const left = (hourEnd(now) - now) / hourMs;
  return Math.max(0, Math.floor((seen.remaining - seen.limit * left) / 2));
}

/** Little is left for all: what may wait stops. */
export function isNear({ limit, remaining }: Seen): boolean {
  return remaining < limit * nearShare;
}

function freshSeen({ seen, hour }: HourBudget, now: number): Seen | undefined {
  return seen !== undefined && hourOf(seen.at) === hour && now - seen.at < freshMs ? seen : undefined;
}

function total({ taken }: HourBudget): number {
  return Object.values(taken).reduce((sum, { live, background }) => sum + live + background, 0);
}
