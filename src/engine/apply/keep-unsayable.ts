/** Keeps what our issue held where the agreement has no word for it, before a value of the partner takes its place. */
import type { ReadValues } from '#core/mapping/read-values';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { SlotChanges } from '#core/reconcile/conflicts';
import { type Kept, keepOverwritten } from '../conflicts/keep-overwritten';
import type { AgreedMapping } from '../pairs/agreement';
import { labelOf } from '../pairs/problems';
import { activityRow } from '../record-activity';
import type { Session } from '../stream/session';

export interface UnsayableWork {
  pair: Pair;
  issueKey: string;
  /** Our issue as read: what it says, and the names of what it cannot say. */
  local: SlotValues;
  unmapped: ReadValues['unmapped'];
  changes: SlotChanges;
  write: SlotValues;
}

/** As the text that people saw: it can be looked up, and the log says so. Durable when it returns. */
export async function keepUnsayable(
  session: Session,
  agreed: AgreedMapping,
  { pair, issueKey, local, unmapped, changes, write }: UnsayableWork,
): Promise<void> {
  const lost = unmapped.filter(({ slot }) => write[slot] !== undefined && local[slot] === undefined);
  if (lost.length === 0) return;
  const kept = lost.map(({ slot, name }): Kept => {
    const { at, who } = changes[slot] ?? {};
    const when = at === undefined ? {} : { changedAt: at };
    return { slot, side: 'local', text: name, ...when, ...(who === undefined ? {} : { who }) };
  });
  await keepOverwritten(session, agreed, pair, kept);
  const was = lost.map(
    ({ slot, name }) => `${labelOf(agreed, slot)} was ${JSON.stringify(name.slice(0, 300))}`,
  );
  const text = `${issueKey} held what the agreement has no word for. Overwritten: ${was.join('; ')}.`;
  if (!session.hasRoom) await session.commit();
  session.rows.stage(
    activityRow(session.ports, session.id, { level: 'warning', text: text.slice(0, 1_900), issueKey }),
  );
  await session.commit();
}
