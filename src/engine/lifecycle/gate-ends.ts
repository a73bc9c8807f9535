/** Stands before all that is dirty: ends of issues wait for a moment, are counted, and too many of them are a safety stop. */

import { endPolicy } from '#core/lifecycle/end-policy';
import { decideEnds, mostOrdinary } from '#core/lifecycle/mass-deletion';
import { raiseBrake } from '../brakes/raise-brake';
import { type DirtyIssue, notedAt } from '../capture/dirty-issue';
import { type Agreement, findMapping } from '../pairs/agreement';
import { findPair } from '../pairs/pairs';
import type { Session } from '../stream/session';
import { readEndsWindow } from './count-ends';

export interface Gate {
  /** Issues which are not to be looked at now. */
  held: ReadonlySet<string>;
  /** Look again after this time. */
  wakeAfterMs?: number;
  /** Nothing is to be looked at any more. */
  isBraked: boolean;
}

const open: Gate = { held: new Set(), isBraked: false };

interface End {
  issueId: string;
  pair: string;
  by: 'here' | 'partner';
  at: number;
}

/** Costs nothing where no issue came to an end. Only ends which have consequences for a twin are counted. */
export async function gateEnds(
  session: Session,
  agreement: Agreement,
  issues: readonly DirtyIssue[],
): Promise<Gate> {
  const fresh = unanswered(session, await findEnds(session, agreement, issues));
  if (fresh.length === 0) return open;
  const decision = decideEnds({
    noted: fresh.map(({ at }) => at),
    window: await readEndsWindow(session),
    pairs: session.stream.counts.pairs,
    now: session.ports.clock.now(),
  });
  const held = new Set(fresh.map(({ issueId }) => issueId));
  switch (decision.kind) {
    case 'go':
      for (const { pair } of fresh) session.memory.countedEnds.add(pair);
      return open;
    case 'wait':
      return { held, wakeAfterMs: decision.afterMs, isBraked: false };
    case 'brake':
      await stop(session, fresh);
      return { held, isBraked: true };
  }
}

async function findEnds(
  session: Session,
  agreement: Agreement,
  issues: readonly DirtyIssue[],
): Promise<End[]> {
  const ends: End[] = [];
  for (const issue of issues) {
    const deletedAt = notedAt(issue, 'deleted');
    const endAt = notedAt(issue, 'end');
    const at = deletedAt ?? endAt;
    if (at === undefined) continue;
    const pair = await findPair(session, issue.issueId);
    if (pair === undefined || pair.state === 'gone') continue;
    const { ending } = pair;
    const mapping = findMapping(agreement, pair.mapping)?.mapping;
    const isTold = deletedAt !== undefined && endPolicy(mapping, 'deleted', agreement.role) !== 'ignore';
    const isDue = ending !== undefined && ending.wait === undefined && ending.begun === undefined;
    if (!isTold && !isDue) continue;
    const by = isTold ? 'here' : (ending?.by ?? 'here');
    ends.push({ issueId: issue.issueId, pair: pair.pair, by, at });
  }
  return ends;
}

/** What was noted before an admin answered is decided; later ones are counted anew. */
function unanswered(session: Session, ends: readonly End[]): End[] {
  const given = session.connection.brakeAnswers?.massDeletion;
  if (given === undefined) return [...ends];
  const decided = ends.filter(({ at }) => at <= given.at);
  if (given.answer === 'keep') for (const { pair } of decided) session.memory.keptTwins.add(pair);
  return ends.filter(({ at }) => at > given.at);
}

async function stop(session: Session, ends: readonly End[]): Promise<void> {
  const here = ends.filter(({ by }) => by === 'here').length;
  const there = ends.length - here;
  const where = [
    ...(here > 0 ? [`${here} here`] : []),
    ...(there > 0 ? [`${there} on the partner site`] : []),
  ];
  const most = mostOrdinary(session.stream.counts.pairs);
  await raiseBrake(session.ports, session.id, {
    reason: 'massDeletion',
    text: `Many issues came to an end (deleted, moved away, archived or left by a filter) within an hour, at least ${where.join(' and ')}; up to ${most} need no question. Their twins are untouched.`,
    question: 'Is this meant, so that the twins are marked or deleted as agreed, or shall the twins stay?',
    answers: [
      { id: 'carryOut', label: 'Carry it out' },
      { id: 'keep', label: 'Keep the twins' },
    ],
  });
  await session.reload();
}
