/** Chooses the next workflow step towards a status. Jira only tells what leads away from where the issue stands now. */

/** A transition that can be made now. */
export interface AvailableTransition {
  id: string;
  toStatusId: string;
  /** Fields which its screen demands and which have no default. */
  requiredFields: readonly string[];
}

/** What was learned on the way: by status, the transitions that were available in it. */
export type LearnedWorkflow = Readonly<Record<string, readonly AvailableTransition[]>>;

export type NextTransition =
  | { kind: 'arrived' }
  | { kind: 'step'; transition: AvailableTransition }
  /** `missing`: local field ids that the only way demands. */
  | { kind: 'blocked'; missing: string[] }
  | { kind: 'noPath' };

/**
 * Arrived, straight there, along the shortest way through what was learned, or on to a status not seen yet. Call again
 * after each step with what was learned; it never enters a status twice, so it ends.
 */
export function nextTransition(question: {
  current: string;
  /** Any of these will do. */
  targets: readonly string[];
  available: readonly AvailableTransition[];
  /** Earlier steps of this walk, the statuses left behind being its keys. */
  visited: LearnedWorkflow;
}): NextTransition {
  const { current, targets, available, visited } = question;
  if (targets.includes(current)) return { kind: 'arrived' };
  const free = available.filter(({ requiredFields }) => requiredFields.length === 0);
  for (const target of targets) {
    const direct = free.find(({ toStatusId }) => toStatusId === target);
    if (direct !== undefined) return { kind: 'step', transition: direct };
  }
  const guarded = available.find(({ toStatusId }) => targets.includes(toStatusId));
  if (guarded !== undefined) return { kind: 'blocked', missing: [...guarded.requiredFields] };
  const fresh = free.filter(({ toStatusId }) => toStatusId !== current && visited[toStatusId] === undefined);
  const byDistance = fresh
    .map((transition) => ({ transition, steps: distance(transition.toStatusId, targets, visited) }))
    .sort((a, b) => a.steps - b.steps);
  const best = byDistance[0];
  return best === undefined ? { kind: 'noPath' } : { kind: 'step', transition: best.transition };
}

/** Why a status cannot be reached, for an admin. Names, not ids. */
export function noPathReason(from: string, to: string, missingFields: readonly string[] = []): string {
  if (missingFields.length > 0) {
    return `The step from "${from}" to "${to}" demands fields that are not filled in: ${missingFields.join(', ')}.`;
  }
  return `The workflow here has no way from "${from}" to "${to}" that may be taken now.`;
}

/** Steps to a target through learned statuses; a status nobody has looked into counts as far but possible. */
function distance(from: string, targets: readonly string[], learned: LearnedWorkflow): number {
  const unknownWay = 1_000;
  let edge = [from];
  const seen = new Set(edge);
  for (let steps = 0; edge.length > 0; steps += 1) {
    if (edge.some((status) => targets.includes(status))) return steps;
    edge = edge
      .flatMap((status) => learned[status] ?? [])
      .map(({ toStatusId }) => toStatusId)
      .filter((status) => !seen.has(status));
    for (const status of edge) seen.add(status);
  }
  return unknownWay;
}
