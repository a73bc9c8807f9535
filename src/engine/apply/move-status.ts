/** Brings an issue into a status, step by step through its workflow; Jira only shows the next steps. */
import {
  type AvailableTransition,
  nextTransition,
  noPathReason,
  refusedStepReason,
  stepName,
} from '#core/mapping/choose-transition';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import type { LocalFields, TransitionRead } from '../ports/site';
import type { SiteFailure } from '../ports/site-result';
import { readWorkflow, rememberWorkflow, type WorkflowOf } from './known-workflow';

/** Steps and refused steps together: more than any workflow that people can use. */
const mostSteps = 16;

export interface StatusMove {
  issueId: string;
  /** Whose workflow it is. */
  workflow: WorkflowOf;
  /** Local status ids: where it stands, and all that will do. */
  current: string;
  targets: readonly string[];
  /** Values for the fields which a step may demand: what is to be written, and what the issue has. */
  supply: LocalFields;
  /** Of these, what goes along with the last step where its screen shows it: Jira may take it nowhere else. */
  along?: LocalFields;
  /** Called before a step that does not arrive. */
  onTheWay?: (statusId: string) => Promise<void>;
  /** Names for an admin. */
  nameOf: (statusId: string) => string;
}

export type Moved =
  /** `carried`: fields that went along. */
  | { kind: 'arrived'; statusId: string; carried?: readonly string[] }
  | { kind: 'refused'; reason: string; statusId: string }
  | Later;

/** A walk: where it is, where it was, and what it learned. */
interface Walk {
  current: string;
  readonly left: Set<string>;
  readonly refused: Set<string>;
  learned: Record<string, readonly AvailableTransition[]>;
  /** Why the last refused step was refused. */
  reason: string | undefined;
  carried: readonly string[];
}

/**
 * Where no way leads there, the issue goes back to where it stood, as far as a way leads back, and the reason names the missing
 * step. A status that is one step away costs no more than two calls.
 */
export async function moveStatus(ports: Ports, move: StatusMove): Promise<Moved> {
  const { current } = move;
  const walk: Walk = {
    current,
    left: new Set(),
    refused: new Set(),
    learned: {},
    reason: undefined,
    carried: [],
  };
  const ended = await walkTo(ports, move, walk, move.targets);
  if (ended !== undefined && ended.kind === 'later') return ended;
  if (ended === undefined) return { kind: 'arrived', statusId: walk.current, carried: walk.carried };
  if (walk.current !== current) {
    walk.left.clear();
    const back = await walkTo(ports, move, walk, [current]);
    if (back?.kind === 'later') return back;
  }
  return { ...ended, statusId: walk.current };
}

/** Undefined: arrived. */
async function walkTo(
  ports: Ports,
  move: StatusMove,
  walk: Walk,
  targets: readonly string[],
): Promise<Exclude<Moved, { kind: 'arrived' }> | undefined> {
  for (let step = 0; step < mostSteps && !targets.includes(walk.current); step += 1) {
    const read = await ports.site.transitions(move.issueId);
    if (!read.ok) return failed(read.failure, walk.current);
    await learn(ports, move, walk, read.value, targets);
    const available = read.value;
    const supply = supplied(move, available);
    const { current, left, learned, refused } = walk;
    const next = nextTransition({
      current,
      targets,
      available,
      learned,
      left,
      refused,
      supplied: new Set(Object.keys(supply)),
    });
    if (next.kind === 'arrived') return undefined;
    if (next.kind !== 'step') return stuck(move, walk, targets, next, available);
    const stopped = await makeStep(ports, move, walk, next.transition, supply);
    if (stopped !== undefined) return stopped;
  }
  return targets.includes(walk.current) ? undefined : stuck(move, walk, targets, { kind: 'noPath' }, []);
}

/** What is one step away needs no map: it is fetched and kept only for longer ways. */
async function learn(
  ports: Ports,
  move: StatusMove,
  walk: Walk,
  available: readonly TransitionRead[],
  targets: readonly string[],
): Promise<void> {
  const isNear = available.some(({ toStatusId }) => targets.includes(toStatusId));
  const isFirst = Object.keys(walk.learned).length === 0;
  if (isFirst && !isNear) walk.learned = { ...(await readWorkflow(ports, move.workflow)) };
  const steps = available.map(({ id, toStatusId, requiredFields }) => ({ id, toStatusId, requiredFields }));
  walk.learned = { ...walk.learned, [walk.current]: steps };
  if (!isNear || !isFirst) await rememberWorkflow(ports, move.workflow, walk.current, steps);
}

/** A refused step is noted, and another way is looked for; anything else ends the walk. */
async function makeStep(
  ports: Ports,
  move: StatusMove,
  walk: Walk,
  transition: AvailableTransition & { screen?: readonly string[] },
  supply: LocalFields,
): Promise<Exclude<Moved, { kind: 'arrived' }> | undefined> {
  const demanded = transition.requiredFields.map((id) => [id, supply[id]] as const);
  const fields = { ...alongWith(move, transition), ...Object.fromEntries(demanded) };
  if (!move.targets.includes(transition.toStatusId)) await move.onTheWay?.(transition.toStatusId);
  const made = await ports.site.transition(move.issueId, transition.id, fields);
  if (made.ok) {
    walk.left.add(walk.current);
    walk.current = transition.toStatusId;
    walk.carried = Object.keys(fields);
    return undefined;
  }
  if (made.failure.kind !== 'invalid') return failed(made.failure, walk.current);
  walk.refused.add(stepName(walk.current, transition.id));
  const words = [made.failure.message, ...Object.values(made.failure.fields)];
  walk.reason = refusedStepReason(
    move.nameOf(walk.current),
    move.nameOf(transition.toStatusId),
    [...new Set(words)].join(' '),
  );
  return undefined;
}

/** Only with the step that arrives. */
function alongWith(
  { along = {}, targets }: StatusMove,
  { toStatusId, screen = [] }: AvailableTransition & { screen?: readonly string[] },
): LocalFields {
  if (!targets.includes(toStatusId)) return {};
  return Object.fromEntries(Object.entries(along).filter(([id]) => screen.includes(id)));
}

/** A field with a single possible value needs nobody to choose it. */
function supplied(move: StatusMove, available: readonly TransitionRead[]): LocalFields {
  return Object.assign({}, ...available.map(({ only }) => only ?? {}), move.supply);
}

function stuck(
  move: StatusMove,
  walk: Walk,
  targets: readonly string[],
  next: Exclude<ReturnType<typeof nextTransition>, { kind: 'arrived' | 'step' }>,
  available: readonly TransitionRead[],
): Extract<Moved, { kind: 'refused' }> {
  const statusId = walk.current;
  const to = move.nameOf(targets[0] ?? '');
  if (walk.reason !== undefined) return { kind: 'refused', reason: walk.reason, statusId };
  if (next.kind === 'noPath') {
    return { kind: 'refused', reason: noPathReason(move.nameOf(statusId), to), statusId };
  }
  const names = Object.assign({}, ...available.map((one) => one.names ?? {})) as Record<string, string>;
  const missing = next.missing.map((id) => names[id] ?? id);
  return {
    kind: 'refused',
    reason: noPathReason(move.nameOf(next.at), move.nameOf(next.to), missing),
    statusId,
  };
}

function failed(failure: SiteFailure, statusId: string): Exclude<Moved, { kind: 'arrived' }> {
  return isPassing(failure) ? later(failure) : { kind: 'refused', reason: failure.message, statusId };
}
