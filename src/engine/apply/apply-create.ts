/** Applies the partner's new issue: makes our copy, sets what a create request cannot set, and tells where it is. */
import { planWrite, type WritePlan } from '#core/mapping/plan-write';
import { readValues } from '#core/mapping/read-values';
import { emptyLike, equalValues } from '#core/merge/equal-values';
import type { Held, Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import type { DataOperation } from '#core/protocol/operations';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import { issueAddress } from '../pairs/address';
import { type AgreedMapping, type Agreement, findMapping, partnerMaySend } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { putIndex, putPair, readPair } from '../pairs/pairs';
import { stagePairProblems } from '../pairs/problems';
import { noteParentCame, noteParentWaits } from '../pairs/wait-for-parent';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { applyValues } from './apply-values';
import { ensureIssue } from './ensure-issue';
import { makeChoices } from './make-choices';
import { writeSlots } from './write-slots';

type IssueCreate = Extract<DataOperation, { op: 'issue.create' }>;

export async function applyCreate(
  session: Session,
  agreement: Agreement,
  operation: IssueCreate,
  seq: number,
): Promise<Outcome> {
  const known = await readPair(session, operation.pair);
  if (known?.local !== undefined) {
    // Offered again although the copy is here: the partner missed the answer, and these values are its newest.
    session.say({ op: 'issue.twin', pair: known.pair, at: await issueAddress(session, known.local.key) });
    const { values, at } = operation;
    return applyValues(session, agreement, { pair: known, update: { seq, values, seen: 0, at } });
  }
  const pair: Pair = {
    ...known,
    pair: operation.pair,
    mapping: operation.mapping,
    type: operation.type,
    origin: otherRole(agreement.role),
    state: 'creating',
    base: {},
    held: {},
    inSeq: seq,
    ...(operation.from === undefined ? {} : { partner: operation.from }),
  };
  return makeCopy(session, agreement, { pair, values: operation.values });
}

/** Also for another try of a copy that Jira refused before. */
export async function makeCopy(
  session: Session,
  agreement: Agreement,
  work: { pair: Pair; values: SlotValues },
): Promise<Outcome> {
  const { heldWhole: _waited, ...pair } = work.pair;
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) {
    return wait(session, { ...work, agreed, reason: 'This mapping is not enabled and bound here.' });
  }
  if (!partnerMaySend(agreement, agreed.mapping.creates)) {
    return wait(session, {
      ...work,
      agreed,
      reason: 'The agreement does not let the partner create issues here.',
    });
  }
  const typeId = agreed.binding.types.find((type) => type.slot === pair.type)?.typeId;
  if (typeId === undefined) {
    return wait(session, { ...work, agreed, reason: 'Nothing here stands for the type of this issue.' });
  }
  const { values, refused } = splitAllowed(agreement, agreed, work.values);
  // Jira has its own idea of what is empty in a new issue; what it fills in is compared afterwards.
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeWriting(values);
  if (failed !== undefined) return failed;
  const fill = { isNew: true, values, partner: pair.partner };
  const { here } = around;
  const plan = planWrite(agreed.mapping.fields, agreed.binding, withoutEmpty(values), {}, { here, fill });
  const unmade = await makeChoices(session, agreed, typeId, plan);
  if (unmade !== undefined) return unmade;
  const made = await ensureIssue(session, { pair, agreed, typeId, fields: plan.fields });
  if (made.kind === 'later') return made;
  if (made.kind === 'refused') {
    const reason = withRefusals(made.reason, plan.refused);
    return wait(session, { ...work, agreed, reason });
  }
  const local = { id: made.id, key: made.key };
  const asked = made.found === undefined ? new Set<string>() : askedSlots(plan, values, made.found.without);
  return complete(session, agreement, agreed, { pair, values, refused, local, asked });
}

interface Copy {
  pair: Pair;
  values: SlotValues;
  refused: { slot: string; reason: string }[];
  local: { id: string; key: string };
  /** Slots that an earlier request set, or left empty: where they differ now, somebody here has edited them. */
  asked: ReadonlySet<string>;
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
  const read = await session.ports.site.readIssue(local.id, agreed.fieldIds);
  if (!read.ok && isPassing(read.failure)) return later(read.failure);
  const around = lookAround(session, agreement, agreed);
  const failed = read.ok ? await around.beforeReading(read.value, [values]) : undefined;
  if (failed !== undefined) return failed;
  const { here } = around;
  const before = read.ok
    ? readValues(agreed.mapping.fields, agreed.binding, read.value.fields, { here, known: [values] }).values
    : {};
  const missing = missingIn(before, copy, agreed.bound);
  const written = read.ok
    ? await writeSlots(session, agreement, agreed, { issue: read.value, pair: copy.pair, values: missing })
    : { kind: 'gone' as const, reason: read.failure.message };
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
  putPair(session, concluded.pair);
  putIndex(session, local.id, pair.pair);
  await noteParentWaits(session, agreed, concluded.pair);
  await noteParentCame(session, agreed, concluded.pair);
  session.change((stream) => ({ ...stream, counts: { ...stream.counts, pairs: stream.counts.pairs + 1 } }));
  session.say({ op: 'issue.twin', pair: pair.pair, at: await issueAddress(session, local.key) });
  if (concluded.held.length > 0) {
    session.say({ op: 'issue.held', pair: pair.pair, seq: Math.max(1, pair.inSeq), slots: concluded.held });
  }
  session.tell('received', local.key);
  if (copy.asked.size > 0) session.noteDirty(setDirty(session.id, local.id, 'fields', now));
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

function missingIn(before: SlotValues, copy: Copy, bound: ReadonlySet<string>): SlotValues {
  const missing: SlotValues = {};
  for (const [slot, value] of Object.entries(copy.values)) {
    const present = before[slot];
    if (!bound.has(slot) || equalValues(present, value)) continue;
    if (!copy.asked.has(slot) || present === undefined) missing[slot] = value;
  }
  return missing;
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

function splitAllowed(
  agreement: Agreement,
  agreed: AgreedMapping,
  values: SlotValues,
): { values: SlotValues; refused: { slot: string; reason: string }[] } {
  const allowed: SlotValues = {};
  const refused: { slot: string; reason: string }[] = [];
  for (const [slot, value] of Object.entries(values)) {
    const field = agreed.mapping.fields.find((one) => one.id === slot);
    if (field === undefined) refused.push({ slot, reason: 'This field is not part of the agreement.' });
    else if (!partnerMaySend(agreement, field.direction)) {
      refused.push({ slot, reason: `The agreement does not let the partner change ${field.label}.` });
    } else allowed[slot] = value;
  }
  return { values: allowed, refused };
}

function withoutEmpty(values: SlotValues): SlotValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: FieldValue): boolean {
  return equalValues(value, emptyLike(value));
}
