/** How far existing issues are brought in, how fast, and how long the rest will take; an estimate that admits what it is. */

/** A moment, milliseconds since the epoch, at which so many issues were on the partner site. */
export interface Pace {
  at: number;
  there: number;
}

/** A page that was sent: it is over there once our sequence `seq` is applied there. */
export interface SentPage {
  seq: number;
  size: number;
}

/** Moments kept; the estimate looks at the oldest and at the last but one. */
const mostMoments = 6;

/** The pages which the partner has not applied yet. `done`: highest of our sequences that is applied there. */
export function stillSent(sent: readonly SentPage[], done: number): SentPage[] {
  return sent.filter(({ seq }) => seq > done);
}

/** Of `said` issues those that are over there. */
export function countThere(said: number, sent: readonly SentPage[], done: number): number {
  return said - stillSent(sent, done).reduce((sum, { size }) => sum + size, 0);
}

/** Remembers a moment; a moment at which nothing more was there says nothing new. */
export function notePace(pace: readonly Pace[], moment: Pace): Pace[] {
  const last = pace.at(-1);
  if (last !== undefined && last.there === moment.there) return [...pace];
  return [...pace, moment].slice(-mostMoments);
}

export interface Estimate {
  /** Issues in an hour, over all moments that are kept. */
  perHour: number;
  /** Milliseconds until the last one is there: at the better and at the worse of the two paces seen. */
  left: { from: number; to: number };
}

/**
 * Undefined before two moments are known. Time that passed since the last moment counts, so the estimate grows while
 * nothing moves.
 */
export function estimate(pace: readonly Pace[], left: number, now: number): Estimate | undefined {
  const [first] = pace;
  const before = pace.at(-2);
  const last = pace.at(-1);
  if (first === undefined || before === undefined || last === undefined) return undefined;
  const overall = speed(first, last, now);
  const recent = speed(before, last, now);
  if (overall === undefined || recent === undefined) return undefined;
  const times = [left / overall, left / recent].map(Math.round);
  return {
    perHour: Math.round(overall * 3_600_000),
    left: { from: Math.min(...times), to: Math.max(...times) },
  };
}

/** Points that an issue costs where it is read, without what hangs on it: once in a search, once itself. */
const pointsOfIssue = 2;
const hourMs = 3_600_000;

/** The same, not shorter than the points of Jira allow: what does not fit into this hour waits for the next ones. */
export function withinPoints(
  told: Estimate,
  left: number,
  points: { perHour: number; left: number },
): Estimate {
  const later = Math.max(0, left * pointsOfIssue - points.left);
  const soonest = points.perHour <= 0 ? 0 : Math.floor((later / points.perHour) * hourMs);
  const perHour = points.perHour <= 0 || later === 0 ? told.perHour : points.perHour / pointsOfIssue;
  return {
    perHour: Math.min(told.perHour, Math.floor(perHour)),
    left: { from: Math.max(told.left.from, soonest), to: Math.max(told.left.to, soonest) },
  };
}

/** Issues in a millisecond. */
function speed(from: Pace, to: Pace, now: number): number | undefined {
  const there = to.there - from.there;
  // Until a page is due, the time since the last one says nothing.
  const usual = to.at - from.at;
  const passed = Math.max(usual, now - from.at - usual);
  return there <= 0 || passed <= 0 ? undefined : there / passed;
}
