/** Gathers what a page of the history can be told with: issues, values from before, and values whose hash the log has. */
import { hashOfValue } from '#core/audit/chain';
import type { AuditBatch } from '#core/audit/entry';
import { type Pair, pairSchema } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import type { Agreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { readApplied } from '../undo/read-applied';
import type { Applied } from '../undo/rows';

/** Issues that are named of one message. */
export const mostIssues = 50;
/** Rows read at once. */
const width = 20;
/** Messages with so few between them are read with one listing. */
const nearMessages = 20;

export interface Facts {
  agreement: Agreement;
  pairs: ReadonlyMap<string, Pair>;
  /** What messages of the partner changed here, by their number. */
  applied: ReadonlyMap<number, Applied[]>;
  /** By the hash that the log keeps. */
  values: ReadonlyMap<string, FieldValue>;
}

export async function gatherFacts(
  ports: Ports,
  agreement: Agreement,
  batches: { out: readonly AuditBatch[]; in: readonly AuditBatch[] },
): Promise<Facts> {
  const { id } = agreement.connection;
  const [pairs, applied] = await Promise.all([
    readPairs(ports, id, namedPairs([...batches.out, ...batches.in])),
    readAllApplied(
      ports,
      id,
      batches.in.map(({ seq }) => seq),
    ),
  ]);
  const values = new Map<string, FieldValue>();
  const keep = (value: FieldValue | undefined): void => {
    if (value !== undefined) values.set(hashOfValue(value), value);
  };
  for (const { base, open, held } of pairs.values()) {
    for (const value of [...Object.values(base), ...Object.values(open?.values ?? {})]) keep(value);
    for (const { value } of Object.values(held)) keep(value);
  }
  for (const { changes } of [...applied.values()].flat()) {
    for (const { was } of changes.flatMap(({ slots = {} }) => Object.values(slots))) keep(was);
  }
  return { agreement, pairs, applied, values };
}

function namedPairs(batches: readonly AuditBatch[]): string[] {
  const named = batches.flatMap(({ ops }) => {
    const pairs = new Set(ops.flatMap(({ pair }) => (pair === undefined ? [] : [pair])));
    return [...pairs].slice(0, mostIssues);
  });
  return [...new Set(named)];
}

async function readPairs(ports: Ports, id: string, pairs: readonly string[]): Promise<Map<string, Pair>> {
  const found = new Map<string, Pair>();
  for (let start = 0; start < pairs.length; start += width) {
    const part = pairs.slice(start, start + width);
    const rows = await Promise.all(part.map((pair) => ports.store.get('pair', rowKeys.pair(id, pair))));
    for (const row of rows) {
      if (row === undefined) continue;
      const pair = pairSchema.parse(row.body);
      found.set(pair.pair, pair);
    }
  }
  return found;
}

async function readAllApplied(
  ports: Ports,
  id: string,
  numbers: readonly number[],
): Promise<Map<number, Applied[]>> {
  const found = new Map<number, Applied[]>();
  for (const { first, last } of runsOf(numbers)) {
    for (const { applied } of await readApplied(ports, id, first, last)) {
      found.set(applied.seq, [...(found.get(applied.seq) ?? []), applied]);
    }
  }
  return found;
}

function runsOf(numbers: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...new Set(numbers)].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run !== undefined && number - run.last <= nearMessages) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs;
}
