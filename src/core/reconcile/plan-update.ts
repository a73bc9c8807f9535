/** Decides what an update from the partner means for our issue. Performs nothing. */
import { maySend } from '#core/model/may-send';
import { otherRole } from '#core/model/role';
import type { SlotValues } from '#core/model/value';
import { agreedHash } from './agreed-values';
import { carryOut } from './carry-out';
import { mergeOffers, setAsideConflicts } from './merge-offers';
import { settlePair } from './settle-pair';
import type { IncomingUpdate, UpdateDecision, UpdatePlan, UpdateQuestion } from './update-plan';

export function planUpdate(question: UpdateQuestion): UpdateDecision {
  const { update } = question;
  const known = { ...question.pair, inSeq: Math.max(question.pair.inSeq, update.seq) };
  // An offer which the partner had applied before making this update is settled by it.
  const pair = settlePair(known, update.seen);

  // From here on an open offer means: both sides offered at the same time.
  if (pair.open?.full === true) return { kind: 'wait', pair };
  if (update.base !== undefined && update.base !== agreedHash(pair, basedSlots(update))) {
    // Not taken, so not seen, even where something else of the same batch was: the partner must not count its offer as agreed.
    const unseen = { ...pair, inSeq: Math.min(question.pair.inSeq, Math.max(0, update.seq - 1)) };
    return { kind: 'askState', pair: unseen, reason: 'The two sites started from different values.' };
  }
  const { allowed, refused } = splitByDirection(question);
  const set = setAsideConflicts({ ...question, pair }, allowed);
  const said = mergeOffers({ ...question, pair: set.pair }, set.values);
  return carryOut(
    { ...question, pair: set.pair },
    { ...said, asked: [...set.asked, ...said.asked] },
    refused,
  );
}

/** Slots over which the hash of the base is made: an answer to a conflict needs none. */
export function basedSlots(update: Pick<IncomingUpdate, 'values' | 'resolves'>): string[] {
  const resolved = new Set(update.resolves ?? []);
  return Object.keys(update.values).filter((slot) => !resolved.has(slot));
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
