/** Which values stood in our issue since the backup was made: what the partner has of them is no edit of its people. */
import type { Here } from '#core/mapping/here';
import { pastValues } from '#core/mapping/slot-history';
import { mostPastValues } from '#core/protocol/epoch-operations';
import { hashOfPast } from '#core/reconcile/seen-before';
import type { AgreedMapping } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';
import type { Session } from '../stream/session';
import { changesSince, forgottenSince } from './forgotten-since';
import { mayHaveSaid } from './may-have-forgotten';

/** Nothing while nobody forgot anything. `past`: as in `issue.recall`. */
export function pastHashes(
  session: Session,
  { mapping, binding }: AgreedMapping,
  issue: IssueRead,
  here: Here,
): { past?: Record<string, string[]> } {
  if (!mayHaveSaid(session)) return {};
  const history = changesSince(issue.history, forgottenSince(session));
  const recent = pastValues(mapping.fields, binding, history, { here });
  const past: Record<string, string[]> = {};
  for (const { id } of mapping.fields) {
    const hashes = recent(id).slice(0, mostPastValues).map(hashOfPast);
    if (hashes.length > 0) past[id] = hashes;
  }
  return Object.keys(past).length === 0 ? {} : { past };
}
