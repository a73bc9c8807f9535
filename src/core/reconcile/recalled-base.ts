/**
 * Finds what a merge may start from after a memory was put back. What the partner remembers as agreed need not have been written
 * here, and what was on its way is lost: the histories of both issues, which no backup changes, say who wrote over what.
 */
import type { PastValues } from '#core/mapping/slot-history';
import { emptyLike, equalValues } from '#core/merge/equal-values';
import type { FieldValue, SlotValues } from '#core/model/value';
import { hashOfPast, saysSame } from './seen-before';

/** `theirs`: hashes of what the partner's issue held before, `recent`: what ours held, both since the backup was made. */
export interface RecalledPast {
  theirs: Readonly<Record<string, readonly string[]>>;
  recent: PastValues;
  /** The same as far back as can be read. */
  all: PastValues;
  /** The latest change of that slot of our issue is a person's. */
  isByPerson: (slot: string) => boolean;
  /** Nothing was ever changed in that slot of our issue. */
  isUntouched: (slot: string) => boolean;
}

/** A slot that is left out has no base: then both changed it. */
export function recalledBase(
  base: SlotValues,
  mine: SlotValues,
  theirs: SlotValues,
  past: RecalledPast,
): SlotValues {
  const result: SlotValues = { ...base };
  for (const [slot, theirValue] of Object.entries(theirs)) {
    const myValue = mine[slot];
    if (myValue === undefined || equalValues(myValue, theirValue)) continue;
    const start = startOf(slot, base[slot], { mine: myValue, theirs: theirValue }, past);
    if (start === undefined) delete result[slot];
    else result[slot] = start;
  }
  return result;
}

function startOf(
  slot: string,
  base: FieldValue | undefined,
  { mine, theirs }: { mine: FieldValue; theirs: FieldValue },
  past: RecalledPast,
): FieldValue | undefined {
  const { theirs: hashes, recent, all, isByPerson, isUntouched } = past;
  // What stood in a set may stand there again, so that histories prove less than a common start from which people here went on.
  if (isSet(mine) && isByPerson(slot) && base !== undefined && isHeld(base, mine, all(slot))) return base;
  const isMineNewer = recent(slot).some((value) => saysSame(value, theirs));
  const isTheirsNewer = hashes[slot]?.includes(hashOfPast(mine)) === true;
  // What the app wrote here is nobody's edit.
  if (isTheirsNewer && !isByPerson(slot)) return mine;
  if (isMineNewer !== isTheirsNewer) return isMineNewer ? theirs : mine;
  if (base === undefined || isStrange(base, mine, all(slot)))
    return commonStart(all(slot), hashes[slot] ?? []);
  return equalValues(base, theirs) && isUntouched(slot) ? mine : base;
}

/** Our issue never held what the partner takes for agreed; where nothing can be read of its history that is not known. */
function isStrange(base: FieldValue, mine: FieldValue, known: readonly FieldValue[]): boolean {
  if (equalValues(base, mine) || known.length === 0) return false;
  return !known.some((value) => saysSame(value, base));
}

/** The same where both sites told their states: only from what each had told, by which of them saw the value of the other. */
export function crossedBase(
  mine: SlotValues,
  theirs: SlotValues,
  past: Readonly<Record<'mine' | 'theirs', RecalledPast['theirs']>>,
): SlotValues {
  const result: SlotValues = {};
  for (const [slot, theirValue] of Object.entries(theirs)) {
    const myValue = mine[slot];
    if (myValue === undefined || equalValues(myValue, theirValue)) continue;
    const isMineNewer = past.mine[slot]?.includes(hashOfPast(theirValue)) === true;
    const isTheirsNewer = past.theirs[slot]?.includes(hashOfPast(myValue)) === true;
    if (isMineNewer !== isTheirsNewer) result[slot] = isMineNewer ? theirValue : myValue;
  }
  return result;
}

/** The latest that stood in both issues. */
function commonStart(known: readonly FieldValue[], hashes: readonly string[]): FieldValue | undefined {
  return known.find((value) => hashes.includes(hashOfPast(value)));
}

function isSet({ t }: FieldValue): boolean {
  return t === 'set' || t === 'users';
}

function isHeld(value: FieldValue, now: FieldValue, before: readonly FieldValue[]): boolean {
  return equalValues(value, now) || before.some((one) => saysSame(one, value));
}

/**
 * What the partner says of slots that only it may send, without those in which it says nothing new: what stands here instead was
 * written over it by people of this site, and stays until the partner's people change theirs.
 */
export function withoutKept(
  base: SlotValues,
  mine: SlotValues,
  theirs: SlotValues,
  { all }: RecalledPast,
): SlotValues {
  const isKept = ([slot, value]: [string, FieldValue]): boolean => {
    const known = base[slot];
    if (known === undefined || !equalValues(known, value) || mine[slot] === undefined) return false;
    return equalValues(value, emptyLike(value)) || all(slot).some((one) => saysSame(one, value));
  };
  return Object.fromEntries(Object.entries(theirs).filter((entry) => !isKept(entry)));
}
