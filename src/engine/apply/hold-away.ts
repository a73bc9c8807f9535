/** Sets values aside whose issue was archived here, or moved to where this pair does not reach. */
import type { Pair } from '#core/model/pair';
import { noteAway } from '../lifecycle/note-ending';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import type { Outcome } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { type HoldWork, holdValues } from './hold-values';

const awayText = {
  moved: 'The issue was moved to another project here.',
  archived: 'The issue is archived here.',
} as const;

/** As it is noted on the pair first. */
export async function holdAway(
  session: Session,
  agreement: Agreement,
  work: Omit<HoldWork, 'reason'> & { agreed: AgreedMapping; issue: IssueRead; away: 'moved' | 'archived' },
): Promise<Outcome> {
  const { pair, agreed, issue, away } = work;
  const leaving = noteAway(session, agreement, { pair, agreed, issue });
  // Where it is may be shared too: the usual look finds out.
  if (away === 'moved')
    session.noteDirty(setDirty(session.id, issue.id, 'fields', session.ports.clock.now()));
  const isLost = away === 'moved' && leaving.state === 'twinned' && leaving.ending === undefined;
  const held: Pair = isLost && pair.moved === undefined ? { ...leaving, state: 'unreachable' } : leaving;
  return holdValues(session, agreement, { ...work, pair: held, agreed, reason: awayText[away] });
}
