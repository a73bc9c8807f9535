/** Reads an issue's history in the words of the agreement: when slots were changed, and what a write of ours met. */
import type { FieldBinding, MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { ChangedField, HistoryEntry } from '#core/model/history';
import type { FieldValue } from '#core/model/value';
import { type Around, kinds, toContract } from './translate';

/** By slot: the latest change that the history shows. A slot that is absent was not changed within it. */
export function slotChanges(
  binding: MappingBinding,
  history: readonly HistoryEntry[] | undefined,
): Record<string, { at: number; who: string }> {
  const latest = latestEntries(history);
  const changes: Record<string, { at: number; who: string }> = {};
  for (const { slot, fieldId } of binding.fields) {
    const entry = latest.get(fieldId);
    if (entry !== undefined) changes[slot] = { at: entry.at, who: entry.who };
  }
  return changes;
}

/** Slots whose latest change is known to be a person's. */
export function changedByPeople(
  binding: MappingBinding,
  history: readonly HistoryEntry[] | undefined,
): ReadonlySet<string> {
  const latest = latestEntries(history);
  const theirs = binding.fields.filter(({ fieldId }) => latest.get(fieldId)?.isByPerson === true);
  return new Set(theirs.map(({ slot }) => slot));
}

/** By field. */
function latestEntries(history: readonly HistoryEntry[] | undefined): Map<string, HistoryEntry> {
  const latest = new Map<string, HistoryEntry>();
  for (const entry of history ?? []) {
    for (const { fieldId } of entry.fields) {
      const known = latest.get(fieldId);
      if (known === undefined || known.id < entry.id) latest.set(fieldId, entry);
    }
  }
  return latest;
}

/** By slot: what our issue held there before, the latest first, as far back as the history can be read. */
export type PastValues = (slot: string) => FieldValue[];

export function pastValues(
  fields: readonly ContractField[],
  binding: MappingBinding,
  history: readonly HistoryEntry[] | undefined,
  around: Around,
): PastValues {
  return (slot) => {
    const field = fields.find(({ id }) => id === slot);
    const bound = binding.fields.find((one) => one.slot === slot);
    const values: FieldValue[] = [];
    if (field === undefined || bound === undefined) return values;
    const entries = [...(history ?? [])].sort((one, other) => other.id - one.id);
    for (const item of entries.flatMap((entry) => entry.fields)) {
      if (item.fieldId !== bound.fieldId) continue;
      const raw = rawBefore(field, bound, item);
      const said = raw === undefined ? undefined : toContract(field, bound, raw, around);
      if (said?.ok !== true) return values;
      values.push(said.value);
    }
    return values;
  };
}

/** An edit that came between our reading of an issue and our writing of it, so that nobody saw it. */
export interface EditBetween {
  slot: string;
  at: number;
  who: string;
  /** The value as Jira REST gives it; undefined where the history does not hold enough of it. */
  raw: unknown;
  /** What people saw. */
  text: string;
}

export interface WriteTrace {
  fields: readonly ContractField[];
  binding: MappingBinding;
  /** Of the issue as read before the write and as the write answered; newest entries only. */
  before: readonly HistoryEntry[] | undefined;
  after: readonly HistoryEntry[] | undefined;
  /** Local fields that the write set. */
  written: readonly string[];
  /** True when it began with transitions: what these changed by themselves is nobody's edit. */
  isMoved: boolean;
}

/**
 * Every change of a field is an entry, ours too: of two or more new ones for a field that we wrote, all but the latest came
 * from others, and what the latest replaced is what we did not see. Without both histories nothing is claimed.
 */
export function editsBetween({
  fields,
  binding,
  before,
  after,
  written,
  isMoved,
}: WriteTrace): EditBetween[] {
  if (before === undefined || after === undefined) return [];
  const known = Math.max(0, ...before.map(({ id }) => id));
  const fresh = after
    .filter((entry) => entry.id > known && !(isMoved && changes(entry, 'status')))
    .sort((one, other) => one.id - other.id);
  const edits: EditBetween[] = [];
  for (const bound of binding.fields) {
    if (!written.includes(bound.fieldId)) continue;
    const field = fields.find(({ id }) => id === bound.slot);
    const entries = fresh.filter((entry) => changes(entry, bound.fieldId));
    const [theirs, ours] = entries.slice(-2);
    const item = ours?.fields.find(({ fieldId }) => fieldId === bound.fieldId);
    if (field === undefined || theirs === undefined || item === undefined) continue;
    const { at, who } = theirs;
    edits.push({ slot: bound.slot, at, who, raw: rawBefore(field, bound, item), text: item.fromText ?? '' });
  }
  return edits;
}

function changes(entry: HistoryEntry, fieldId: string): boolean {
  return entry.fields.some((one) => one.fieldId === fieldId);
}

/** Empty in Jira, the history says null or the empty text. */
const isEmpty = (text: string | null): boolean => text === null || text === '';

/** Options of a multi-select are told as `[10100, 10101]`. */
function idsIn(from: string | null): { id: string }[] | undefined {
  const list = /^\[([\d, ]*)\]$/.exec(from ?? '')?.[1];
  return list?.split(',').flatMap((id) => (id.trim() === '' ? [] : [{ id: id.trim() }]));
}

/**
 * Other lists of ids are told element by element and are not put together: undefined. Rich text comes as plain text, which is close
 * enough to be found again.
 */
function rawBefore(field: ContractField, bound: FieldBinding, { from, fromText }: ChangedField): unknown {
  const kind = bound.as ?? field.kind;
  const text = fromText ?? '';
  switch (kind) {
    case 'summary':
    case 'labels':
      return kinds[kind].fromText(text);
    case 'text':
    case 'url':
    case 'number':
    case 'richText':
      return isEmpty(text) ? null : kinds[kind].fromText(text);
    case 'date':
      return isEmpty(from) && isEmpty(text) ? null : kinds.date.fromText((from ?? text).slice(0, 10));
    case 'priority':
    case 'select':
    case 'status':
    case 'resolution':
      return isEmpty(from) ? null : { id: from };
    case 'multiSelect':
      return isEmpty(from) ? [] : idsIn(from);
    case 'user':
      return isEmpty(from) ? null : { accountId: from, displayName: text };
    default:
      return undefined;
  }
}
