/** Says of one change of an applied message what of it can be undone, and why the rest cannot. */
import { nobodyHere } from '#core/mapping/here';
import { showValue } from '#core/mapping/show-value';
import { hashValue } from '#core/merge/hash-values';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { type Agreement, findMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import type { IssueUndo } from './leave-undo';
import type { AppliedChange } from './rows';

/** Characters of a value; the issue itself shows the rest. */
const longestText = 1_000;

/** `what`: the field's name, `Comment` or `Issue`. */
interface Named {
  key: string;
  what: string;
}
/** `from`, `to`: of a field, what stands there and what is written in its place, ready to read. */
export interface UndoItem extends Named {
  from?: string;
  to?: string;
}
export interface SkippedItem extends Named {
  reason: string;
}

export interface Judged {
  undo: IssueUndo;
  asked: UndoItem[];
  skipped: SkippedItem[];
}

export const gone = 'The issue is not part of this synchronization any more.';

/** Decides by what both sites agreed on; the worker looks at the issue itself before it writes. */
export function judgeChange(agreement: Agreement, pair: Pair | undefined, change: AppliedChange): Judged {
  const judged: Judged = { undo: { slots: {}, comments: [] }, asked: [], skipped: [] };
  const { key, made, comment, slots = {} } = change;
  const live = pair?.local === undefined || pair.state === 'gone' ? undefined : pair;
  if (made === true) {
    const reason = 'Undoing deletes no issue. Delete it in Jira if it should go.';
    judged.skipped.push({ key, what: 'Issue', reason: live === undefined ? gone : reason });
  }
  if (comment !== undefined && live === undefined) {
    judged.skipped.push({ key, what: 'Comment', reason: gone });
  } else if (comment !== undefined) {
    judged.undo.comments.push(comment);
    judged.asked.push({ key, what: 'Comment' });
  }
  for (const [slot, applied] of Object.entries(slots)) {
    judgeSlot(judged, agreement, live, { key, slot, ...applied });
  }
  return judged;
}

type KeyedSlot = Slot & { key: string };

function judgeSlot(judged: Judged, agreement: Agreement, pair: Pair | undefined, change: KeyedSlot): void {
  const { key, slot, is, was } = change;
  const what = labelOf(pair === undefined ? undefined : findMapping(agreement, pair.mapping), slot);
  const reason = pair === undefined ? gone : whyNot(agreement, pair, change);
  if (reason !== undefined) judged.skipped.push({ key, what, reason });
  else if (was !== undefined) {
    judged.undo.slots[slot] = { was, is };
    judged.asked.push({ key, what, ...saidOf(agreement, pair, slot, was) });
  }
}

function saidOf(
  agreement: Agreement,
  pair: Pair | undefined,
  slot: string,
  was: FieldValue,
): { from?: string; to?: string } {
  const mapping = pair === undefined ? undefined : findMapping(agreement, pair.mapping)?.mapping;
  const field = mapping?.fields.find(({ id }) => id === slot);
  const value = pair?.open?.values[slot] ?? pair?.base[slot];
  if (field === undefined || value === undefined) return {};
  const say = (one: FieldValue) => showValue(one, field, nobodyHere).slice(0, longestText);
  return { from: say(value), to: say(was) };
}

type Slot = { slot: string } & NonNullable<AppliedChange['slots']>[string];

/** Undefined: it can be set back. */
export function whyNot(agreement: Agreement, pair: Pair, { slot, is, was }: Slot): string | undefined {
  const agreed = findMapping(agreement, pair.mapping);
  const field = agreed?.mapping.fields.find(({ id }) => id === slot);
  if (agreed === undefined || field === undefined || !agreed.bound.has(slot)) {
    return 'The field is not part of the agreement any more.';
  }
  // Written here it would stay here, and the two sites would differ.
  if (!maySend(field.direction, agreement.role)) return 'Only the partner may change this field.';
  if (was === undefined) return 'What was there before is not known, or was too long to keep.';
  if (pair.conflicts?.[slot] !== undefined)
    return 'Both sites say different things of it: decide that first.';
  if (pair.held[slot] !== undefined) return 'A newer value waits for this field.';
  // What we offered since is what our issue said then.
  const value = pair.open?.values[slot] ?? pair.base[slot];
  if (value === undefined || hashValue(value) !== is) return 'It was changed again since.';
  return undefined;
}
