/** Shows one message of the history: issue by issue, field by field, with the values as far as anybody still knows them. */
import type { AuditBatch, ListedOperation } from '#core/audit/entry';
import { nobodyHere } from '#core/mapping/here';
import { showValue } from '#core/mapping/show-value';
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import type { AppliedChange } from '../undo/rows';
import type { ShownChange } from './act-words';
import { type Facts, mostIssues } from './gather-facts';
import { issueWords, synchronizationWords } from './operation-words';

/** Characters of a value; the issue itself shows the rest. */
const longestText = 500;

export interface ShownIssue {
  key: string;
  changes: ShownChange[];
}

export interface ShownMessage {
  seq: number;
  text?: string;
  issues: ShownIssue[];
  /** Issues that are not named. */
  more: number;
  undo?: { undone?: number };
}

/** Hash of the value that a field of a pair got last, as far as the page was read; from the oldest message on. */
export type LastSaid = Map<string, string>;

/** Undefined: nothing that a person would look for. */
export function showMessage(
  facts: Facts,
  batch: AuditBatch,
  way: { isSent: boolean; last: LastSaid },
): ShownMessage | undefined {
  const applied = way.isSent ? [] : (facts.applied.get(batch.seq) ?? []);
  const changes = applied.flatMap((row) => row.changes);
  const byPair = new Map<string, ShownChange[]>();
  for (const operation of batch.ops) {
    const { pair } = operation;
    if (pair === undefined) continue;
    const written = changes.find((one) => one.pair === pair && one.slots !== undefined);
    const shown = showOperation(facts, operation, { ...way, written });
    if (shown.length > 0) byPair.set(pair, merge(byPair.get(pair) ?? [], shown));
  }
  const text = batch.ops.flatMap(({ op }) => synchronizationWords(op) ?? []).join(' ');
  if (byPair.size === 0 && text === '') return undefined;
  const issues = [...byPair].slice(0, mostIssues).map(([pair, shown]) => {
    const local = facts.pairs.get(pair)?.local?.key ?? changes.find((one) => one.pair === pair)?.key;
    return { key: local ?? facts.pairs.get(pair)?.partner?.key ?? '', changes: shown };
  });
  const undone = applied.find((row) => row.undone !== undefined)?.undone;
  return {
    seq: batch.seq,
    ...(text === '' ? {} : { text }),
    issues,
    more: Math.max(0, byPair.size - issues.length) + (batch.more ?? 0),
    ...(applied.length === 0 ? {} : { undo: undone === undefined ? {} : { undone } }),
  };
}

interface Way {
  isSent: boolean;
  last: LastSaid;
  written: AppliedChange | undefined;
}

function showOperation(
  facts: Facts,
  { op, pair = '', slots = {} }: ListedOperation,
  way: Way,
): ShownChange[] {
  const word = issueWords(op);
  const shown: ShownChange[] = word === undefined ? [] : [{ what: word }];
  for (const [slot, hash] of Object.entries(slots)) {
    const place = `${pair} ${slot}`;
    const field = fieldOf(facts, pair, slot);
    const last = way.last.get(place);
    const written = way.written?.slots?.[slot];
    // What we sent stood here before it; what came in may not have been written.
    const was = way.isSent ? (last === undefined ? undefined : facts.values.get(last)) : written?.was;
    way.last.set(place, hash);
    const is = said('is', facts.values.get(hash), field);
    // A new issue had nothing before; its empty fields are no news.
    if (op === 'issue.create' && is.is === '') continue;
    const before = op === 'issue.create' ? { was: '' } : said('was', was, field);
    shown.push({ what: field?.label ?? 'A field', ...before, ...is });
  }
  return shown;
}

function said(
  name: 'was' | 'is',
  value: FieldValue | undefined,
  field: ContractField | undefined,
): Pick<ShownChange, 'was' | 'is'> {
  if (value === undefined || field === undefined) return {};
  return { [name]: showValue(value, field, nobodyHere).slice(0, longestText) };
}

/** Also of a mapping that is switched off by now, as long as it is agreed. */
function fieldOf({ agreement, pairs }: Facts, pair: string, slot: string): ContractField | undefined {
  const mapping = pairs.get(pair)?.mapping;
  const agreed = agreement.mappings.filter((one) => mapping === undefined || one.mapping.id === mapping);
  return agreed.flatMap((one) => one.mapping.fields).find(({ id }) => id === slot);
}

/** Several comments of one issue are one line. */
function merge(before: readonly ShownChange[], more: readonly ShownChange[]): ShownChange[] {
  const isBare = ({ was, is }: ShownChange): boolean => was === undefined && is === undefined;
  const known = new Set(before.filter(isBare).map(({ what }) => what));
  return [...before, ...more.filter((one) => !isBare(one) || !known.has(one.what))];
}
