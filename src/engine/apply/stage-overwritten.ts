/** Notes in the log what lost a conflict, so that a person can put it back. */
import type { FieldValue } from '#core/model/value';
import type { AgreedMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';

/** Of one value and of one line, in characters; a line of the log takes 2,000. */
const longestValue = 1_500;
const longestLine = 1_900;

/** To be committed before the losing value is written over. */
export async function stageOverwritten(
  session: Session,
  agreed: AgreedMapping,
  issueKey: string,
  overwritten: readonly { slot: string; side: 'local' | 'partner'; value: FieldValue }[],
): Promise<void> {
  const head = `Both sites changed ${issueKey}. Overwritten: `;
  let line = '';
  for (const { slot, side, value } of overwritten) {
    const whose = side === 'local' ? 'of this site' : 'of the partner';
    const part = `${labelOf(agreed, slot)} ${whose} was ${JSON.stringify(value.v).slice(0, longestValue)}`;
    if (line !== '' && head.length + line.length + part.length > longestLine) {
      await stageLine(session, issueKey, `${head}${line}.`);
      line = '';
    }
    line = line === '' ? part : `${line}; ${part}`;
  }
  if (line !== '') await stageLine(session, issueKey, `${head}${line}.`);
}

async function stageLine(session: Session, issueKey: string, text: string): Promise<void> {
  if (!session.hasRoom) await session.commit();
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, issueKey }));
}
