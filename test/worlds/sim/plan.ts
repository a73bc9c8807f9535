/** Plan: what a seed makes of a world before anything happens in it. Every kind of fault is missing in some worlds. */
import type { SeededRandom } from '../../support/seeded-random';
import type { Loss } from './forget';

export interface Plan {
  rounds: number;
  /** Probability of death before and after each call of a port. */
  deadly: number;
  /** Probability that a call waits for its turn, so that others come in between. */
  slow: number;
  /** Of each message: lost, answer lost, doubled, late. */
  wire: number;
  wakeLoss: number;
  eventLoss: number;
  /** Jira tells nobody of a comment, a file, logged work or its deletion. */
  silence: number;
  copies: number;
  /** Longest usual delay of wake-ups and events, milliseconds. */
  delayMs: number;
  /** 429 and 5xx. */
  limited: number;
  /** Jira does it, but its answer is lost. */
  lostAnswers: number;
  /** Creates that get no answer and land up to 13 s later. */
  late: number;
  /** Invocations which have little time. */
  short: number;
  stops: number;
  revisions: number;
  /** Jira refuses a field for a while; issues that the app cannot see for a while. */
  refusing: number;
  hiding: number;
  storeLagMs: number;
  indexLagMs: number;
  tellsOwn: boolean;
  /** Issues that are there before the sites know each other. */
  existing: number;
  /** Files and logged work in a round; answers to conflicts. */
  parts: number;
  deciding: number;
  /** What the app remembers is put back to an earlier state. */
  losses: readonly Loss[];
}

/** What later worlds have besides, out of a randomness of its own: a seed alone means what it always meant. */
export function morePlan(more: SeededRandom): Pick<Plan, 'parts' | 'deciding'> {
  return {
    parts: more.chance(0.6) ? more.next() * 0.5 : 0,
    deciding: more.chance(0.6) ? more.next() * 0.1 : 0,
  };
}

/** The same for what came still later: the worlds without it are untouched. */
export function silenceOf(silent: SeededRandom): number {
  return silent.chance(0.3) ? silent.next() * 0.3 : 0;
}

export function randomPlan(random: SeededRandom, rounds: number): Plan {
  const some = (share: number, most: number): number => (random.chance(share) ? random.next() * most : 0);
  const isCrashing = random.chance(0.5);
  return {
    rounds,
    deadly: isCrashing ? 0.001 + random.next() * 0.008 : 0,
    slow: random.pick([0.05, 0.2, 0.5]),
    wire: some(0.75, 0.5),
    wakeLoss: some(0.6, 0.2),
    eventLoss: some(0.3, 0.15),
    copies: some(0.7, 0.2),
    delayMs: random.pick([1_000, 5_000, 60_000]),
    limited: some(0.6, 0.04),
    lostAnswers: isCrashing ? some(0.6, 0.03) : 0,
    late: isCrashing ? some(0.5, 0.3) : 0,
    short: isCrashing ? some(0.5, 0.05) : 0,
    stops: some(0.4, 0.08),
    revisions: some(0.3, 0.08),
    refusing: some(0.3, 0.08),
    hiding: some(0.25, 0.06),
    storeLagMs: random.below(20_000),
    indexLagMs: random.below(120_000),
    tellsOwn: random.chance(0.5),
    existing: random.chance(0.2) ? 1 + random.below(6) : 0,
    parts: 0,
    deciding: 0,
    silence: 0,
    losses: [],
  };
}
