/** Applies values of the partner to our copy: read, merge, write, read back; the base moves only for what is there. */
import type { Here } from '#core/mapping/here';
import { type ReadValues, readValues } from '#core/mapping/read-values';
import { slotChanges } from '#core/mapping/slot-history';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import type { SlotChanges } from '#core/reconcile/conflicts';
import { beforeWalk } from '#core/reconcile/half-way';
import { knownValues } from '#core/reconcile/known-values';
import type { Decide } from '#core/reconcile/plan-repair';
import { planState, type StateDecision } from '#core/reconcile/plan-state';
import { planUpdate } from '#core/reconcile/plan-update';
import { withoutUnsaid } from '#core/reconcile/unsaid';
import type { IncomingUpdate, UpdatePlan } from '#core/reconcile/update-plan';
import { withoutNeverSaid } from '#core/reconcile/without-never-said';
import { sendable } from '../capture/offer-create';
import { sayConflicts } from '../conflicts/say-conflicts';
import { pastHashes } from '../epoch/past-hashes';
import { forgottenBase } from '../epoch/recollect';
import { whyHidden } from '../filter/why-hidden';
import { awayReason } from '../lifecycle/away';
import { type AgreedMapping, type Agreement, findMapping } from '../pairs/agreement';
import { asTwinned } from '../pairs/as-twinned';
import { lookAround } from '../pairs/look-around';
import { noteUnsaid } from '../pairs/note-unsaid';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import { noteParentWaits } from '../pairs/wait-for-parent';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { noteValues } from '../undo/note-applied';
import { holdAway } from './hold-away';
import { holdValues } from './hold-values';
import { issuePast, type Recalled } from './issue-past';
import { keepUnsayable } from './keep-unsayable';
import { fieldsToMerge, saidUnder } from './merge-terms';
import { noteWrote } from './note-wrote';
import { writeMerged } from './write-merged';

export interface ValuesWork {
  pair: Pair;
  update: IncomingUpdate;
  /** It is a full state; `ask`: ours is wanted back. */
  state?: { ask: boolean; recalled?: Recalled };
}

export async function applyValues(
  session: Session,
  agreement: Agreement,
  work: ValuesWork,
): Promise<Outcome> {
  const { pair, update } = work;
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) {
    return holdValues(session, agreement, {
      ...work,
      agreed,
      reason: 'This mapping is not enabled and bound here.',
    });
  }
  if (pair.local === undefined || pair.state === 'gone') {
    const reason = pair.heldWhole?.reason ?? 'The issue was deleted here.';
    return holdValues(session, agreement, { ...work, agreed, reason });
  }
  // Of several workers who woke at once only one reads, and what is read is written under the same lease.
  await session.hold();
  const read = await session.ports.site.readIssue(pair.local.id, agreed.fieldIds);
  if (!read.ok) {
    if (isPassing(read.failure)) return later(read.failure);
    const lost: Pair = { ...pair, state: 'unreachable' };
    const reason = 'The issue cannot be read here: it was deleted, moved away or hidden from the app.';
    return holdValues(session, agreement, { ...work, pair: lost, agreed, reason });
  }
  const issue = read.value;
  const away = awayReason(agreed, issue);
  if (away !== undefined) return holdAway(session, agreement, { ...work, agreed, issue, away });
  if (pair.state === 'unreachable') noteSeenAgain(session, issue);
  const known = knownValues(pair, update.values);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { here } = around;
  const { values, unmapped } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, {
    here,
    known,
  });
  const { said: local, stands } = beforeWalk(pair, issue.statusId, values);
  // What both sites forgot may have been said.
  const isKnown = update.base !== forgottenBase;
  const noted = isKnown ? noteUnsaid(agreement, agreed, { pair, issue, local }) : pair;
  const fields = await fieldsToMerge(session, agreed, pair);
  const changes = slotChanges(agreed.binding, issue.history);
  const pastOf = issuePast(agreed, { issue, local, here, recalled: work.state?.recalled });
  const decideBoth = (said: SlotValues, at: SlotChanges): StateDecision => {
    const question = {
      pair: asTwinned(noted, issue),
      update,
      local: said,
      stands,
      localAt: issue.updatedAt,
      changes: at,
      ...pastOf(said),
      fields,
      bound: agreed.bound,
      role: agreement.role,
    };
    return work.state === undefined
      ? { plan: planUpdate(question) }
      : planState({ ...question, ask: work.state.ask });
  };
  const decided = decideBoth(local, changes);
  // What may not leave is not told, whatever the partner asks for.
  const hidden = await whyHidden(session, agreement, { pair, agreed, issue, decided });
  if (typeof hidden === 'object') return hidden;
  if (hidden !== undefined && decided.plan.kind === 'askState') {
    return holdValues(session, agreement, { ...work, agreed, reason: hidden });
  }
  return carryOut(session, agreement, agreed, {
    pair: noted,
    seq: update.seq,
    issue,
    here,
    local,
    unmapped,
    stands,
    changes,
    decided,
    decideBoth,
    isHidden: hidden !== undefined,
  });
}

