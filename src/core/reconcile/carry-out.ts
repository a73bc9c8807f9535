/** Compares what both sites said with what our issue holds now, and plans the write. */
import { equalValues } from '#core/merge/equal-values';
import { mergeLocal } from '#core/merge/merge-local';
import type { Conflict } from '#core/model/conflict';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { conflictOf, isAsked, mineAsSeen, noteConflict, withoutConflicts, withSaid } from './conflicts';
import { sawBefore } from './seen-before';
import { startBeneath, startValue } from './unsaid';
import type { Overwritten, UpdatePlan, UpdateQuestion } from './update-plan';

/** What both sites say from now on, which values lost on the way, and on which slots a person has to decide. */
export interface Said {
  values: SlotValues;
  overwritten: Overwritten[];
  asked: ({ slot: string } & Pick<Conflict, 'mine' | 'theirs'>)[];
}

/** Used for updates and for full states alike. */
export function carryOut(question: UpdateQuestion, said: Said, refused: UpdatePlan['refused']): UpdatePlan {
  const { open, wrote: _past, ...resolved } = question.pair;
  const plan: UpdatePlan = {
    kind: 'apply',
    pair: resolved,
    agreed: { ...said.values },
    write: {},
    unbound: [],
    refused,
    overwritten: [...said.overwritten],
    asked: [],
    dirty: false,
  };
  for (const { slot, mine, theirs } of said.asked) ask(plan, question, { slot, mine, theirs });
  const fields = new Map(question.fields.map((field) => [field.id, field]));
  for (const [slot, agreed] of Object.entries(said.values)) {
    const field = fields.get(slot);
    if (field === undefined || !question.bound.has(slot)) plan.unbound.push(slot);
    else carryOutSlot(plan, question, { field, agreed, open });
  }
  plan.pair = withoutConflicts(plan.pair, Object.keys(plan.agreed));
  return plan;
}

interface SlotWork {
  field: ContractField;
  agreed: FieldValue;
  open: Pair['open'];
}

function carryOutSlot(plan: UpdatePlan, question: UpdateQuestion, work: SlotWork): void {
  const { field, agreed, open } = work;
  const slot = field.id;
  const local = question.local[slot];
  const target = local === undefined ? agreed : keepUnseen(plan, question, work, local);
  if (target === undefined) {
    delete plan.agreed[slot];
    // Of offers that crossed none is left over there which our word of the conflict could take this out of.
    if (open !== undefined) plan.pair = withSaid(plan.pair, slot, agreed);
    return;
  }
  if (!equalValues(question.stands?.[slot] ?? local, target)) plan.write[slot] = target;
  if (equalValues(target, agreed)) return;
  plan.dirty = true;
  if (local !== undefined)
    plan.starts = { ...plan.starts, [slot]: startFor(question, { slot, local, agreed, open }) };
}

interface Start {
  slot: string;
  local: FieldValue;
  agreed: FieldValue;
  open: Pair['open'];
}

/** What an edit made here started from: what was said last, unless our issue came by way of what both agree on now. */
function startFor(question: UpdateQuestion, { slot, local, agreed, open }: Start): FieldValue {
  const { pair, past, update } = question;
  const wrote = pair.wrote?.seq === update.seq ? pair.wrote.values[slot] : undefined;
  if (wrote !== undefined) return wrote;
  const told = startOf(question, slot, local, open);
  if (past === undefined || equalValues(local, told) || equalValues(local, agreed)) return told;
  return sawBefore(past(slot), agreed, told) ? agreed : told;
}

/**
 * Our issue says already what is agreed, and came there by way of another value: somebody wrote that one between a reading and
 * a writing of ours, and the worker that would have noticed did not come to it. Sets take it in, other values are kept for
 * people. A person who wrote the last word saw what was there before it. Otherwise as `keepLocalEdit`.
 */
