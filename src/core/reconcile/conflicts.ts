/** Open conflicts of a pair: how they begin, what keeps them current, and how they end by themselves. */
import { equalValues } from '#core/merge/equal-values';
import type { Conflict, Said } from '#core/model/conflict';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { agreedValue } from './agreed-values';

/** When and by whom single slots of our issue were last changed, as far as Jira's history shows. */
export type SlotChanges = Readonly<Record<string, { at: number; who?: string }>>;

/** One line of `issue.conflict`. */
export type Told = Said & { slot: string };

export function conflictOf(pair: Pair, slot: string): Conflict | undefined {
  return pair.conflicts?.[slot];
}

/** With the conflicts of these slots as given; `undefined` ends one. */
export function withConflicts(pair: Pair, changes: Readonly<Record<string, Conflict | undefined>>): Pair {
  const conflicts: Record<string, Conflict> = { ...pair.conflicts };
  for (const [slot, conflict] of Object.entries(changes)) {
    if (conflict === undefined) delete conflicts[slot];
    else conflicts[slot] = conflict;
  }
  const { conflicts: _before, ...rest } = pair;
  return Object.keys(conflicts).length === 0 ? rest : { ...rest, conflicts };
}

export function withoutConflicts(pair: Pair, slots: readonly string[]): Pair {
  if (pair.conflicts === undefined) return pair;
  return withConflicts(pair, Object.fromEntries(slots.map((slot) => [slot, undefined])));
}

/** Begins a conflict, or makes an open one current. */
export function noteConflict(pair: Pair, slot: string, mine: Said, theirs: Said, waited?: FieldValue): Pair {
  const before = conflictOf(pair, slot);
  const agreed = before?.agreed ?? waited;
  const base = before?.base ?? agreedValue(pair, slot);
  const since = before?.since ?? Math.max(mine.at, theirs.at);
  const conflict = {
    mine,
    theirs,
    since,
    ...(base === undefined ? {} : { base }),
    ...(agreed === undefined ? {} : { agreed }),
    ...(before?.told === undefined ? {} : { told: before.told }),
  };
  return withConflicts(pair, { [slot]: conflict });
}

/** What the partner knew of our value when it had applied our sequences up to `seen`. */
export function mineAsSeen({ mine, told }: Conflict, seen: number): FieldValue {
  return told !== undefined && told.seq > seen ? told.before : mine.value;
}

/** What both said counts although our issue does not hold it, while a person decides. */
export function withSaid(pair: Pair, slot: string, value: FieldValue): Pair {
  const { [slot]: _waited, ...held } = pair.held;
  const said = { ...pair, held, base: { ...pair.base, [slot]: value } };
  const conflict = conflictOf(pair, slot);
  if (conflict?.agreed === undefined) return said;
  const { agreed: _before, ...rest } = conflict;
  return withConflicts(said, { [slot]: rest });
}

/** Both say the same: nothing is left to decide, and that is what both agree on. */
function endAgreeing(pair: Pair, slot: string, value: FieldValue): Pair {
  const { [slot]: _waited, ...held } = pair.held;
  return withConflicts({ ...pair, held, base: { ...pair.base, [slot]: value } }, { [slot]: undefined });
}

/** True when conflicts about this field can be open at all. */
export function isAsked(field: ContractField, role: Role): boolean {
  return (
    field.policy === 'ask' && maySend(field.direction, role) && maySend(field.direction, otherRole(role))
  );
}

export interface ConflictReview {
  pair: Pair;
  /** To be told as `issue.conflict`. */
  told: Told[];
}

export interface ConflictLook {
  pair: Pair;
  local: SlotValues;
  localAt: number;
  changes?: SlotChanges | undefined;
  fields: readonly ContractField[];
  role: Role;
  /** Sequence under which `told` will be sent, and the highest one that the partner is known to have applied. */
  nextSeq: number;
  done: number;
}

/**
 * Compares open conflicts with our issue as just read. What the agreement no longer asks about becomes an ordinary
 * difference again.
 */
export function reviewConflicts(look: ConflictLook): ConflictReview {
  const asked = new Set(look.fields.filter((field) => isAsked(field, look.role)).map(({ id }) => id));
  const review: ConflictReview = { pair: look.pair, told: [] };
  for (const [slot, conflict] of Object.entries(look.pair.conflicts ?? {})) {
    const value = look.local[slot];
    if (!asked.has(slot)) review.pair = withConflicts(review.pair, { [slot]: undefined });
    else if (value !== undefined) reviewOne(review, look, { slot, conflict, value });
  }
  return review;
}

function reviewOne(
  review: ConflictReview,
  { changes, localAt, nextSeq, done }: ConflictLook,
  { slot, conflict, value }: { slot: string; conflict: Conflict; value: FieldValue },
): void {
  const isSame = equalValues(value, conflict.mine.value);
  // An offer does not say whose it is: whoever has to decide is told as soon as the history was read.
  const isKnown = conflict.mine.who !== undefined || changes?.[slot]?.who === undefined;
  const isNews = !isSame || !isKnown;
  const mine = isNews ? { value, ...(changes?.[slot] ?? { at: localAt }) } : conflict.mine;
  if (isNews) review.told.push({ slot, ...mine });
  if (equalValues(value, conflict.theirs.value)) review.pair = endAgreeing(review.pair, slot, value);
  else if (isNews) {
    const told = isSame ? {} : { told: { seq: nextSeq, before: mineAsSeen(conflict, done) } };
    review.pair = withConflicts(review.pair, { [slot]: { ...conflict, mine, ...told } });
  }
}

/** What the partner says of slots on which a person has to decide. */
export interface ConflictReport {
  seen: number;
  slots: readonly Told[];
}

/**
 * Takes in such a report. Look at our issue again afterwards: it may have been edited since. A report made before the
 * partner saw our open offer says nothing about it: the partner will say more once it has.
 */
export function noteConflictReport(
  pair: Pair,
  report: ConflictReport,
  fields: readonly ContractField[],
  role: Role,
): Pair {
  const asked = new Set(fields.filter((field) => isAsked(field, role)).map(({ id }) => id));
  let after = pair;
  for (const { slot, ...theirs } of report.slots) {
    if (!asked.has(slot)) continue;
    const { open } = after;
    const offered = open?.values[slot];
    if (open !== undefined && offered !== undefined) {
      if (open.seq > report.seen) continue;
      const { [slot]: _taken, ...values } = open.values;
      after = { ...after, open: { ...open, values } };
    }
    after = takeReport(after, slot, theirs, offered, open);
  }
  return after;
}

function takeReport(
  pair: Pair,
  slot: string,
  theirs: Said,
  offered: FieldValue | undefined,
  open: Pair['open'],
): Pair {
  const known = conflictOf(pair, slot)?.mine;
  const value = offered ?? known?.value ?? agreedValue(pair, slot);
  if (value === undefined) return pair;
  if (equalValues(value, theirs.value)) return endAgreeing(pair, slot, value);
  const at = open?.times?.[slot] ?? open?.at ?? theirs.at;
  const mine = offered === undefined ? (known ?? { value, at: 0 }) : { value, at };
  return noteConflict(pair, slot, mine, theirs);
}
