/** Keeps what people wrote in the moment between our reading and our writing, where the write did not take it in. */
import type { Pair } from '#core/model/pair';
import { type Kept, keepOverwritten } from '../conflicts/keep-overwritten';
import type { AgreedMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';
import type { Between } from './write-slots';

/** It can be looked up and restored, and the log says so. */
export async function keepBetween(
  session: Session,
  agreed: AgreedMapping,
  { pair, issueKey }: { pair: Pair; issueKey: string },
  between: readonly Between[],
): Promise<void> {
  if (between.length === 0) return;
  const kept = between.map(({ slot, at, who, text, value }): Kept => {
    const said = value === undefined ? { text } : { value };
    return { slot, side: 'local', changedAt: at, who, ...said };
  });
  await keepOverwritten(session, agreed, pair, kept);
  const labels = between.map(
    ({ slot, who, value, text }) =>
      `${labelOf(agreed, slot)} by ${who} was ${JSON.stringify(value?.v ?? text).slice(0, 300)}`,
  );
  const text = `${issueKey} was edited in the moment in which the app wrote it. Overwritten: ${labels.join('; ')}.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, issueKey }));
}
