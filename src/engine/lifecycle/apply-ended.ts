/** The partner's issue came to an end: what becomes of ours is decided by the agreement, and asked about where edits would be lost. */
import { endPolicy } from '#core/lifecycle/end-policy';
import { otherRole } from '#core/model/role';
import type { DataOperation } from '#core/protocol/operations';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { endPair } from './end-pair';
import { noteEnding } from './note-ending';

const happened = {
  deleted: 'was deleted',
  moved: 'was moved to a project that is not shared',
  archived: 'was archived',
  unreachable: 'cannot be read any more',
  left: 'does not match the filter any more',
} as const;

/** A pair that is over, or none of ours, changes nothing. Jira is not asked yet. */
export async function applyEnded(
  session: Session,
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.ended' }>,
): Promise<Outcome> {
  const { why, keep } = operation;
  const stored = await readPair(session, operation.pair);
  const made = stored?.intent?.made;
  // Our copy may be there, although it is not completed yet.
  const pair = stored === undefined || made === undefined ? stored : { local: made, ...stored };
  if (pair === undefined || pair.state === 'gone' || pair.ending?.by === 'partner') return done;
  const agreed = findMapping(agreement, pair.mapping);
  const policy = keep === true ? 'ignore' : endPolicy(agreed?.mapping, why, otherRole(agreement.role));
  if (pair.local !== undefined && policy !== 'ignore') {
    const { seq } = session.stream.out;
    const afterSeq = session.isSaying ? seq + 1 : seq;
    putPair(session, noteEnding(session, pair, { why, by: 'partner', afterSeq }));
    return done;
  }
  const theirs = pair.partner?.key ?? 'An issue of the partner';
  const ours = pair.local === undefined ? 'It gets no twin here.' : `Its twin ${pair.local.key} stays.`;
  const text = `${theirs} ${happened[why]} over there. ${ours}`;
  await endPair(session, pair, { why, by: 'partner', text });
  return done;
}
