/** Reads a copy that was just made, or found, and says what is missing in it. */
import { readValues } from '#core/mapping/read-values';
import { equalValues } from '#core/merge/equal-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';

export interface Copy {
  pair: Pair;
  values: SlotValues;
  refused: { slot: string; reason: string }[];
  local: { id: string; key: string };
  /** Slots that the request set, or left empty: where they differ after a change here, somebody has edited them. */
  asked: ReadonlySet<string>;
  /** Made by an earlier request. */
  isFound: boolean;
  /** As it was right after it was made, where it was made together with others. */
  read: IssueRead | undefined;
}

export interface Seen {
  kind: 'seen';
  read: SiteResult<IssueRead>;
  before: SlotValues;
  missing: SlotValues;
  /** People here may have edited it since it was made. */
  isTouched: boolean;
}

/** What was read right after the copy was made serves as long as nothing has to be written; else it is read again. */
export async function seeCopy(
  session: Session,
  agreement: Agreement,
  agreed: AgreedMapping,
  copy: Copy,
): Promise<Seen | Later> {
  const { local, values } = copy;
  const read: SiteResult<IssueRead> =
    copy.read === undefined
      ? await session.ports.site.readIssue(local.id, agreed.fieldIds)
      : { ok: true, value: copy.read };
  if (!read.ok) {
    if (isPassing(read.failure)) return later(read.failure);
    const missing = missingIn({}, copy, { bound: agreed.bound, isTouched: false });
    return { kind: 'seen', read, before: {}, missing, isTouched: copy.isFound };
  }
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(read.value, [values]);
  if (failed !== undefined) return failed;
  const { here } = around;
  const { fields, updatedAt, createdAt } = read.value;
  const isTouched = copy.isFound || updatedAt > createdAt;
  const before = readValues(agreed.mapping.fields, agreed.binding, fields, { here, known: [values] }).values;
  const missing = missingIn(before, copy, { bound: agreed.bound, isTouched });
  const isOld = copy.read !== undefined && Object.keys(missing).length > 0;
  return isOld
    ? seeCopy(session, agreement, agreed, { ...copy, read: undefined })
    : { kind: 'seen', read, before, missing, isTouched };
}

function missingIn(
  before: SlotValues,
  copy: Copy,
  { bound, isTouched }: { bound: ReadonlySet<string>; isTouched: boolean },
): SlotValues {
  const missing: SlotValues = {};
  for (const [slot, value] of Object.entries(copy.values)) {
    const present = before[slot];
    if (!bound.has(slot) || equalValues(present, value)) continue;
    const isEdited = isTouched && copy.asked.has(slot) && present !== undefined;
    if (!isEdited) missing[slot] = value;
  }
  return missing;
}