function keepUnseen(
  plan: UpdatePlan,
  question: UpdateQuestion,
  work: SlotWork,
  local: FieldValue,
): FieldValue | undefined {
  const { field, agreed, open } = work;
  const told = startOf(question, field.id, local, open);
  const isOurs = question.isByPerson?.(field.id) !== true;
  const cameByUs = isOurs && equalValues(local, agreed) && !equalValues(local, told);
  const [unseen] = cameByUs ? (question.past?.(field.id) ?? []) : [];
  if (unseen === undefined || equalValues(unseen, told) || !maySend(field.direction, question.role)) {
    return keepLocalEdit(plan, question, work, local);
  }
  if (unseen.t === 'set') return keepLocalEdit(plan, question, work, unseen);
  plan.overwritten.push({ slot: field.id, side: 'local', value: unseen });
  return keepLocalEdit(plan, question, work, local);
}

/**
 * An edit made here after our last word merges with what was agreed; where only the partner may change, it gives way.
 * Undefined: a person has to decide.
 */
function keepLocalEdit(
  plan: UpdatePlan,
  question: UpdateQuestion,
  { field, agreed, open }: SlotWork,
  local: FieldValue,
): FieldValue | undefined {
  const slot = field.id;
  const { update, role } = question;
  const started = startFor(question, { slot, local, agreed, open });
  const times = {
    local: question.changes?.[slot]?.at ?? question.localAt,
    partner: update.times?.[slot] ?? update.at,
  };
  if (!maySend(field.direction, role)) {
    if (!equalValues(local, started) && !equalValues(local, agreed)) {
      plan.overwritten.push(lost(question, slot, 'local', local));
    }
    return agreed;
  }
  // Asking makes sense only where both may change.
  const policy = field.policy === 'ask' && !isAsked(field, role) ? otherRole(role) : field.policy;
  const merged = mergeLocal({ role, base: started, local, partner: agreed, policy, times });
  if (merged.asks === true) {
    const mine = { value: local, ...(question.changes?.[slot] ?? { at: question.localAt }) };
    ask(plan, question, { slot, mine, theirs: { value: agreed, at: times.partner } });
    return undefined;
  }
  if (merged.overwritten !== undefined) {
    plan.overwritten.push(lost(question, slot, merged.overwritten.side, merged.overwritten.value));
  } else if (conflictOf(question.pair, slot) !== undefined && !equalValues(local, merged.value)) {
    // Somebody over there decided against what is here.
    plan.overwritten.push(lost(question, slot, 'local', local));
  }
  return merged.value;
}

function lost(
  { changes, update }: UpdateQuestion,
  slot: string,
  side: 'local' | 'partner',
  value: FieldValue,
): Overwritten {
  if (side === 'partner') return { slot, side, value, changedAt: update.times?.[slot] ?? update.at };
  const change = changes?.[slot];
  if (change === undefined) return { slot, side, value };
  const who = change.who === undefined || change.who === '' ? {} : { who: change.who };
  return { slot, side, value, changedAt: change.at, ...who };
}

function ask(
  plan: UpdatePlan,
  question: UpdateQuestion,
  { slot, mine, theirs }: Said['asked'][number],
): void {
  const who = question.changes?.[slot]?.who;
  const said = mine.who === undefined && who !== undefined ? { ...mine, who } : mine;
  plan.pair = noteConflict(plan.pair, slot, said, theirs);
  plan.asked.push({ slot, ...said });
}

/**
 * What our issue held when we last had a say that the partner heard: an edit is what differs from this. An answer to a conflict
 * may have crossed our word of an edit, and whoever gave it did not decide against that.
 */
function startOf(
  { pair, update }: UpdateQuestion,
  slot: string,
  local: FieldValue,
  open: Pair['open'],
): FieldValue {
  const offered = open?.values[slot];
  if (offered !== undefined) return offered;
  const conflict = conflictOf(pair, slot);
  if (conflict !== undefined) return mineAsSeen(conflict, update.seen);
  const held = pair.held[slot];
  if (held?.side === 'here') return startBeneath(held, pair, slot, local);
  return startValue(pair, slot, local);
}
