/** Writes agreed values into one issue: what Jira refuses is taken out and named, the rest is written and read back. */

import { explainRefusal } from '#core/mapping/explain-refusal';
import { planWrite, type WriteAround, type WritePlan } from '#core/mapping/plan-write';
import { presentFields } from '#core/mapping/present-fields';
import { readValues } from '#core/mapping/read-values';
import { editsBetween } from '#core/mapping/slot-history';
import type { Pair } from '#core/model/pair';
import type { FieldValue, SlotValues } from '#core/model/value';
import { withStep } from '#core/reconcile/half-way';
import { knownValues } from '#core/reconcile/known-values';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import type { Later } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { IssueRead, LocalFields } from '../ports/site';
import type { Session } from '../stream/session';
import { makeChoices } from './make-choices';
import { moveStatus, type StatusMove } from './move-status';
import { writeRest } from './write-fields';

export type Written =
  /**
   * `after`: the issue as read back, in contract vocabulary, and `issue` as it came. `refused`: by slot, for an admin.
   * `between`: what people wrote between our reading and our writing of the same fields; it is gone from the issue.
   */
  | {
      kind: 'written';
      after: SlotValues;
      issue: IssueRead;
      refused: Record<string, string>;
      between: Between[];
    }
  | { kind: 'gone'; reason: string }
  /** `wrote`: the issue as read back, where its fields were written before Jira wanted a pause. */
  | (Later & { wrote?: SlotValues });

/** `value`: undefined where the history does not hold it; `text` is what people saw. */
export interface Between {
  slot: string;
  at: number;
  who: string;
  value: FieldValue | undefined;
  text: string;
}

/** Those which the history tells as values. */
export function readable(between: readonly Between[]): SlotValues {
  const values: SlotValues = {};
  for (const { slot, value } of between) if (value !== undefined) values[slot] = value;
  return values;
}

/** `issue`: as just read. */
export interface SlotsWork {
  issue: IssueRead;
  pair: Pair;
  values: SlotValues;
}

/** Takes the lease before it changes anything. Writes nothing when there is nothing to write. */
export async function writeSlots(
  session: Session,
  agreement: Agreement,
  agreed: AgreedMapping,
  { issue, pair, values }: SlotsWork,
): Promise<Written> {
  const { mapping, binding } = agreed;
  const around = lookAround(session, agreement, agreed);
  // What is about to be written is what the issue most likely holds afterwards.
  const known = [values, ...knownValues(pair)];
  const failed = (await around.beforeReading(issue, known)) ?? (await around.beforeWriting(values, issue));
  if (failed !== undefined) return failed;
  const { here } = around;
  const read = (fields: LocalFields): SlotValues =>
    readValues(mapping.fields, binding, fields, { here, known }).values;
  const plan = planWrite(mapping.fields, binding, values, issue.fields, {
    here,
    known,
    ...fillOf(pair, values),
  });
  const unmade = await makeChoices(session, agreed, plan);
  if (unmade !== undefined) return unmade;
  if (plan.status !== undefined || Object.keys(plan.fields).length > 0) {
    await session.hold();
    session.memory.unrecorded.add(pair.pair);
  }

  const carried = await carryPlan(session, agreed, { issue, pair, plan });
  if (carried.kind === 'paused') return { ...carried.later, wrote: read(carried.issue.fields) };
  if (carried.kind !== 'carried') return carried;
  const refused: Record<string, string> = { ...plan.refused };
  for (const [fieldId, reason] of Object.entries(carried.refused)) {
    const slot = plan.slots[fieldId] ?? fieldId;
    refused[slot] = explainRefusal(mapping.fields, { slot, value: values[slot], here }, reason);
  }
  const after = noteMove(agreed, plan, carried, read((carried.issue ?? issue).fields), refused);
  const between = betweenOf(agreed, plan, { before: issue, after: carried.issue }, read);
  return { kind: 'written', after, issue: carried.issue ?? issue, refused, between };
}

/** A write's own answer, made after the transitions, shows the status as well; else it is put in. */
function noteMove(
  agreed: AgreedMapping,
  { status }: WritePlan,
  { moved }: Extract<Carried, { kind: 'carried' }>,
  after: SlotValues,
  refused: Record<string, string>,
): SlotValues {
  if (status === undefined || moved === undefined) return after;
  if (moved.kind === 'refused') refused[status.slot] = moved.reason;
  return moved.statusId === undefined ? after : withStatus(after, agreed, status.slot, moved.statusId);
}

type Carried =
  | {
      kind: 'carried';
      /** As read back, where fields were written. */
      issue: IssueRead | undefined;
      /** By local field id. */
      refused: Record<string, string>;
      /** `statusId`: only where `issue` does not show it. */
      moved:
        | { kind: 'arrived'; statusId: string | undefined }
        | { kind: 'refused'; reason: string; statusId: string | undefined }
        | undefined;
    }
  | { kind: 'paused'; later: Later; issue: IssueRead }
  | Exclude<Written, { kind: 'written' }>;

