/** Applies what the partner says of fields on which a person has to decide. */
import type { DataOperation } from '#core/protocol/operations';
import { noteConflictReport } from '#core/reconcile/conflicts';
import { type Agreement, findMapping } from '../pairs/agreement';
import { done, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { fieldsToMerge } from './merge-terms';

/** An unknown pair, or a field that nobody is asked about, is none of ours: nothing happens. Jira is not written. */
export async function applyConflict(
  session: Session,
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.conflict' }>,
  seq: number,
): Promise<Outcome> {
  const before = await readPair(session, operation.pair);
  const agreed = before === undefined ? undefined : findMapping(agreement, before.mapping);
  if (before?.local === undefined || agreed === undefined || before.state === 'gone') return done;
  const now = session.ports.clock.now();
  const known = { ...before, inSeq: Math.max(before.inSeq, seq), lastReceived: now };
  // It may be about an offer made before new terms, on which the next look ends it.
  const fields = await fieldsToMerge(session, agreed, before);
  const after = noteConflictReport(known, operation, fields, agreement.role);
  putPair(session, after);
  // Our issue may have been edited since we last told of it.
  session.noteDirty(setDirty(session.id, before.local.id, 'fields', now));
  await stagePairProblems(session, { pair: after, agreed, now });
  return done;
}
