/** Looks first whether an issue came to an end: then nothing else about it travels. */
import { type DirtyIssue, has } from '../capture/dirty-issue';
import type { Agreement } from '../pairs/agreement';
import { blocked, done, type Outcome } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { captureDeleted } from './capture-deleted';
import { carryOutEnd } from './carry-out-end';
import { endUnreachable } from './end-unreachable';

/** Undefined: it did not. `snapshot`: read after the dirty rows and the pair. */
export async function captureEnd(
  session: Session,
  agreement: Agreement,
  { issue, snapshot }: { issue: DirtyIssue; snapshot?: SiteResult<IssueRead> | undefined },
): Promise<Outcome | undefined> {
  const { issueId } = issue;
  const pair = await findPair(session, issueId);
  if (has(issue, 'deleted')) {
    if (snapshot === undefined) return blocked;
    await captureDeleted(session, agreement, { issueId, pair, snapshot });
    return done;
  }
  if (pair === undefined || pair.state === 'gone') return pair === undefined ? undefined : done;
  if (pair.ending === undefined) {
    return has(issue, 'end') ? endUnreachable(session, agreement, pair) : undefined;
  }
  // Until it is decided only the question itself is looked at again.
  if (!has(issue, 'end') && !has(issue, 'retry')) return done;
  if (snapshot === undefined) return blocked;
  return carryOutEnd(session, agreement, { issue, pair, ending: pair.ending, snapshot });
}