/** What was written while it could not be read is told by nobody else. */
function noteSeenAgain(session: Session, { id }: IssueRead): void {
  for (const aspect of ['comments', 'files'] as const) {
    session.noteDirty(setDirty(session.id, id, aspect, session.ports.clock.now()));
  }
}

interface Carried {
  /** As it was read, and the partner's sequence. */
  pair: Pair;
  seq: number;
  issue: IssueRead;
  here: Here;
  local: SlotValues;
  unmapped: ReadValues['unmapped'];
  stands: SlotValues;
  changes: SlotChanges;
  decided: StateDecision;
  decideBoth: (local: SlotValues, changes: SlotChanges) => StateDecision;
  isHidden: boolean;
}

async function carryOut(
  session: Session,
  agreement: Agreement,
  agreed: AgreedMapping,
  { pair, seq, issue, here, local, unmapped, stands, changes, decided, decideBoth, isHidden }: Carried,
): Promise<Outcome> {
  const { plan: decision, answer } = decided;
  if (decision.kind === 'wait') {
    putPair(session, decision.pair);
    return done;
  }
  if (decision.kind === 'askState') {
    const past = pastHashes(session, agreed, issue, here);
    const mine = sendable(agreement, agreed, withoutUnsaid(pair, local));
    const values = withoutNeverSaid(mine, pair.base, past.past ?? {});
    sayState(session, decision.pair, { values, at: issue.updatedAt, ask: true, ...past });
    const open = {
      seq: session.nextSeq,
      values,
      at: issue.updatedAt,
      full: true as const,
      ...past,
      ...saidUnder(session),
    };
    putPair(session, { ...decision.pair, open });
    return done;
  }
  const decide: Decide = (said, at) => decideBoth(said, at).plan;
  const { key: issueKey } = issue;
  const { write } = decision;
  await keepUnsayable(session, agreed, { pair, issueKey, local, unmapped, changes, write });
  const written = await writeMerged(session, agreement, agreed, {
    issue,
    local,
    changes,
    plan: decision,
    decide,
  });
  if (written.kind === 'later') {
    const { wrote = {}, ...pause } = written;
    await noteWrote(session, pair, seq, { plan: decision, wrote });
    return pause;
  }
  const at = session.ports.clock.now();
  const plan = written.kind === 'gone' ? decision : written.plan;
  const before = { ...local, ...stands };
  const concluded =
    written.kind === 'gone'
      ? concludeUpdate(plan, { before, after: before, refused: allOf(plan, written.reason), at })
      : concludeUpdate(plan, { before, after: written.after, refused: written.refused, at });
  putPair(session, concluded.pair);
  if (written.kind === 'written') {
    noteValues(session, concluded.pair, { write: plan.write, before: local, held: concluded.held });
  }
  await noteParentWaits(session, agreed, concluded.pair);
  if (!isHidden) sayConflicts(session, concluded.pair, plan.asked);
  if (concluded.held.length > 0) {
    session.say({
      op: 'issue.held',
      pair: plan.pair.pair,
      seq: Math.max(1, plan.pair.inSeq),
      slots: concluded.held,
    });
  }
  if (answer !== undefined && !isHidden) {
    sayState(session, concluded.pair, { values: answer, at: issue.updatedAt, ask: false });
  }
  if (Object.keys(plan.write).length > 0) session.tell('received', issue.key);
  if (plan.dirty) session.noteDirty(setDirty(session.id, issue.id, 'fields', at));
  await stagePairProblems(session, { pair: concluded.pair, agreed, now: at });
  return done;
}

function sayState(
  session: Session,
  pair: Pair,
  state: { values: SlotValues; at: number; ask: boolean; past?: Record<string, string[]> },
): void {
  session.say({ op: 'issue.state', pair: pair.pair, mapping: pair.mapping, seen: pair.inSeq, ...state });
}

function allOf(plan: UpdatePlan, reason: string): Record<string, string> {
  return Object.fromEntries(Object.keys(plan.write).map((slot) => [slot, reason]));
}
