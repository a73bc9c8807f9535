/** Capture: says what changed in one issue since both sites last agreed. Nothing is durable before the session's commit. */
import { readValues } from '#core/mapping/read-values';
import { slotChanges } from '#core/mapping/slot-history';
import type { Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import { agreedHash } from '#core/reconcile/agreed-values';
import { reviewConflicts, type SlotChanges } from '#core/reconcile/conflicts';
import { detectChanges } from '#core/reconcile/detect-changes';
import { beforeWalk } from '#core/reconcile/half-way';
import { knownValues } from '#core/reconcile/known-values';
import { basedSlots } from '#core/reconcile/plan-update';
import { restLeft } from '#core/reconcile/rest-left';
import { settlePair } from '#core/reconcile/settle-pair';
import { saidUnder } from '../apply/merge-terms';
import { retryHere } from '../apply/retry-here';
import { carryOutOrders } from '../conflicts/carry-out-orders';
import { sayConflicts } from '../conflicts/say-conflicts';
import { mayHaveSaid } from '../epoch/may-have-forgotten';
import { tellLater } from '../epoch/tell-issue';
import { crossFilter } from '../filter/cross-filter';
import { markLate } from '../filter/mark-late';
import { awayReason } from '../lifecycle/away';
import { captureMove } from '../lifecycle/move-between';
import { noteAway } from '../lifecycle/note-ending';
import { type AgreedMapping, type Agreement, findMapping, mayLeave } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { noteUnsaid } from '../pairs/note-unsaid';
import { blocked, done, isPassing, later, type Outcome } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import type { IssueRead } from '../ports/site';
import type { SiteResult } from '../ports/site-result';
import { recordActivityOnce } from '../record-activity';
import type { Aspect } from '../rows/dirty';
import type { Session } from '../stream/session';
import { captureNew } from './capture-new';
import { offerAgain } from './offer-create';

export interface FieldsWork {
  issueId: string;
  aspects: ReadonlySet<Aspect>;
  pair: Pair | undefined;
  /** Read after the pair and after the dirty rows. */
  snapshot: SiteResult<IssueRead>;
}

/** Stages what is to be said and what follows from it. */
export async function captureFields(
  session: Session,
  agreement: Agreement,
  work: FieldsWork,
): Promise<Outcome> {
  const { pair, snapshot } = work;
  if (!snapshot.ok) {
    if (isPassing(snapshot.failure)) return later(snapshot.failure);
    // Absence is not deletion: only a delete event deletes.
    if (pair !== undefined && pair.state === 'twinned') await markUnreachable(session, agreement, pair);
    return done;
  }
  if (pair === undefined) {
    return captureNew(session, agreement, { issue: snapshot.value, isChosen: false });
  }
  if (pair.state === 'gone') return done;
  return captureChange(session, agreement, { ...work, pair, issue: snapshot.value });
}

/** Asked before Jira is: an offer that is still open has to be answered first, and who edits fast is not followed step by step. */
export function isBlocked(session: Session, pair: Pair | undefined): boolean {
  if (pair === undefined) return false;
  // Our copy is made, and what comes first waits: everything else about it follows.
  if (pair.state === 'creating') return true;
  if (settlePair(pair, session.done).open !== undefined) return true;
  const leftMs = restLeft(pair, session.ports.clock.now());
  if (leftMs > 0) session.memory.restMs = Math.min(leftMs, session.memory.restMs ?? leftMs);
  return leftMs > 0;
}

type ChangeWork = FieldsWork & { pair: Pair; issue: IssueRead };

async function captureChange(session: Session, agreement: Agreement, work: ChangeWork): Promise<Outcome> {
  const { issue } = work;
  const moved = await captureMove(session, agreement, { pair: settlePair(work.pair, session.done), issue });
  if (moved !== undefined) return moved;
  const agreed = findMapping(agreement, work.pair.mapping);
  const leaving = agreed && noteAway(session, agreement, { pair: work.pair, agreed, issue });
  if (leaving?.ending !== undefined) {
    putPair(session, leaving);
    return done;
  }
  if (agreed === undefined || !mayLeave(agreement, agreed, issue)) {
    const isMoved = agreed !== undefined && awayReason(agreed, issue) === 'moved';
    if (isMoved && work.pair.state === 'twinned') await markUnreachable(session, agreement, work.pair);
    await noteHeldBack(session, issue);
    return done;
  }
  const found: Pair = { ...work.pair, local: { id: issue.id, key: issue.key } };
  const settled = settlePair(reachable(found), session.done);
  if (settled.open !== undefined) return blocked;
  const crossed = crossFilter(session, agreement, { agreed, pair: settled, issue });
  if (crossed.kind === 'waits') return blocked;
  if (crossed.kind === 'stays') return markLate(session, agreed, settled.pair);
  return captureValues(session, agreement, { ...work, agreed, settled: crossed.pair });
}

async function captureValues(
  session: Session,
  agreement: Agreement,
  work: ChangeWork & { agreed: AgreedMapping; settled: Pair },
): Promise<Outcome> {
  const { issue, agreed, settled } = work;
  // That it was not told then may be forgotten here since.
  const mayBeUntold = work.pair.state === 'unreachable' && mayHaveSaid(session);
  if (settled.untold === true || mayBeUntold) {
    return tellLater(session, agreement, { pair: settled, issue, agreed });
  }
  const known = knownValues(settled);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeReading(issue, known);
  if (failed !== undefined) return failed;
  const { here } = around;
  const { values: read, unmapped } = readValues(agreed.mapping.fields, agreed.binding, issue.fields, {
    here,
    known,
  });
  const values = beforeWalk(settled, issue.statusId, read).said;
  const isRetry = work.aspects.has('retry');
  if (settled.state === 'offered') {
    return offerAgain(session, agreement, { pair: settled, agreed, issue, values, isRetry });
  }
  const noted = noteUnsaid(agreement, agreed, { pair: settled, issue, local: values });
  const { fields } = agreed.mapping;
  const { role } = agreement;
  const look = { pair: noted, agreed, issue, values };
  const ordered = isRetry
    ? await carryOutOrders(session, agreement, look)
    : { kind: 'ordered' as const, pair: noted, values, resolves: [] };
  if (ordered.kind === 'later') return ordered;
  const retried = await retryHere(session, agreement, { ...look, ...ordered, isWanted: isRetry });
  if (retried.kind === 'later') return retried;
  const local = retried.values;
  const history = slotChanges(agreed.binding, issue.history);
  const { pair, told } = reviewConflicts({
    pair: retried.pair,
    local,
    localAt: issue.updatedAt,
    changes: history,
    fields,
    role,
    nextSeq: session.nextSeq,
    done: session.done,
  });
  sayConflicts(session, pair, told);
  const again = [...retried.again, ...ordered.resolves];
  const changes = detectChanges({ pair, local, fields, role, again });
  const resolves = ordered.resolves.filter((slot) => changes[slot] !== undefined);
  const after =
    Object.keys(changes).length > 0
      ? sayUpdate(session, pair, issue, { values: changes, resolves, history })
      : pair;
  // Settling alone needs no write: whoever reads the pair next comes to the same.
  if (after !== settled || work.pair.state !== pair.state) putPair(session, after);
  const now = session.ports.clock.now();
  await stagePairProblems(session, { pair: after, agreed, now, unmapped });
  return done;
}

function sayUpdate(
  session: Session,
  pair: Pair,
  issue: IssueRead,
  { values, resolves, history }: { values: SlotValues; resolves: string[]; history: SlotChanges },
): Pair {
  const at = issue.updatedAt;
  const times = timesOf(values, history, at);
  const said = {
    values,
    at,
    ...(times === undefined ? {} : { times }),
    ...(resolves.length === 0 ? {} : { resolves }),
  };
  session.say({
    op: 'issue.update',
    pair: pair.pair,
    mapping: pair.mapping,
    seen: pair.inSeq,
    base: agreedHash(pair, basedSlots(said)),
    ...said,
  });
  session.tell('sent', issue.key);
  const open = { seq: session.nextSeq, ...said, ...saidUnder(session) };
  return { ...pair, open, lastSent: session.ports.clock.now() };
}

/** Only those that differ from the time of the issue, so that an ordinary edit carries none. */
function timesOf(values: SlotValues, history: SlotChanges, at: number): Record<string, number> | undefined {
  const times: Record<string, number> = {};
  for (const slot of Object.keys(values)) {
    const changed = history[slot]?.at;
    if (changed !== undefined && changed !== at) times[slot] = changed;
  }
  return Object.keys(times).length === 0 ? undefined : times;
}

function reachable(pair: Pair): Pair {
  return pair.state === 'unreachable' ? { ...pair, state: 'twinned' } : pair;
}

async function markUnreachable(session: Session, agreement: Agreement, pair: Pair): Promise<void> {
  const after: Pair = { ...pair, state: 'unreachable' };
  putPair(session, after);
  const agreed = findMapping(agreement, pair.mapping);
  await stagePairProblems(session, { pair: after, agreed, now: session.ports.clock.now() });
  await recordActivityOnce(session.ports, session.id, `unreachable-${pair.pair}`, {
    level: 'warning',
    text: `${pair.local?.key ?? 'An issue'} cannot be read any more. Its twin stays as it is.`,
    ...(pair.local === undefined ? {} : { issueKey: pair.local.key }),
  });
}

async function noteHeldBack(session: Session, issue: IssueRead): Promise<void> {
  await recordActivityOnce(session.ports, session.id, `heldback-${issue.id}`, {
    level: 'warning',
    text: `Changes of ${issue.key} are not sent: it is outside the scope or the agreement, or it is restricted.`,
    issueKey: issue.key,
  });
}
