/** What becomes of a twin, out of what is agreed. */
import type { EndPolicy, EndReason, LifecycleTerms } from '../model/lifecycle-terms';
import { maySend } from '../model/may-send';
import type { Role } from '../model/role';

const termOf = { deleted: 'deletion', moved: 'move', archived: 'archive' } as const;

/** `ender`: on whose side it happened. A mapping without terms leaves every twin alone. */
export function endPolicy(terms: LifecycleTerms | undefined, why: EndReason, ender: Role): EndPolicy {
  if (terms === undefined || why === 'unreachable' || !maySend(terms.direction, ender)) return 'ignore';
  return terms[termOf[why]];
}
