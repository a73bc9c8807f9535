/** Applies what the partner tells about our offers: its copy exists, or something of ours waits over there. */
import type { Pair } from '#core/model/pair';
import type { DataOperation } from '#core/protocol/operations';
import { noteHeldReport } from '#core/reconcile/note-held-report';
import { settlePair } from '#core/reconcile/settle-pair';
import { type Agreement, findMapping } from '../pairs/agreement';
import { putCommentTwin, readCommentTwin, stageCommentProblem } from '../pairs/comment-twins';
import { done, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { Session } from '../stream/session';

type Reported<Op extends DataOperation['op']> = Extract<DataOperation, { op: Op }>;

/** An unknown pair is none of ours: nothing happens. */
export async function applyTwin(
  session: Session,
  agreement: Agreement,
  operation: Reported<'issue.twin'>,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair === undefined) return done;
  const now = session.ports.clock.now();
  const isNew = pair.state === 'offered';
  const after: Pair = {
    ...withoutRefusal(pair),
    state: isNew ? 'twinned' : pair.state,
    lastReceived: now,
    ...(operation.at === undefined ? {} : { partner: operation.at }),
  };
  putPair(session, after);
  if (isNew) {
    session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  }
  if (pair.heldWhole !== undefined) {
    await stagePairProblems(session, { pair: after, agreed: findMapping(agreement, pair.mapping), now });
  }
  return done;
}

/** It was refused as a whole and made after all, with the values that waited; what still waits is reported after this. */
function withoutRefusal(pair: Pair): Pair {
  if (pair.heldWhole?.side !== 'partner') return pair;
  const { heldWhole: _refused, ...rest } = pair;
  const base = { ...pair.base };
  const held = { ...pair.held };
  for (const [slot, { side, value }] of Object.entries(pair.held)) {
    if (side !== 'partner') continue;
    base[slot] = value;
    delete held[slot];
  }
  return { ...rest, base, held };
}

export async function applyHeld(
  session: Session,
  agreement: Agreement,
  operation: Reported<'issue.held'>,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair === undefined || pair.state === 'gone') return done;
  const now = session.ports.clock.now();
  // What was sent before the reported values went through, or was reported itself.
  const settled = settlePair(pair, operation.seq - 1);
  const after = noteHeldReport(settled, operation, now);
  putPair(session, after);
  await stagePairProblems(session, { pair: after, agreed: findMapping(agreement, pair.mapping), now });
  return done;
}

export async function applyCommentHeld(
  session: Session,
  operation: Reported<'comment.held'>,
): Promise<Outcome> {
  const twin = await readCommentTwin(session, operation.comment);
  if (twin === undefined || twin.origin !== 'here') return done;
  const pair = await readPair(session, operation.pair);
  putCommentTwin(session, operation.comment, { ...twin, state: 'held' });
  await stageCommentProblem(session, {
    twin: operation.comment,
    issue: pair?.local,
    reason: operation.reason,
    next: 'The admin of the partner site can correct the cause; then choose Try again.',
    side: 'partner',
  });
  return done;
}
