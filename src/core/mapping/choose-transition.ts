/** Chooses the next workflow step towards a status. Jira only tells what leads away from where the issue stands now. */

/** A transition that can be made now, or could be made once in the status it was learned in. */
export interface AvailableTransition {
  id: string;
  toStatusId: string;
  /** Fields which its screen demands and which have no default. */
  requiredFields: readonly string[];
}

/** What was learned of a workflow: by status, the transitions that were available in it. */
export type LearnedWorkflow = Readonly<Record<string, readonly AvailableTransition[]>>;

export type NextTransition =
  | { kind: 'arrived' }
  | { kind: 'step'; transition: AvailableTransition }
  /** `missing`: local field ids that the only way demands; `at`, `to`: the step that demands them. */
  | { kind: 'blocked'; missing: string[]; at: string; to: string }
  | { kind: 'noPath' };

export interface TransitionQuestion {
  current: string;
  /** Any of these will do. */
  targets: readonly string[];
  available: readonly AvailableTransition[];
  /** From earlier walks and from this one; what is `available` counts more. */
  learned: LearnedWorkflow;
  /** Statuses that this walk has left: never entered again for the sake of exploring. */
  left: ReadonlySet<string>;
  /** Fields for which there is a value. */
  supplied: ReadonlySet<string>;
  /** Steps which Jira refused in this walk (`stepName`). */
  refused: ReadonlySet<string>;
}

/** Names a step, so that one which was refused is not tried again from the same status. */
export function stepName(from: string, transitionId: string): string {
  return `${from}>${transitionId}`;
}

/**
 * Arrived, or one step along the shortest way through what is known; where no way is known, on to the nearest status nobody has
 * looked into. Call again after each step with what was learned: ways change while one walks them.
 */
export function nextTransition(question: TransitionQuestion): NextTransition {
  const { current, targets } = question;
  if (targets.includes(current)) return { kind: 'arrived' };
  const isKnown = (status: string): boolean => status === current || question.learned[status] !== undefined;
  const known = directStep(question) ?? firstStep(question, (status) => targets.includes(status));
  if (known !== undefined) return { kind: 'step', transition: known };
  const blocked = blockedStep(question);
  const unknown = firstStep(question, (status) => !isKnown(status) && !question.left.has(status));
  // A way whose fields are missing beats wandering about in a workflow that nobody knows.
  if (blocked !== undefined) return blocked;
  return unknown === undefined ? { kind: 'noPath' } : { kind: 'step', transition: unknown };
}

/** Of several targets one step away, the preferred one. */
function directStep(question: TransitionQuestion): AvailableTransition | undefined {
  const steps = usable(question, question.current);
  for (const target of question.targets) {
    const direct = steps.find(({ toStatusId }) => toStatusId === target);
    if (direct !== undefined) return direct;
  }
  return undefined;
}

/** First transition of the shortest way to a status that `isGoal` accepts. */
function firstStep(
  question: TransitionQuestion,
  isGoal: (status: string) => boolean,
): AvailableTransition | undefined {
  const seen = new Set([question.current]);
  let edge = usable(question, question.current).map((transition) => ({ transition, first: transition }));
  while (edge.length > 0) {
    const fresh = edge.filter(({ transition }) => !seen.has(transition.toStatusId));
    const found = fresh.find(({ transition }) => isGoal(transition.toStatusId));
    if (found !== undefined) return found.first;
    for (const { transition } of fresh) seen.add(transition.toStatusId);
    edge = fresh.flatMap(({ transition, first }) =>
      usable(question, transition.toStatusId).map((next) => ({ transition: next, first })),
    );
  }
  return undefined;
}

function usable(question: TransitionQuestion, from: string): AvailableTransition[] {
  const { supplied, refused } = question;
  return outOf(question, from).filter(
    ({ id, requiredFields }) =>
      requiredFields.every((field) => supplied.has(field)) && !refused.has(stepName(from, id)),
  );
}

function outOf({ current, available, learned }: TransitionQuestion, from: string) {
  return from === current ? available : (learned[from] ?? []);
}

/** The first step on the shortest way there whose fields are not supplied. */
function blockedStep(question: TransitionQuestion): NextTransition | undefined {
  const seen = new Set([question.current]);
  let edge: { at: string; step: AvailableTransition; first: Blocked | undefined }[] = steps(question.current);
  function steps(at: string, before?: Blocked) {
    return outOf(question, at)
      .filter(({ id }) => !question.refused.has(stepName(at, id)))
      .map((step) => ({ at, step, first: before ?? missingAt(question, at, step) }));
  }
  while (edge.length > 0) {
    const found = edge.find(({ step }) => question.targets.includes(step.toStatusId));
    if (found?.first !== undefined) return { kind: 'blocked', ...found.first };
    const fresh = edge.filter(({ step }) => !seen.has(step.toStatusId));
    for (const { step } of fresh) seen.add(step.toStatusId);
    edge = fresh.flatMap(({ step, first }) => steps(step.toStatusId, first));
  }
  return undefined;
}

interface Blocked {
  missing: string[];
  at: string;
  to: string;
}

function missingAt(
  { supplied }: TransitionQuestion,
  at: string,
  step: AvailableTransition,
): Blocked | undefined {
  const missing = step.requiredFields.filter((field) => !supplied.has(field));
  return missing.length === 0 ? undefined : { missing, at, to: step.toStatusId };
}

/** Why a status cannot be reached, for an admin. Names, not ids. */
export function noPathReason(from: string, to: string, missingFields: readonly string[] = []): string {
  if (missingFields.length > 0) {
    return `The step from "${from}" to "${to}" demands fields that are not filled in: ${missingFields.join(', ')}.`;
  }
  return `The workflow here has no way from "${from}" to "${to}" that may be taken now.`;
}

/** Why a step could not be made, with Jira's own words. */
export function refusedStepReason(from: string, to: string, message: string): string {
  return `Jira does not let the app take the step from "${from}" to "${to}": ${message}`;
}
