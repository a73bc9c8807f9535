/** Notes that a pair comes to an end; the worker sees to the rest when it looks at what is dirty. */

import { endPolicy } from '#core/lifecycle/end-policy';
import type { Ending } from '#core/model/ending';
import type { Pair } from '#core/model/pair';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { awayReason } from './away';
import { sharedAs } from './move-between';

/** The pair with its ending, to be put by the caller in the same step. */
export function noteEnding(session: Session, pair: Pair, ending: Omit<Ending, 'at'>): Pair {
  const at = session.ports.clock.now();
  if (pair.local !== undefined) session.noteDirty(setDirty(session.id, pair.local.id, 'end', at));
  return { ...pair, ending: { ...ending, at } };
}

/** The pair of an issue of ours that is out of reach, with an ending where the agreement asks for one. */
export function noteAway(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue }: { pair: Pair; agreed: AgreedMapping; issue: IssueRead },
): Pair {
  const why = awayReason(agreed, issue);
  if (why === undefined || pair.ending !== undefined) return pair;
  // In another project that is shared it goes on, once its twin was moved too.
  if (why === 'moved' && sharedAs(agreement, issue) !== undefined) return pair;
  const isPlain = endPolicy(agreed.mapping, why, agreement.role) === 'ignore';
  return isPlain ? pair : noteEnding(session, pair, { why, by: 'here' });
}
