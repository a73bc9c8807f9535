/** Applies the partner's new issue: makes our copy, sets what a create request cannot set, and tells where it is. */
import type { WritePlan } from '#core/mapping/plan-write';
import type { Held, Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';
import type { DataOperation } from '#core/protocol/operations';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import { makeMany } from '../backfill/make-many';
import { forgottenBase, recollect } from '../epoch/recollect';
import { noteLinks } from '../links/link-row';
import { issueAddress } from '../pairs/address';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { noteUnsaid } from '../pairs/note-unsaid';
import { done, type Outcome } from '../pairs/outcome';
import { putIndex, putPair, readPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import { noteParentCame, noteParentWaits } from '../pairs/wait-for-parent';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { noteMade } from '../undo/note-applied';
import { applyValues } from './apply-values';
import { ensureIssue } from './ensure-issue';
import { hasOwnValues } from './has-own-values';
import { keepBetween } from './keep-between';
import { offeredPair, planCopy } from './plan-copy';
import { type Copy, seeCopy } from './see-copy';
import { writeSlots } from './write-slots';

type IssueCreate = Extract<DataOperation, { op: 'issue.create' }>;

export async function applyCreate(
  session: Session,
  agreement: Agreement,
  operation: IssueCreate,
  seq: number,
): Promise<Outcome> {
  const stored = await readPair(session, operation.pair);
  const adopted = await recollect(session, agreement, operation, stored);
  if (adopted?.kind === 'later') return adopted;
  const known = adopted?.kind === 'pair' ? adopted.pair : stored;
  if (known?.local !== undefined) {
    // Offered again although the copy is here: the partner missed the answer, and these values are its newest.
    session.say({ op: 'issue.twin', pair: known.pair, at: await issueAddress(session, known.local.key) });
    const { values, at } = operation;
    const base = adopted === undefined ? {} : { base: forgottenBase };
    return applyValues(session, agreement, { pair: known, update: { seq, values, seen: 0, at, ...base } });
  }
  const failed = await makeMany(session, agreement, operation);
  if (failed !== undefined) return failed;
  const pair = offeredPair(agreement, operation, await readPair(session, operation.pair), seq);
  return makeCopy(session, agreement, { pair, values: operation.values });
}

/** Also for another try of a copy that Jira refused before. */
export async function makeCopy(
  session: Session,
  agreement: Agreement,
  work: { pair: Pair; values: SlotValues },
): Promise<Outcome> {
  const { heldWhole: waited, ...pair } = work.pair;
  const planned = await planCopy(session, agreement, { pair, values: work.values });
  if (planned.kind === 'later') return planned;
  if (planned.kind === 'wait') return wait(session, { ...work, ...planned });
  const { agreed, typeId, values, refused, whyNot, write: plan } = planned;
  const made = await ensureIssue(session, { pair, agreed, typeId, fields: plan.fields, whyNot });
  if (made.kind === 'later') return made;
  if (made.kind === 'refused') {
    const reason = withRefusals(made.reason, plan.refused);
    return wait(session, { ...work, agreed, reason });
  }
  const local = { id: made.id, key: made.key };
  const asked = askedSlots(plan, values, made.found?.without ?? made.without ?? []);
  const copy = { pair, values, refused, local, asked, isFound: made.found !== undefined, read: made.read };
  const completed = await complete(session, agreement, agreed, copy);
  // To be written down before this run ends.
  if (completed.kind === 'later') session.memory.copies.set(pair.pair, made);
  // Links that came while it could not be made have waited for it.
  else if (waited !== undefined) noteLinks(session, made.id);
  return completed;
}

/** Reads the copy, writes what is still different (the status by transitions), and records the pair. */
async function complete(
  session: Session,
  agreement: Agreement,
  agreed: AgreedMapping,
  copy: Copy,
): Promise<Outcome> {
  const { values, local } = copy;
  const now = session.ports.clock.now();
  const seen = await seeCopy(session, agreement, agreed, copy);
  if (seen.kind === 'later') return seen;
  const { read, before, missing, isTouched } = seen;
  const { memory } = session;
  // Copies that are made by the dozen are no news to anybody.
  memory.isQuiet = memory.copies.has(copy.pair.pair);
  const written = read.ok
    ? await writeSlots(session, agreement, agreed, { issue: read.value, pair: copy.pair, values: missing })
    : { kind: 'gone' as const, reason: read.failure.message };
  memory.isQuiet = false;
  if (written.kind === 'later') return written;
  const { heldWhole: _waited, intent: _found, ...rest } = copy.pair;
  const pair: Pair = { ...rest, local, state: written.kind === 'gone' ? 'unreachable' : 'twinned' };
  const unbound = Object.keys(values).filter((slot) => !agreed.bound.has(slot));
  const concluded = concludeUpdate(
    { pair, agreed: values, write: missing, unbound, refused: copy.refused },
    written.kind === 'gone'
      ? { before, after: before, refused: {}, at: now }
      : { before, after: written.after, refused: written.refused, at: now },
  );
  const recorded =
    written.kind === 'gone'
      ? concluded.pair
      : noteUnsaid(agreement, agreed, {
          pair: concluded.pair,
          issue: written.issue,
          local: written.after,
          isFresh: !isTouched,
        });
  putPair(session, recorded);
  putIndex(session, local.id, pair.pair);
  memory.copies.delete(pair.pair);
  if (written.kind === 'written') {
    await keepBetween(session, agreed, { pair, issueKey: local.key }, written.between);
  }
  noteMade(session, concluded.pair);
  await noteParentWaits(session, agreed, concluded.pair);
  await noteParentCame(session, agreed, concluded.pair);
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  session.say({ op: 'issue.twin', pair: pair.pair, at: await issueAddress(session, local.key) });
  if (concluded.held.length > 0) {
    session.say({ op: 'issue.held', pair: pair.pair, seq: Math.max(1, pair.inSeq), slots: concluded.held });
  }
  session.tell('received', local.key);
  const speaks = written.kind === 'written' && hasOwnValues(agreement, agreed, recorded, written.after);
  if (isTouched || speaks) session.noteDirty(setDirty(session.id, local.id, 'fields', now));
  await stagePairProblems(session, { pair: concluded.pair, agreed, now });
  return done;
}

/** What an earlier request set, or left empty on purpose: not the status, nor what it had to leave out. */
function askedSlots(plan: WritePlan, values: SlotValues, without: readonly string[]): Set<string> {
  const left = new Set([
    ...Object.keys(plan.refused),
    plan.status?.slot,
    ...without.map((id) => plan.slots[id]),
  ]);
  return new Set(Object.keys(values).filter((slot) => !left.has(slot)));
}

/** The whole issue waits with its values; the partner is told why. */
async function wait(
  session: Session,
  work: { pair: Pair; values: SlotValues; agreed: AgreedMapping | undefined; reason: string },
): Promise<Outcome> {
  const { reason, agreed } = work;
  const at = session.ports.clock.now();
  const held: Record<string, Held> = {};
  for (const [slot, value] of Object.entries(work.values)) held[slot] = { side: 'here', value, reason, at };
  const { intent: _none, ...rest } = work.pair;
  const pair: Pair = { ...rest, held, heldWhole: { side: 'here', reason, at } };
  putPair(session, pair);
  if (agreed !== undefined) await noteParentWaits(session, agreed, pair);
  session.say({
    op: 'issue.held',
    pair: pair.pair,
    seq: Math.max(1, pair.inSeq),
    slots: [],
    whole: reason,
  });
  await stagePairProblems(session, { pair, agreed, now: at });
  return done;
}

/** Jira's words, after what was left out already: a sub-task without its parent is refused for that reason. */
function withRefusals(reason: string, refused: Readonly<Record<string, string>>): string {
  return [...Object.values(refused), reason].join(' ').slice(0, 2_000);
}
