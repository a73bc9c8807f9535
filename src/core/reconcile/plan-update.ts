/** Decides what an update from the partner means for our issue. Performs nothing. */
import { emptyLike, equalValues } from '#core/merge/equal-values';
import { mergeLocal } from '#core/merge/merge-local';
import { mergeSlots } from '#core/merge/merge-slots';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { agreedHash, agreedValue } from './agreed-values';
import { settlePair } from './settle-pair';

export interface IncomingUpdate {
  /** Partner's sequence that carries it. */
  seq: number;
  values: SlotValues;
  /** Highest of our sequences which the partner had applied to this pair when it made the update. */
  seen: number;
  /** `agreedHash` over there; left out to skip the check (an answer with full state). */
  base?: string;
  /** Time of the change, milliseconds since the epoch. */
  at: number;
}

export interface UpdateQuestion {
  pair: Pair;
  update: IncomingUpdate;
  /** Our issue as just read, in contract vocabulary, and when Jira says it was last changed. */
  local: SlotValues;
  localAt: number;
  /** Fields of the agreed mapping. */
  fields: readonly ContractField[];
  /** Slots that have a binding here. */
  bound: ReadonlySet<string>;
  role: Role;
}

/** A value that lost, so that a person can put it back. */
export interface Overwritten {
  slot: string;
  side: 'local' | 'partner';
  value: FieldValue;
}

export interface UpdatePlan {
  kind: 'apply';
  /** The pair with the offer resolved and `inSeq` moved; `concludeUpdate` moves base and held. Not stored before that. */
  pair: Pair;
  /** What both sites say from now on. */
  agreed: SlotValues;
  /** The part of it that our issue does not hold yet, merged with edits made here since. Empty: nothing to write. */
  write: SlotValues;
  /** Slots without a binding here: they wait in silence, as the secondary may narrow. */
  unbound: string[];
  /** Slots which the partner may not send, by the contract. `value` is kept where the slot exists at all. */
  refused: { slot: string; reason: string; value?: FieldValue }[];
  overwritten: Overwritten[];
  /** True when our issue keeps something that the partner does not have: look at it again. */
  dirty: boolean;
}

/**
 * `askState`: the two sites start from different values; send `issue.state` with `ask` and change nothing.
 * `wait`: the answer to a state that we asked for is on its way and will contain this; only `inSeq` moves.
 */
export type UpdateDecision =
  | UpdatePlan
  | { kind: 'askState'; pair: Pair; reason: string }
  | { kind: 'wait'; pair: Pair };

export function planUpdate(question: UpdateQuestion): UpdateDecision {
  const { update } = question;
  const known = { ...question.pair, inSeq: Math.max(question.pair.inSeq, update.seq) };
  // An offer which the partner had applied before making this update is settled by it.
  const pair = settlePair(known, update.seen);
  const slots = Object.keys(update.values);

  // From here on an open offer means: both sides offered at the same time.
  if (pair.open?.full === true) return { kind: 'wait', pair };
  if (update.base !== undefined && update.base !== agreedHash(pair, slots)) {
    return { kind: 'askState', pair, reason: 'The two sites started from different values.' };
  }
  const { allowed, refused } = splitByDirection(question);
  const said =
    pair.open === undefined ? { values: allowed, overwritten: [] } : mergeOffers(question, pair, allowed);
  return carryOut({ ...question, pair }, said, refused);
}

/** Both sites run exactly this with the same inputs, so both come to the same values. */
function mergeOffers(question: UpdateQuestion, pair: Pair, incoming: SlotValues): Said {
  const mine = pair.open?.values ?? {};
  const isPrimary = question.role === 'primary';
  const myTime = pair.open?.at ?? 0;
  const merged = mergeSlots({
    base: agreedOf(pair, [...Object.keys(mine), ...Object.keys(incoming)]),
    primary: isPrimary ? mine : incoming,
    secondary: isPrimary ? incoming : mine,
    fields: question.fields,
    times: {
      primary: isPrimary ? myTime : question.update.at,
      secondary: isPrimary ? question.update.at : myTime,
    },
  });
  return {
    values: { ...mine, ...merged.values },
    overwritten: merged.overwritten.map(({ slot, side, value }) => ({
      slot,
      side: side === question.role ? 'local' : 'partner',
      value,
    })),
  };
}

