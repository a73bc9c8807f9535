/** Keeps values that give way, one row each, so that a person can put them back. */
import { nobodyHere } from '#core/mapping/here';
import { showValue } from '#core/mapping/show-value';
import { hashValues } from '#core/merge/hash-values';
import type { Pair } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { hashText } from '#core/protocol/hash';
import type { Overwritten } from '#core/reconcile/update-plan';
import type { AgreedMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import type { StoreOperation } from '../ports/store';
import { paddedRank, rowKeys } from '../rows/keys';
import {
  longestShown,
  longestValue,
  type OverwrittenRow,
  overwrittenGroup,
  overwrittenTtlDays,
} from '../rows/overwritten';
import type { Session } from '../stream/session';

/** `value` is absent where only the text is known that people saw. */
export type Kept = Omit<Overwritten, 'value'> & { value?: FieldValue; text?: string };

/** Rows of one transaction; big values stay below its 4 MB. */
const chunk = 15;

/**
 * Durable when it returns: to be called before the value is written over. A repeat after a crash finds the same keys, so it
 * keeps nothing twice.
 */
export async function keepOverwritten(
  session: Session,
  agreed: AgreedMapping,
  pair: Pair,
  overwritten: readonly Kept[],
): Promise<void> {
  const rows = overwritten.map((one) => rowOf(session, agreed, pair, one));
  for (let start = 0; start < rows.length; start += chunk) {
    await session.ports.store.transact(rows.slice(start, start + chunk));
  }
}

function rowOf(session: Session, agreed: AgreedMapping, pair: Pair, one: Kept): StoreOperation {
  const { slot, side, value, who, changedAt } = one;
  const field = agreed.mapping.fields.find(({ id }) => id === slot);
  const at = session.ports.clock.now();
  const isKept = value !== undefined && JSON.stringify(value).length <= longestValue;
  const shown =
    value === undefined || field === undefined ? (one.text ?? '') : showValue(value, field, nobodyHere);
  const body: OverwrittenRow = {
    at,
    pair: pair.pair,
    issueKey: pair.local?.key ?? '',
    slot,
    label: labelOf(agreed, slot),
    side: side === 'local' ? 'here' : 'partner',
    text: shown.slice(0, longestShown),
    ...(who === undefined ? {} : { who }),
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(isKept ? { value } : {}),
  };
  const entry = `${pair.pair}:${slot}:${pair.inSeq}:${hashText(`${side} ${value === undefined ? shown : hashValues({ value })}`)}`;
  return {
    op: 'set',
    table: 'activity',
    key: rowKeys.overwritten(session.id, entry),
    body,
    group: overwrittenGroup(session.id),
    rank: `${paddedRank(at)}:${slot}`,
    ttlDays: overwrittenTtlDays,
  };
}
