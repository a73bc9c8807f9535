/** Plans the copy of a partner's issue: where it goes, what it says, and what must not be taken over. Changes no issue. */
import { planWrite, type WritePlan } from '#core/mapping/plan-write';
import { emptyLike, equalValues } from '#core/merge/equal-values';
import type { Pair } from '#core/model/pair';
import { otherRole } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import type { DataOperation } from '#core/protocol/operations';
import { type AgreedMapping, type Agreement, findMapping, partnerMaySend } from '../pairs/agreement';
import { lookAround } from '../pairs/look-around';
import type { Later } from '../pairs/outcome';
import type { Session } from '../stream/session';
import { makeChoices } from './make-choices';

export interface CopyPlan {
  kind: 'plan';
  agreed: AgreedMapping;
  typeId: string;
  /** What the partner may say. */
  values: SlotValues;
  refused: { slot: string; reason: string }[];
  write: WritePlan;
  /** It may be there already, and is to be found; why it must not be made now. */
  whyNot?: string;
}

/** `wait`: it cannot be made as things are; `reason` is for admins. */
export type PlannedCopy =
  | CopyPlan
  | { kind: 'wait'; agreed: AgreedMapping | undefined; reason: string }
  | Later;

/** The pair of an issue that the partner offers, before its copy exists. */
export function offeredPair(
  agreement: Agreement,
  operation: Extract<DataOperation, { op: 'issue.create' }>,
  known: Pair | undefined,
  seq: number,
): Pair {
  return {
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
}

export async function planCopy(
  session: Session,
  agreement: Agreement,
  work: { pair: Pair; values: SlotValues },
): Promise<PlannedCopy> {
  const { pair } = work;
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) {
    return { kind: 'wait', agreed, reason: 'This mapping is not enabled and bound here.' };
  }
  const whyNot = partnerMaySend(agreement, agreed.mapping.creates)
    ? undefined
    : 'The agreement does not let the partner create issues here.';
  if (whyNot !== undefined && pair.intent === undefined) return { kind: 'wait', agreed, reason: whyNot };
  const typeId = agreed.binding.types.find((type) => type.slot === pair.type)?.typeId;
  if (typeId === undefined) {
    return { kind: 'wait', agreed, reason: 'Nothing here stands for the type of this issue.' };
  }
  const { values, refused } = splitAllowed(agreement, agreed, work.values);
  const around = lookAround(session, agreement, agreed);
  const failed = await around.beforeWriting(values);
  if (failed !== undefined) return failed;
  const { here } = around;
  const fill = { isNew: true, values, partner: pair.partner };
  // Jira has its own idea of what is empty in a new issue; what it fills in is compared afterwards.
  const write = planWrite(agreed.mapping.fields, agreed.binding, withoutEmpty(values), {}, { here, fill });
  const unmade = await makeChoices(session, agreed, write);
  const plan = { kind: 'plan' as const, agreed, typeId, values, refused, write };
  return unmade ?? (whyNot === undefined ? plan : { ...plan, whyNot });
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
