/** Turns agreed values into what to write into one issue here. */
import { canonicalJson } from '#core/merge/canonical-json';
import type { FieldBinding, MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue, SlotValues } from '#core/model/value';
import { fillTemplate } from './fill-template';
import type { Here } from './here';
import { knownIn } from './read-values';
import { kinds, toLocal } from './translate';
import type { Missing } from './translation';

export interface WritePlan {
  /** For the edit or create request, by local field id. */
  fields: Record<string, unknown>;
  /** Which slot each local field stands for, to read Jira's refusals. */
  slots: Record<string, string>;
  /** To be reached by transitions. `targets`: all statuses that stand for it, the preferred one first. */
  status?: { slot: string; targets: string[] };
  /** Slots that cannot be written here, with the reason. */
  refused: Record<string, string>;
  /** Versions, components and options that have to exist first. */
  makes: { fieldId: string; kind: FieldKind; missing: Missing[] }[];
}

export interface WriteAround {
  here?: Here;
  /** Values by slot that the issue may hold by the agreement. */
  known?: readonly SlotValues[];
  /** For fields that get a text of their own; without it they are left alone. */
  fill?: { isNew: boolean; values: SlotValues; partner?: { key: string; url: string } | undefined };
}

/** `current`: the fields as they stand, by local field id; empty for a new issue. Unbound slots are left out. */
export function planWrite(
  fields: readonly ContractField[],
  binding: MappingBinding,
  values: SlotValues,
  current: Readonly<Record<string, unknown>>,
  around: WriteAround = {},
): WritePlan {
  const plan: WritePlan = { fields: {}, slots: {}, refused: {}, makes: [] };
  const bindings = new Map(binding.fields.map((field) => [field.slot, field]));
  for (const field of fields) {
    const value = values[field.id];
    const bound = bindings.get(field.id);
    if (value === undefined || bound === undefined) continue;
    if (around.fill?.isNew === true && isEdited(field, bound)) continue;
    const { fieldId } = bound;
    const known = knownIn(around.known, field.id);
    const translated = toLocal(field, bound, value, { ...around, known, current: current[fieldId] });
    if (!translated.ok) refuse(plan, field, bound, { ...translated, isNew: around.fill?.isNew === true });
    else if (isMoved(field, bound)) addStatus(plan, field.id, bound, value);
    else addField(plan, field, bound, translated);
  }
  addFills(plan, fields, binding, current, around);
  return plan;
}

/** A new issue shows what can be shown until the value itself can be written. */
function refuse(
  plan: WritePlan,
  { id }: ContractField,
  { fieldId }: FieldBinding,
  { reason, meanwhile, isNew }: { reason: string; meanwhile?: unknown; isNew: boolean },
): void {
  plan.refused[id] = reason;
  if (isNew && meanwhile !== undefined && meanwhile !== null) plan.fields[fieldId] = meanwhile;
}

function isMoved(field: ContractField, bound: FieldBinding): boolean {
  return bound.as === undefined && kinds[field.kind].writes === 'transition';
}

/** A new issue gets these once it is there. */
function isEdited(field: ContractField, bound: FieldBinding): boolean {
  return bound.as === undefined && kinds[field.kind].writes === 'edit';
}

function addStatus(plan: WritePlan, slot: string, bound: FieldBinding, value: FieldValue): void {
  const listed = bound.values?.find((one) => value.t === 'option' && one.value === value.v)?.locals;
  const targets = listed ?? (bound.otherwise === undefined ? undefined : [bound.otherwise]);
  if (targets === undefined || value.v === null) {
    plan.refused[slot] = 'An issue cannot be without a status.';
  } else plan.status = { slot, targets };
}

function addField(
  plan: WritePlan,
  { id, kind }: ContractField,
  { fieldId }: FieldBinding,
  { raw, makes = [] }: { raw: unknown; makes?: Missing[] },
): void {
  plan.fields[fieldId] = raw;
  plan.slots[fieldId] = id;
  if (makes.length > 0) plan.makes.push({ fieldId, kind, missing: makes });
}

/** Never over a field of the agreement, and only where the text changes. */
function addFills(
  plan: WritePlan,
  fields: readonly ContractField[],
  binding: MappingBinding,
  current: Readonly<Record<string, unknown>>,
  { fill, here }: WriteAround,
): void {
  if (fill === undefined) return;
  const taken = new Set(binding.fields.map(({ fieldId }) => fieldId));
  for (const { fieldId, kind, text, when } of binding.fills ?? []) {
    if (taken.has(fieldId) || (when === 'create' && !fill.isNew)) continue;
    const raw = kinds[kind].fromText(fillTemplate(text, { ...fill, fields, here }));
    if (raw !== undefined && canonicalJson(raw) !== canonicalJson(current[fieldId]))
      plan.fields[fieldId] = raw;
  }
}
