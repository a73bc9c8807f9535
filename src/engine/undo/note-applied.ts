/** Notes what a message of the partner changed here, with what was there before, so that an admin can undo it. */
import { hashValue } from '#core/merge/hash-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { Session } from '../stream/session';
import type { AppliedChange } from './rows';

/** `write`: what was to be written; `before`: our issue as it was read; `held`: what Jira did not take. */
export function noteValues(
  session: Session,
  pair: Pair,
  values: { write: SlotValues; before: SlotValues; held: readonly { slot: string }[] },
): void {
  const refused = new Set(values.held.map(({ slot }) => slot));
  const slots: NonNullable<AppliedChange['slots']> = {};
  for (const [slot, value] of Object.entries(values.write)) {
    if (refused.has(slot)) continue;
    const was = values.before[slot];
    slots[slot] = { is: hashValue(value), ...(was === undefined ? {} : { was }) };
  }
  if (Object.keys(slots).length === 0) return;
  session.log.noteApplied({ ...subject(pair), slots });
}

/** Our copy of the issue was made. */
export function noteMade(session: Session, pair: Pair): void {
  session.log.noteApplied({ ...subject(pair), made: true });
}

/** A copy of this comment was made. */
export function noteComment(session: Session, pair: Pair, twin: string): void {
  session.log.noteApplied({ ...subject(pair), comment: twin });
}

function subject({ pair, local }: Pair): { pair: string; key: string } {
  return { pair, key: local?.key ?? '' };
}
