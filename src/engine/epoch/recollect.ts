/** Finds the copy of an issue that is offered as new, where we may have made it before and forgotten it. */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import type { Agreement } from '../pairs/agreement';
import type { Session } from '../stream/session';
import { type Adopted, adoptIssue } from './adopt-issue';
import { mayHaveForgotten } from './may-have-forgotten';

type IssueCreate = Extract<DataOperation, { op: 'issue.create' }>;

/**
 * In the place of the hash of what both had agreed on, which both have forgotten: the partner is asked for a decision, and the
 * histories of both issues tell who wrote over what.
 */
export const forgottenBase = 'forgotten';

/** `stored`: what we know of it. Undefined: nothing was forgotten. */
export async function recollect(
  session: Session,
  agreement: Agreement,
  operation: IssueCreate,
  stored: Pair | undefined,
): Promise<Adopted | undefined> {
  if (stored?.local !== undefined || !mayHaveForgotten(session, operation)) return undefined;
  const { pair, mapping, type, from } = operation;
  return adoptIssue(session, agreement, { pair, mapping, type, original: true, base: {}, from });
}
