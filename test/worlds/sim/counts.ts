/** Counts of everything that a world did to its sites; the last lines of a run add them up. */

export interface Counts {
  crashes: number;
  /** Messages, wake-ups and events that never arrived, and answers that were lost. */
  losses: number;
  duplicates: number;
  reorderings: number;
  conflicts: number;
  /** Two workers on one connection of a site at the same time. */
  races: number;
  timeouts: number;
  /** Requests that Jira answered with 429 or 5xx. */
  refusals: number;
  /** Creates that had no answer and landed later. */
  late: number;
  stops: number;
  revisions: number;
  /** Memories of one site that were put back. */
  restores: number;
  /** Issues that the app deleted because their twins were, and questions about that which somebody answered. */
  ends: number;
  answers: number;
  /** Issues with a twin that stopped to match the filter of their site. */
  leavings: number;
  /** Links that the app made or took away. */
  links: number;
  /** Issues which somebody edited right after the app had read them. */
  overtaken: number;
}

export function noCounts(): Counts {
  return {
    crashes: 0,
    losses: 0,
    duplicates: 0,
    reorderings: 0,
    conflicts: 0,
    races: 0,
    timeouts: 0,
    refusals: 0,
    late: 0,
    stops: 0,
    revisions: 0,
    restores: 0,
    ends: 0,
    answers: 0,
    leavings: 0,
    links: 0,
    overtaken: 0,
  };
}

export function addCounts(all: Counts, more: Counts): Counts {
  const names = Object.keys(all) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, all[name] + more[name]])) as unknown as Counts;
}
