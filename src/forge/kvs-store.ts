/** The Store port on Forge KVS custom entities: one entity per table, all of the same shape (manifest.yml). */
import { Filter, FilterConditions, ForgeKvsAPIError, kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import type {
  Condition,
  ListAnswer,
  ListRequest,
  Row,
  Store,
  StoreOperation,
  Table,
} from '#engine/ports/store';
import { queryPage, transactionOperations } from './limits';
import { packBody, unpackBody } from './pack-body';

const entityNames: Record<Table, string> = {
  registry: 'registry',
  connection: 'connection',
  contract: 'contract',
  stream: 'stream',
  dirty: 'dirty',
  outbox: 'outbox',
  inbox: 'inbox',
  pair: 'pair',
  issueIndex: 'issue-index',
  commentTwin: 'comment-twin',
  attachmentTwin: 'attachment-twin',
  problem: 'problem',
  activity: 'activity',
  claim: 'claim',
};

const storedSchema = z.object({ group: z.string(), rank: z.string(), rev: z.string(), body: z.unknown() });
type Stored = z.infer<typeof storedSchema>;

/**
 * @param makeRev makes a value that was never used before; one per written row.
 */
export function createKvsStore(makeRev: () => string): Store {
  return {
    async get(table, key) {
      const stored = await kvs.entity<Stored>(entityNames[table]).get(physicalKey(table, key));
      return stored === undefined ? undefined : toRow(key, stored);
    },

    async transact(operations) {
      if (operations.length === 0) return 'done';
      if (operations.length > transactionOperations) {
        throw new Error(
          `A transaction takes at most ${transactionOperations} operations, not ${operations.length}.`,
        );
      }
      let transaction = kvs.transact();
      for (const operation of operations) transaction = addOperation(transaction, operation, makeRev);
      try {
        await transaction.execute();
        return 'done';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },

    list,
  };
}

/** A transaction may name each key once, whatever the entity, so the table is part of the key. */
function physicalKey(table: Table, key: string): string {
  return `${entityNames[table]}:${key}`;
}

function logicalKey(table: Table, key: string): string {
  return key.slice(entityNames[table].length + 1);
}

function toRow(key: string, value: unknown): Row {
  const stored = storedSchema.parse(value);
  return { key, rev: stored.rev, body: unpackBody(stored.body) };
}

type Transaction = ReturnType<typeof kvs.transact>;

function addOperation(
  transaction: Transaction,
  operation: StoreOperation,
  makeRev: () => string,
): Transaction {
  const entityName = entityNames[operation.table];
  const key = physicalKey(operation.table, operation.key);
  const conditions = operation.if === undefined ? undefined : conditionFilter(operation.if);
  const entity = conditions === undefined ? { entityName } : { entityName, conditions };
  switch (operation.op) {
    case 'set': {
      const value: Stored = {
        group: operation.group,
        rank: operation.rank,
        rev: operation.newRev ?? makeRev(),
        body: packBody(operation.body),
      };
      // The time to live is the fourth argument; in the third it is silently dropped.
      return operation.ttlDays === undefined
        ? transaction.set(key, value, entity)
        : transaction.set(key, value, entity, { ttl: { value: operation.ttlDays, unit: 'DAYS' } });
    }
    case 'delete':
      return transaction.delete(key, entity);
    case 'check':
      return transaction.check(key, { entityName, conditions: conditionFilter(operation.if) });
  }
}

function conditionFilter(condition: Condition) {
  const filter = new Filter<Stored>();
  return 'absent' in condition
    ? filter.and('rev', FilterConditions.notExists())
    : filter.and('rev', FilterConditions.equalTo(condition.rev));
}

function isConflict(error: unknown): boolean {
  return error instanceof ForgeKvsAPIError && error.code === 'CONDITIONAL_CHECK_FAILED';
}

async function list(request: ListRequest): Promise<ListAnswer> {
  let query = kvs
    .entity<Stored>(entityNames[request.table])
    .query()
    .index('by-rank', { partition: [request.group] })
    .sort(request.order === 'descending' ? Sort.DESC : Sort.ASC)
    .limit(Math.min(request.limit, queryPage));
  const range = rangeOf(request);
  if (range !== undefined) query = query.where(range);
  if (request.cursor !== undefined) query = query.cursor(request.cursor);
  const page = await query.getMany();
  const rows = page.results.map((result) => toRow(logicalKey(request.table, result.key), result.value));
  return page.nextCursor ? { rows, cursor: page.nextCursor } : { rows };
}

function rangeOf({ from, to }: ListRequest) {
  if (from !== undefined && to !== undefined) return WhereConditions.between(from, to);
  if (from !== undefined) return WhereConditions.greaterThanEqualTo(from);
  if (to !== undefined) return WhereConditions.lessThanEqualTo(to);
  return undefined;
}
