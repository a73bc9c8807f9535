/** Three-way merge of one slot: the same inputs give both sites the same answer. */
import type { MergePolicy } from '#core/model/contract';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue } from '#core/model/value';
import { emptyLike, equalValues } from './equal-values';
import { mergePeople, mergeSet } from './merge-set';
import { mergeText } from './merge-text';

/** When each side's value was changed, milliseconds since the epoch. Only the policy `newest` looks at it. */
export interface ChangeTimes {
  primary: number;
  secondary: number;
}

export interface MergeRequest {
  /** What both sites agreed on last; `undefined` when never: then both are taken to have started empty. */
  base: FieldValue | undefined;
  primary: FieldValue;
  secondary: FieldValue;
  policy: MergePolicy;
  times: ChangeTimes;
}

export interface Merged {
  value: FieldValue;
  /** `same`: both sides said the same. `merged`: both have their part in it. */
  winner: Role | 'same' | 'merged';
  /** The value that the policy overwrote, whole or in part. */
  overwritten?: { side: Role; value: FieldValue };
  /** Nobody may decide but a person (policy `ask`); `value` is then the base, and both sides keep what they have. */
  asks?: true;
}

/**
 * 1. Both say the same: nothing to decide.
 * 2. One side still has the base: the other one changed it, take that.
 * 3. Both changed it apart: sets merge by element, texts by block, anything else goes by the policy.
 */
export function mergeField(request: MergeRequest): Merged {
  const { primary, secondary } = request;
  if (equalValues(primary, secondary)) return { value: primary, winner: 'same' };

  // From here on the sides differ.
  const base = request.base ?? emptyLike(primary);
  if (equalValues(base, secondary)) return { value: primary, winner: 'primary' };
  if (equalValues(base, primary)) return { value: secondary, winner: 'secondary' };

  // From here on all three differ.
  const preferred = preferredSide(request.policy, request.times);
  const elements = mergeElements(base, primary, secondary);
  if (elements !== undefined) return { value: elements, winner: 'merged' };
  if (primary.t === 'adf' && secondary.t === 'adf') {
    const before = base.t === 'adf' ? base.v : null;
    const text = mergeText({ base: before, primary: primary.v, secondary: secondary.v, prefer: preferred });
    if (text.touched && request.policy === 'ask') return aPersonDecides(base);
    return describeText({ t: 'adf', v: text.value }, text.touched, preferred, request);
  }
  return request.policy === 'ask' ? aPersonDecides(base) : policyDecides(preferred, request);
}

/** Sets and lists of people; undefined for anything else. */
function mergeElements(base: FieldValue, primary: FieldValue, secondary: FieldValue): FieldValue | undefined {
  if (primary.t === 'set' && secondary.t === 'set') {
    return { t: 'set', v: mergeSet(base.t === 'set' ? base.v : [], primary.v, secondary.v) };
  }
  if (primary.t === 'users' && secondary.t === 'users') {
    return { t: 'users', v: mergePeople(base.t === 'users' ? base.v : [], primary.v, secondary.v) };
  }
  return undefined;
}

/** Who wins when both changed the same thing; equal times go to the primary. With `ask` it is not looked at. */
function preferredSide(policy: MergePolicy, times: ChangeTimes): Role {
  if (policy === 'ask') return 'primary';
  if (policy !== 'newest') return policy;
  return times.secondary > times.primary ? 'secondary' : 'primary';
}

function aPersonDecides(base: FieldValue): Merged {
  return { value: base, winner: 'merged', asks: true };
}

function policyDecides(preferred: Role, request: MergeRequest): Merged {
  const loser = otherRole(preferred);
  return {
    value: request[preferred],
    winner: preferred,
    overwritten: { side: loser, value: request[loser] },
  };
}

function describeText(value: FieldValue, touched: boolean, preferred: Role, request: MergeRequest): Merged {
  if (!touched) return { value, winner: 'merged' };
  const loser = otherRole(preferred);
  return { value, winner: 'merged', overwritten: { side: loser, value: request[loser] } };
}
