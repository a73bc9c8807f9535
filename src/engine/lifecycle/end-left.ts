/** An issue of ours stopped to match its filter, and its twin is to be deleted: asks once more before the partner is told. */
import type { Pair } from '#core/model/pair';
import { rest } from '../filter/cross-filter';
import { type Agreement, findMapping } from '../pairs/agreement';
import { blocked, done, type Outcome } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { awayReason } from './away';
import { lookAnew } from './look-anew';
import { tellEnd } from './tell-end';

export interface LeftWork {
  issue: { issueId: string };
  pair: Pair;
  /** Read after the dirty rows and the pair, and judged. */
  snapshot: SiteResult<IssueRead>;
}

/** Where an admin answered that the twins are to stay, the pair rests: it may match again. */
export async function endLeft(session: Session, agreement: Agreement, work: LeftWork): Promise<Outcome> {
  const { pair, snapshot } = work;
  const agreed = findMapping(agreement, pair.mapping);
  const verdict = session.memory.filtered.get(work.issue.issueId);
  if (verdict === 'undecided') return blocked;
  const isHere = snapshot.ok && agreed !== undefined && awayReason(agreed, snapshot.value) === undefined;
  // It matches again, is agreed on otherwise, or something else happened to it: the usual look finds out.
  if (!isHere || verdict === undefined || agreed.mapping.leaving !== 'delete') {
    lookAnew(session, pair);
    return done;
  }
  if (session.memory.keptTwins.has(pair.pair)) {
    const { ending: _over, ...resting } = pair;
    rest(session, { pair: resting, issue: snapshot.value });
    return done;
  }
  await tellEnd(session, agreement, pair, 'left');
  return done;
}
