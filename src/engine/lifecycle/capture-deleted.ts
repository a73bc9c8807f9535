/** A delete event came: checks that the issue is really gone, because events may be wrong, and tells the partner. */
import type { Pair } from '#core/model/pair';
import type { Agreement } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { tellEnd } from './tell-end';

/** `snapshot`: read after the event. An issue of no pair is none of ours. */
export async function captureDeleted(
  session: Session,
  agreement: Agreement,
  work: { issueId: string; pair: Pair | undefined; snapshot: SiteResult<IssueRead> },
): Promise<void> {
  const { issueId, pair, snapshot } = work;
  if (pair === undefined || pair.state === 'gone') return;
  if (!snapshot.ok && snapshot.failure.kind === 'gone') {
    await tellEnd(session, agreement, pair, 'deleted');
    return;
  }
  // Still there, or only hidden: the usual look finds out.
  session.noteDirty(setDirty(session.id, issueId, 'fields', session.ports.clock.now()));
}