/** The status, the fields, and the status once more where these may be what the workflow had demanded. */
async function carryPlan(
  session: Session,
  agreed: AgreedMapping,
  { issue, pair, plan }: { issue: IssueRead; pair: Pair; plan: WritePlan },
): Promise<Carried> {
  const { status } = plan;
  const move =
    status === undefined
      ? undefined
      : {
          ...moveOf(agreed, issue, status, plan.fields),
          onTheWay: (to: string) => noteStep(session, agreed, { pair, slot: status.slot, issue, to }),
        };
  const first = move === undefined ? undefined : await moveStatus(session.ports, move);
  if (first?.kind === 'later') return first;
  const carried = first?.kind === 'arrived' ? (first.carried ?? []) : [];
  const rest = { fields: plan.fields, carried };
  const written = await writeRest(session, issue.id, rest, agreed.fieldIds);
  if (written.kind !== 'written') return written;
  const result = { kind: 'carried' as const, issue: written.issue, refused: written.refused };
  if (move === undefined || first === undefined || written.issue === undefined) {
    return { ...result, moved: first };
  }
  if (first.kind === 'arrived') return { ...result, moved: { ...first, statusId: undefined } };
  const again = await moveStatus(session.ports, { ...move, current: first.statusId });
  return again.kind === 'later'
    ? { kind: 'paused', later: again, issue: written.issue }
    : { ...result, moved: again };
}

/** Durable before the step: a worker that stops after it leaves an issue that nobody has edited. */
async function noteStep(
  session: Session,
  agreed: AgreedMapping,
  { pair, slot, issue, to }: { pair: Pair; slot: string; issue: IssueRead; to: string },
): Promise<void> {
  const stored = await readPair(session, pair.pair);
  if (stored === undefined) return;
  const began = contractStatus(agreed, slot, issue.statusId);
  const from = began === undefined ? {} : { from: { t: 'option' as const, v: began } };
  putPair(session, withStep(stored, { slot, ...from }, to));
  await session.commit();
}

function betweenOf(
  { mapping, binding }: AgreedMapping,
  plan: WritePlan,
  { before, after }: { before: IssueRead; after: IssueRead | undefined },
  read: (fields: LocalFields) => SlotValues,
): Between[] {
  const edits = editsBetween({
    fields: mapping.fields,
    binding,
    before: before.history,
    after: after?.history,
    written: Object.keys(plan.fields),
    isMoved: plan.status !== undefined,
  });
  return edits.map(({ raw, ...edit }) => {
    const fieldId = binding.fields.find(({ slot }) => slot === edit.slot)?.fieldId ?? '';
    return { ...edit, value: raw === undefined ? undefined : read({ [fieldId]: raw })[edit.slot] };
  });
}

function moveOf(
  agreed: AgreedMapping,
  issue: IssueRead,
  { slot, targets }: { slot: string; targets: string[] },
  fields: LocalFields,
): StatusMove {
  return {
    issueId: issue.id,
    workflow: { projectId: issue.projectId, typeId: issue.typeId },
    current: issue.statusId,
    targets,
    supply: { ...presentFields(issue.fields), ...fields },
    along: resolutionIn(fields),
    nameOf: statusName(agreed, slot),
  };
}

/** Outside of transitions most screens do not show it; an issue without one is never closed with it. */
function resolutionIn({ resolution }: LocalFields): LocalFields {
  return resolution === undefined || resolution === null ? {} : { resolution };
}

/** Nothing is filled in where nothing is written. */
function fillOf(pair: Pair, values: SlotValues): Pick<WriteAround, 'fill'> {
  if (Object.keys(values).length === 0) return {};
  return { fill: { isNew: false, values: { ...pair.base, ...values }, partner: pair.partner } };
}

function withStatus(values: SlotValues, agreed: AgreedMapping, slot: string, statusId: string): SlotValues {
  const value = contractStatus(agreed, slot, statusId);
  if (value !== undefined) return { ...values, [slot]: { t: 'option', v: value } };
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== slot));
}

/** The contract's label of a local status; what the contract does not name keeps its id. */
function statusName(agreed: AgreedMapping, slot: string): (statusId: string) => string {
  const field = agreed.mapping.fields.find((one) => one.id === slot);
  return (statusId) => {
    const value = contractStatus(agreed, slot, statusId);
    return field?.values?.find((one) => one.id === value)?.label ?? statusId;
  };
}

function contractStatus(agreed: AgreedMapping, slot: string, statusId: string): string | undefined {
  const bound = agreed.binding.fields.find((field) => field.slot === slot);
  return bound?.values?.find(({ locals }) => locals.includes(statusId))?.value;
}
