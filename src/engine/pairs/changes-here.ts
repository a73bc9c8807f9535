/** What our issue says differently from what both sites agreed on, as read and not looked at any further. */
import { readValues } from '#core/mapping/read-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { detectChanges } from '#core/reconcile/detect-changes';
import { knownValues } from '#core/reconcile/known-values';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import type { AgreedMapping, Agreement } from './agreement';
import { lookAround } from './look-around';
import type { Later } from './outcome';

export type ChangesHere = { kind: 'changes'; changes: SlotValues } | Later;

/** `pair`: settled as far as possible. Only what this side may send; nothing while an offer is open. */
export async function changesHere(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue }: { pair: Pair; agreed: AgreedMapping; issue: IssueRead },
): Promise<ChangesHere> {
  const known = knownValues(pair);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { fields } = agreed.mapping;
  const { values: local } = readValues(fields, agreed.binding, issue.fields, { here: around.here, known });
  return { kind: 'changes', changes: detectChanges({ pair, local, fields, role: agreement.role }) };
}
