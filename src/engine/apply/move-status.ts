/** Brings an issue into a status, step by step through its workflow; Jira only shows the next steps. */
import { type LearnedWorkflow, nextTransition, noPathReason } from '#core/mapping/choose-transition';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import type { SiteFailure } from '../ports/site';

/** More steps than any workflow that people can use. */
const mostSteps = 12;

export interface StatusMove {
  issueId: string;
  /** Local status ids: where it stands, and all that will do. */
  current: string;
  targets: readonly string[];
  /** Names for an admin. */
  nameOf: (statusId: string) => string;
}

export type Moved =
  | { kind: 'arrived'; statusId: string }
  | { kind: 'refused'; reason: string; statusId: string }
  | Later;

type Visited = Record<string, NonNullable<LearnedWorkflow[string]>>;

/** Where no way leads there, the issue stays where the last possible step took it, and the reason names what is missing. */
export async function moveStatus(ports: Ports, move: StatusMove): Promise<Moved> {
  const visited: Visited = {};
  let current = move.current;
  for (let step = 0; step < mostSteps && !move.targets.includes(current); step += 1) {
    const next = await makeStep(ports, move, current, visited);
    if (next.kind !== 'arrived') return next;
    current = next.statusId;
  }
  return move.targets.includes(current)
    ? { kind: 'arrived', statusId: current }
    : { kind: 'refused', reason: noWay(move, current), statusId: current };
}

/** One transition; `arrived` is where it led. */
async function makeStep(ports: Ports, move: StatusMove, current: string, visited: Visited): Promise<Moved> {
  const read = await ports.site.transitions(move.issueId);
  if (!read.ok) return failed(read.failure, current);
  const next = nextTransition({ current, targets: move.targets, available: read.value, visited });
  if (next.kind === 'arrived') return { kind: 'arrived', statusId: current };
  if (next.kind !== 'step') {
    const missing = next.kind === 'blocked' ? next.missing : [];
    return { kind: 'refused', reason: noWay(move, current, missing), statusId: current };
  }
  const made = await ports.site.transition(move.issueId, next.transition.id);
  if (!made.ok) return failed(made.failure, current);
  visited[current] = read.value;
  return { kind: 'arrived', statusId: next.transition.toStatusId };
}

function noWay(move: StatusMove, current: string, missing: string[] = []): string {
  return noPathReason(move.nameOf(current), move.nameOf(move.targets[0] ?? ''), missing);
}

function failed(failure: SiteFailure, statusId: string): Moved {
  return isPassing(failure) ? later(failure) : { kind: 'refused', reason: failure.message, statusId };
}
