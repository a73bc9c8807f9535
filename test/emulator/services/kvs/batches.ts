/** Batches (best effort, item by item) and transactions (all or nothing). */
import { KVS_LIMITS } from '../limits';
import { checkKey } from './check-values';
import { compileFilters } from './conditions';
import type { Entity } from './entity';
import { KvsRefusal, refusals } from './kvs-refusal';
import { type PreparedWrite, prepareWrite, type RowView } from './read-write';
import type { Filters, TransactionRequest } from './requests';
import type { Table } from './tables';
import type { Throughput } from './throughput';

/** Where a named or plain row lives. Refuses undeclared entities. */
export type Locate = (entityName: string | undefined) => { table: Table; entity: Entity | undefined };

interface Keyed {
  key: unknown;
  entityName?: string | undefined;
}

export interface BatchAnswer {
  successfulKeys: (RowView | { key: string; entityName?: string })[];
  failedKeys: { key: unknown; entityName?: string; error: { code: string; message: string } }[];
}

/** Runs `work` for each item; what an item refuses is told in `failedKeys`, the rest goes on. */
export function runBatch<T extends Keyed>(
  verb: 'get' | 'set' | 'delete',
  items: readonly T[],
  work: (item: T) => BatchAnswer['successfulKeys'][number],
): BatchAnswer {
  if (items.length === 0) throw refusals.invalidRequest('A batch needs at least one key');
  if (items.length > KVS_LIMITS.batchKeys)
    throw new KvsRefusal(
      400,
      'TOO_MANY_BATCH_ENTITIES',
      `Number of entities to ${verb} was ${items.length}, but you can only ${verb} a maximum of ${KVS_LIMITS.batchKeys} entities at a time.`,
    );
  refuseDuplicates(items);
  const answer: BatchAnswer = { successfulKeys: [], failedKeys: [] };
  for (const item of items) {
    try {
      answer.successfulKeys.push(work(item));
    } catch (error) {
      if (!(error instanceof KvsRefusal)) throw error;
      answer.failedKeys.push({ ...named(item), error: { code: error.code, message: error.message } });
    }
  }
  return answer;
}

/** Key and entity of an item, as answers repeat them. */
export function named<K>(item: { key: K; entityName?: string | undefined }): { key: K; entityName?: string } {
  return { key: item.key, ...(item.entityName === undefined ? {} : { entityName: item.entityName }) };
}

function refuseDuplicates(items: readonly Keyed[]): void {
  const seen = new Set<string>();
  for (const { key, entityName } of items) {
    const id = JSON.stringify([entityName ?? null, key]);
    if (seen.has(id)) throw refusals.duplicateKey();
    seen.add(id);
  }
}

/** Refuses a batch or transaction of more than 4 MB. */
export function checkTotalBytes(body: unknown, max: number): void {
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes > max)
    throw new KvsRefusal(400, 'MAX_SIZE', `Request is ${bytes} bytes, more than the maximum of ${max}`);
}

export interface TransactionRules {
  locate: Locate;
  now: number;
  throughput: Throughput;
  /** See `KvsDeps.conditionsOnAbsentRows`. */
  conditionsOnAbsentRows: 'fail' | 'evaluate';
}

/**
 * Checks every operation and every condition, then writes; returns the bytes written, by entity. Nothing lands when one is
 * refused.
 */
export function runTransaction(request: TransactionRequest, rules: TransactionRules): Map<string, number> {
  const sets = request.set ?? [];
  const deletes = request.delete ?? [];
  const checks = request.check ?? [];
  const all = [...sets, ...deletes, ...checks];
  if (all.length === 0) throw refusals.invalidRequest('A transaction needs at least one operation');
  if (all.length > KVS_LIMITS.transactionOperations) throw refusals.unprocessable();
  refuseDuplicates(all);
  checkTotalBytes(request, KVS_LIMITS.transactionBytes);
  const writes: PreparedWrite[] = sets.map((set) => {
    const { table, entity } = rules.locate(set.entityName);
    return prepareWrite({ ...set, table, entity, now: rules.now, throughput: rules.throughput });
  });
  const removals = deletes.map((removal) => ({
    table: rules.locate(removal.entityName).table,
    key: checkKey(removal.key),
  }));
  // Every condition is compiled before any is evaluated, so that a malformed request never looks like a lost race.
  const conditions = all.map((operation) => compileCondition(operation, rules));
  for (const holds of conditions) if (!holds()) throw refusals.conditionFailed();
  for (const write of writes) write.commit();
  for (const { table, key } of removals) table.delete(key);
  const written = new Map<string, number>();
  const add = (entity: string | undefined, bytes: number) =>
    written.set(entity ?? 'values', (written.get(entity ?? 'values') ?? 0) + bytes);
  for (const [index, { bytes }] of writes.entries()) add(sets[index]?.entityName, bytes);
  for (const [index, { key }] of removals.entries()) add(deletes[index]?.entityName, Buffer.byteLength(key));
  return written;
}

function compileCondition(
  operation: Keyed & { conditions?: Filters | undefined },
  rules: TransactionRules,
): () => boolean {
  const { table, entity } = rules.locate(operation.entityName);
  const key = checkKey(operation.key);
  if (operation.conditions === undefined) return () => true;
  if (entity === undefined) throw refusals.invalidRequest('Conditions can be used on entities only');
  const matches = compileFilters(operation.conditions, entity);
  return () => {
    const row = table.get(key);
    if (row === undefined) return rules.conditionsOnAbsentRows === 'evaluate' && matches({});
    return matches(row.value);
  };
}
