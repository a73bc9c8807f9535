/** What becomes of a twin, out of what is agreed. */
import type { Mapping } from '../model/contract';
import type { EndPolicy, EndReason } from '../model/lifecycle-terms';
import { maySend } from '../model/may-send';
import type { Role } from '../model/role';

const termOf = { deleted: 'deletion', moved: 'move', archived: 'archive' } as const;

/**
 * `ender`: on whose side it happened. Without terms every twin is left alone. The end by a filter is agreed for both sides, and
 * has one policy only: the others let the pair rest.
 */
export function endPolicy(
  mapping: Pick<Mapping, 'lifecycle' | 'leaving'> | undefined,
  why: EndReason,
  ender: Role,
): EndPolicy {
  if (why === 'left') return mapping?.leaving === 'delete' ? 'delete' : 'ignore';
  const terms = mapping?.lifecycle;
  if (terms === undefined || why === 'unreachable' || !maySend(terms.direction, ender)) return 'ignore';
  return terms[termOf[why]];
}
