/** Notes in the log what lost a conflict, so that a person can put it back. */
import type { FieldValue } from '#core/model/value';
import type { AgreedMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';

/** To be committed before the losing value is written over. */
export function stageOverwritten(
  session: Session,
  agreed: AgreedMapping,
  issueKey: string,
  overwritten: readonly { slot: string; side: 'local' | 'partner'; value: FieldValue }[],
): void {
  if (overwritten.length === 0) return;
  const parts = overwritten.map(({ slot, side, value }) => {
    const whose = side === 'local' ? 'of this site' : 'of the partner';
    return `${labelOf(agreed, slot)} ${whose} was ${JSON.stringify(value.v).slice(0, 300)}`;
  });
  const text = `Both sites changed ${issueKey}. Overwritten: ${parts.join('; ')}.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, issueKey }));
}
