/** Carries out what is agreed for a pair that comes to an end: tells the partner of ours, or sees to ours after the partner's. */

import { endPolicy } from '#core/lifecycle/end-policy';
import type { EndAnswer, Ending } from '#core/model/ending';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { DirtyIssue } from '../capture/dirty-issue';
import { type AgreedMapping, type Agreement, findMapping } from '../pairs/agreement';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import type { Session } from '../stream/session';
import { awayReason } from './away';
import { countEnd } from './count-ends';
import { deleteTwin } from './delete-twin';
import { readEndAnswer } from './end-answer';
import { endLeft } from './end-left';
import { endPair } from './end-pair';
import { lookAnew } from './look-anew';
import { markTwin } from './mark-twin';
import { tellEnd } from './tell-end';
import { unseenChanges } from './unseen-changes';

export interface EndWork {
  issue: DirtyIssue;
  pair: Pair;
  ending: Ending;
  /** Read after the dirty rows and the pair. */
  snapshot: SiteResult<IssueRead>;
}

/** `blocked`: not all that we said is answered yet. */
export async function carryOutEnd(session: Session, agreement: Agreement, work: EndWork): Promise<Outcome> {
  const { snapshot } = work;
  if (!snapshot.ok && isPassing(snapshot.failure)) return later(snapshot.failure);
  if (work.ending.by === 'partner') return endByPartner(session, agreement, work);
  return work.ending.why === 'left' ? endLeft(session, agreement, work) : endHere(session, agreement, work);
}

/** It may have come back meanwhile; one that cannot be read any more is away all the same. */
async function endHere(session: Session, agreement: Agreement, work: EndWork): Promise<Outcome> {
  const { pair, ending, snapshot } = work;
  const agreed = findMapping(agreement, pair.mapping);
  const isBack = snapshot.ok && agreed !== undefined && awayReason(agreed, snapshot.value) === undefined;
  if (!isBack) {
    await tellEnd(session, agreement, pair, ending.why);
    return done;
  }
  lookAnew(session, pair);
  return done;
}

async function endByPartner(session: Session, agreement: Agreement, work: EndWork): Promise<Outcome> {
  const { pair, ending, snapshot } = work;
  const answer = await readEndAnswer(session, pair.pair);
  if (answer === 'keep' || session.memory.keptTwins.has(pair.pair)) {
    return over(session, work, 'stays: an admin decided so');
  }
  if (ending.afterSeq !== undefined && session.done < ending.afterSeq) return blocked;
  if (!snapshot.ok) {
    // We deleted it ourselves, and were stopped before we could write that down.
    if (ending.begun === true && snapshot.failure.kind === 'gone')
      return over(session, work, 'was deleted too');
    return ask(session, agreement, work, {
      reason: `It cannot be read here: ${snapshot.failure.message}`,
      answers: ['keep'],
    });
  }
  const agreed = findMapping(agreement, pair.mapping);
  // What was taken out of the agreement is not the partner's to touch.
  if (agreed === undefined || awayReason(agreed, snapshot.value) === 'moved') {
    return over(session, work, 'stays: it takes no part any more');
  }
  const policy = endPolicy(agreed.mapping, ending.why, otherRole(agreement.role));
  if (answer === undefined && policy === 'ignore') return over(session, work, 'stays');
  return answer === undefined && policy === 'mark'
    ? mark(session, agreement, work)
    : remove(session, agreement, { ...work, agreed, found: snapshot.value, answer });
}

async function mark(session: Session, agreement: Agreement, work: EndWork): Promise<Outcome> {
  const marked = await markTwin(session, work.pair, work.ending.why);
  if (marked.kind === 'later') return marked;
  if (marked.kind === 'marked') return over(session, work, 'stays, and a comment on it says so');
  const reason = `The comment that tells of it could not be written: ${marked.reason}`;
  return ask(session, agreement, work, { reason, answers: ['keep'] });
}

type Removal = EndWork & { agreed: AgreedMapping; found: IssueRead; answer: EndAnswer | undefined };

async function remove(session: Session, agreement: Agreement, work: Removal): Promise<Outcome> {
  const { pair, agreed, answer } = work;
  if (answer === undefined) {
    const unseen = await unseenChanges(session, agreement, { pair, agreed, issue: work.found });
    if (!Array.isArray(unseen)) return unseen;
    if (unseen.length > 0) {
      const reason = `The partner had not seen what was changed here: ${unseen.join(', ')}.`;
      return ask(session, agreement, work, { reason, answers: ['delete', 'keep'] });
    }
  }
  const deleted = await deleteTwin(session, pair, {
    issue: work.found,
    withSubtasks: answer === 'withSubtasks',
  });
  if (deleted.kind === 'later') return deleted;
  if (deleted.kind === 'deleted') return over(session, work, 'was deleted too');
  return ask(session, agreement, work, {
    reason: deleted.reason,
    answers: deleted.hasSubtasks ? ['withSubtasks', 'keep'] : ['delete', 'keep'],
  });
}

const happened = {
  deleted: 'was deleted',
  moved: 'was moved away',
  archived: 'was archived',
  unreachable: 'cannot be read any more',
  left: 'does not match the filter any more',
} as const;

async function over(session: Session, { pair, ending }: EndWork, becomes: string): Promise<Outcome> {
  await countEnd(session, pair.pair);
  const theirs = pair.partner?.key ?? 'An issue of the partner';
  const text = `${theirs} ${happened[ending.why]} over there. Its twin ${pair.local?.key ?? 'here'} ${becomes}.`;
  session.tell('received', pair.local?.key ?? 'an issue');
  await endPair(session, pair, { why: ending.why, by: 'partner', text });
  return done;
}

/** Nothing is lost meanwhile: the issue stays as it is until an admin answers, or the cause is gone. */
async function ask(
  session: Session,
  agreement: Agreement,
  { pair, ending }: EndWork,
  question: { reason: string; answers: EndAnswer[] },
): Promise<Outcome> {
  const at = ending.wait?.at ?? session.ports.clock.now();
  const { begun: _not, ...rest } = ending;
  const asked: Pair = { ...pair, ending: { ...rest, wait: { at, ...question } } };
  putPair(session, asked);
  const agreed = findMapping(agreement, pair.mapping);
  await stagePairProblems(session, { pair: asked, agreed, now: at });
  return done;
}