function agreedOf(pair: Pair, slots: string[]): SlotValues {
  const values: SlotValues = {};
  for (const slot of slots) {
    const value = agreedValue(pair, slot);
    if (value !== undefined) values[slot] = value;
  }
  return values;
}

function splitByDirection(question: UpdateQuestion): Pick<UpdatePlan, 'refused'> & { allowed: SlotValues } {
  const allowed: SlotValues = {};
  const refused: UpdatePlan['refused'] = [];
  const fields = new Map(question.fields.map((field) => [field.id, field]));
  for (const [slot, value] of Object.entries(question.update.values)) {
    const field = fields.get(slot);
    if (field === undefined) {
      refused.push({ slot, reason: 'This field is not part of the agreement.' });
    } else if (!maySend(field.direction, otherRole(question.role))) {
      refused.push({ slot, value, reason: `The agreement does not let the partner change ${field.label}.` });
    } else {
      allowed[slot] = value;
    }
  }
  return { allowed, refused };
}

/** What both sites say from now on, and which values lost on the way. */
export interface Said {
  values: SlotValues;
  overwritten: Overwritten[];
}

/** Compares what was agreed with what our issue holds now. Used for updates and for full states alike. */
export function carryOut(question: UpdateQuestion, said: Said, refused: UpdatePlan['refused']): UpdatePlan {
  const { open, ...resolved } = question.pair;
  const plan: UpdatePlan = {
    kind: 'apply',
    pair: resolved,
    agreed: said.values,
    write: {},
    unbound: [],
    refused,
    overwritten: [...said.overwritten],
    dirty: false,
  };
  const fields = new Map(question.fields.map((field) => [field.id, field]));
  for (const [slot, agreed] of Object.entries(said.values)) {
    const field = fields.get(slot);
    if (field === undefined || !question.bound.has(slot)) {
      plan.unbound.push(slot);
      continue;
    }
    const local = question.local[slot];
    const target = local === undefined ? agreed : keepLocalEdit(question, field, agreed, local, open, plan);
    if (!equalValues(local, target)) plan.write[slot] = target;
    if (!equalValues(target, agreed)) plan.dirty = true;
  }
  return plan;
}

/** An edit made here after our last word merges with what was agreed; where only the partner may change, it gives way. */
function keepLocalEdit(
  question: UpdateQuestion,
  field: ContractField,
  agreed: FieldValue,
  local: FieldValue,
  open: Pair['open'],
  plan: UpdatePlan,
): FieldValue {
  const started = startOf(question.pair, field.id, local, open);
  const mine = maySend(field.direction, question.role);
  const merged = mergeLocal({
    role: question.role,
    base: started,
    local,
    partner: agreed,
    policy: mine ? field.policy : otherRole(question.role),
    times: { local: question.localAt, partner: question.update.at },
  });
  if (!mine) {
    if (!equalValues(local, started) && !equalValues(local, agreed)) {
      plan.overwritten.push({ slot: field.id, side: 'local', value: local });
    }
    return agreed;
  }
  if (merged.overwritten !== undefined) plan.overwritten.push({ slot: field.id, ...merged.overwritten });
  return merged.value;
}

/** What our issue held when we last had a say: an edit is what differs from this. */
function startOf(pair: Pair, slot: string, local: FieldValue, open: Pair['open']): FieldValue {
  const offered = open?.values[slot];
  if (offered !== undefined) return offered;
  const held = pair.held[slot];
  if (held?.side === 'here') return held.local ?? local;
  return agreedValue(pair, slot) ?? emptyLike(local);
}
