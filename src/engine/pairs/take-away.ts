/** What hangs on an issue of ours is to go: tells what is gone from what only cannot be seen. */
import type { Pair } from '#core/model/pair';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { isPassing, type Later, later } from './outcome';

/** `stays`: it may be there all the same; why, for an admin. */
export type TakenAway = { kind: 'gone' } | { kind: 'stays'; reason: string } | Later;

/**
 * `answer`: of the request that took it away. Jira says the same of what does not exist and of what hangs on an issue that
 * the app cannot see, so the issue itself is asked for then.
 */
export async function takenAway(
  session: Session,
  pair: Pair,
  answer: SiteResult<unknown>,
): Promise<TakenAway> {
  if (answer.ok) return { kind: 'gone' };
  const { failure } = answer;
  if (isPassing(failure)) return later(failure);
  if (failure.kind !== 'gone') return { kind: 'stays', reason: failure.message };
  const read = await session.ports.site.readIssue(pair.local?.id ?? '', []);
  if (read.ok) return { kind: 'gone' };
  return isPassing(read.failure) ? later(read.failure) : { kind: 'stays', reason: read.failure.message };
}
