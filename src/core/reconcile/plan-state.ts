/** Decides what the partner's full state means: the way out when two sites do not start from the same values. */
import { mergeSlots } from '#core/merge/merge-slots';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { SlotValues } from '#core/model/value';
import { carryOut } from './carry-out';
import { planUpdate } from './plan-update';
import { crossedBase, recalledBase, withoutKept } from './recalled-base';
import { settlePair } from './settle-pair';
import { withoutUnsaid } from './unsaid';
import type { IncomingUpdate, UpdateDecision, UpdatePlan, UpdateQuestion } from './update-plan';
import { withoutNeverSaid } from './without-never-said';

export interface StateQuestion extends UpdateQuestion {
  /** The partner wants our state back. */
  ask: boolean;
}

export interface StateDecision {
  plan: UpdateDecision;
  /** Send these as `issue.state` without `ask`. Absent when no answer is due. */
  answer?: SlotValues;
}

/**
 * Who is asked decides and answers. It starts from its own base: that is what both issues held when it last heard, so an
 * edit on one side only is taken, whatever else the sites disagree on. When both asked at once, both must come to the same
 * result by themselves and have no base in common: every slot that differs is treated as changed on both sides: sets are
 * united, an empty value gives way, anything else goes by the policy.
 */
export function planState(question: StateQuestion): StateDecision {
  if (!question.ask) {
    const { base: _unchecked, ...update } = question.update;
    return { plan: planUpdate({ ...question, update }) };
  }
  const update = withoutOldWords(question);
  const pair = settlePair(
    { ...question.pair, inSeq: Math.max(question.pair.inSeq, update.seq) },
    update.seen,
  );
  const bothAsked = pair.open?.full === true;
  const mine = bothAsked && pair.open !== undefined ? pair.open.values : withoutUnsaid(pair, question.local);
  const myTime = bothAsked && pair.open !== undefined ? pair.open.at : question.localAt;
  const isPrimary = question.role === 'primary';
  const merged = mergeSlots({
    base: bothAsked ? crossedStarts(question, pair.open, mine) : startsOf(question, pair.base, mine),
    primary: sendable(question, 'primary', isPrimary ? mine : update.values),
    secondary: sendable(question, 'secondary', isPrimary ? update.values : mine),
    fields: question.fields,
    times: () => ({ primary: isPrimary ? myTime : update.at, secondary: isPrimary ? update.at : myTime }),
  });
  const plan: UpdatePlan = carryOut(
    // What was said before counts for nothing: our issue as it is now is where edits start from.
    { ...question, update, pair: { ...pair, base: {}, held: {}, open: startingFrom(mine, myTime) } },
    {
      values: merged.values,
      overwritten: merged.overwritten.map(({ slot, side, value }) => ({
        slot,
        side: side === question.role ? 'local' : 'partner',
        value,
      })),
      asked: merged.asked.flatMap((slot) => {
        const [ours, theirs] = [mine[slot], update.values[slot]];
        if (ours === undefined || theirs === undefined) return [];
        return [{ slot, mine: { value: ours, at: myTime }, theirs: { value: theirs, at: update.at } }];
      }),
    },
    [],
  );
  const answer = withoutNeverSaid(sendable(question, question.role, merged.values), pair.base, update.values);
  return bothAsked ? { plan } : { plan, answer };
}

/** After a loss of memory, of slots that only the partner may send: without what our people have written over. */
function withoutOldWords({ recalled, update, pair, local, fields, role }: StateQuestion): IncomingUpdate {
  if (recalled === undefined) return update;
  const own = new Set(fields.filter(({ direction }) => maySend(direction, role)).map(({ id }) => id));
  const theirs = Object.fromEntries(Object.entries(update.values).filter(([slot]) => !own.has(slot)));
  const kept = withoutKept(pair.base, local, theirs, recalled);
  const values = Object.entries(update.values).filter(([slot]) => own.has(slot) || kept[slot] !== undefined);
  return { ...update, values: Object.fromEntries(values) };
}

/** From what travelled alone, so that both sites come to the same. */
function crossedStarts(
  { recalled, update }: StateQuestion,
  open: Pair['open'],
  mine: SlotValues,
): SlotValues {
  if (recalled === undefined) return {};
  return crossedBase(mine, update.values, { mine: open?.past ?? {}, theirs: recalled.theirs });
}

function startsOf({ recalled, update }: StateQuestion, base: SlotValues, mine: SlotValues): SlotValues {
  return recalled === undefined ? base : recalledBase(base, mine, update.values, recalled);
}

function startingFrom(values: SlotValues, at: number): { seq: number; values: SlotValues; at: number } {
  return { seq: 0, values, at };
}

/** The slots of `values` that the side of `role` may send. */
function sendable(question: StateQuestion, role: 'primary' | 'secondary', values: SlotValues): SlotValues {
  const result: SlotValues = {};
  for (const field of question.fields) {
    const value = values[field.id];
    const isTheirs = role === otherRole(question.role);
    if (value === undefined || !maySend(field.direction, role)) continue;
    if (isTheirs || question.bound.has(field.id)) result[field.id] = value;
  }
  return result;
}
