/** Merges what both sites offered at the same time; both run exactly this with the same inputs. */
import { mergeSlots } from '#core/merge/merge-slots';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { agreedValue } from './agreed-values';
import type { Said } from './carry-out';
import { conflictOf, isAsked, noteConflict, withoutConflicts } from './conflicts';
import type { UpdateQuestion } from './update-plan';

/** Our open offer against the partner's values; without one, what the partner says. */
export function mergeOffers(question: UpdateQuestion, incoming: SlotValues): Said {
  const { pair, update, role } = question;
  const { open } = pair;
  if (open === undefined) return { values: incoming, overwritten: [], asked: [] };
  const isPrimary = role === 'primary';
  const mine = open.values;
  const merged = mergeSlots({
    base: agreedOf(pair, [...Object.keys(mine), ...Object.keys(incoming)]),
    primary: isPrimary ? mine : incoming,
    secondary: isPrimary ? incoming : mine,
    fields: question.fields,
    times: (slot) => {
      const myTime = open.times?.[slot] ?? open.at;
      const theirTime = update.times?.[slot] ?? update.at;
      return isPrimary
        ? { primary: myTime, secondary: theirTime }
        : { primary: theirTime, secondary: myTime };
    },
    resolved: isPrimary
      ? { primary: open.resolves ?? [], secondary: update.resolves ?? [] }
      : { primary: update.resolves ?? [], secondary: open.resolves ?? [] },
  });
  const values: SlotValues = { ...mine, ...merged.values };
  const asked: Said['asked'] = [];
  for (const slot of merged.asked) {
    const [ours, theirs] = [mine[slot], incoming[slot]];
    delete values[slot];
    if (ours === undefined || theirs === undefined) continue;
    const at = open.times?.[slot] ?? open.at;
    asked.push({ slot, mine: { value: ours, at }, theirs: theirSaid(question, slot, theirs) });
  }
  const overwritten = merged.overwritten.map(({ slot, side, value }) => ({
    slot,
    side: side === role ? ('local' as const) : ('partner' as const),
    value,
  }));
  return { values, overwritten, asked };
}

/**
 * What the partner says of slots on which a person has to decide, without having heard of that yet, makes the conflict
 * current and is not applied. It is told again, because the first word may have crossed this one. What new terms no longer
 * ask about is an ordinary difference.
 */
export function setAsideConflicts(
  question: UpdateQuestion,
  incoming: SlotValues,
): { pair: Pair; values: SlotValues; asked: Said['asked'] } {
  const values: SlotValues = {};
  const asked: Said['asked'] = [];
  const askedOf = new Set(
    question.fields.filter((field) => isAsked(field, question.role)).map(({ id }) => id),
  );
  let { pair } = question;
  for (const [slot, value] of Object.entries(incoming)) {
    const conflict = conflictOf(pair, slot);
    const isAnswer = question.update.resolves?.includes(slot) === true;
    if (conflict === undefined || isAnswer) {
      values[slot] = value;
      continue;
    }
    if (!askedOf.has(slot)) {
      pair = withoutConflicts(pair, [slot]);
      values[slot] = value;
      continue;
    }
    const theirs = theirSaid(question, slot, value);
    pair = noteConflict(pair, slot, conflict.mine, theirs);
    asked.push({ slot, mine: conflict.mine, theirs });
  }
  return { pair, values, asked };
}

function theirSaid({ update }: UpdateQuestion, slot: string, value: SlotValues[string]) {
  return { value, at: update.times?.[slot] ?? update.at };
}

function agreedOf(pair: Pair, slots: string[]): SlotValues {
  const values: SlotValues = {};
  for (const slot of slots) {
    const value = agreedValue(pair, slot);
    if (value !== undefined) values[slot] = value;
  }
  return values;
}
