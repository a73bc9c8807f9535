/** The Store port on Forge KVS custom entities. */
import { ForgeKvsAPIError, kvs, Sort, WhereConditions } from '@forge/kvs';
import type { ListAnswer, ListRequest, Row, Store, StoreOperation } from '#engine/ports/store';
import {
  addOperation,
  entityNames,
  type KvsOperation,
  logicalKey,
  physicalKey,
  placeOf,
  type Stored,
  shortened,
  shortRank,
  storedSchema,
} from './kvs-tables';
import { queryPage, transactionOperations } from './limits';
import { packBody, unpackBody } from './packing/pack-body';
import { isPatched, PatchedRows, type Planned } from './patched-rows';

/** A write without a condition is repeated when somebody else wrote the patched row at the same moment. */
const mostTries = 4;

/**
 * @param makeRev makes a value that was never used before; one per written row.
 */
export function createKvsStore(makeRev: () => string): Store {
  const patched = new PatchedRows(makeRev);
  return {
    async get(table, key) {
      if (isPatched(table)) return patched.get(table, key);
      const stored = await kvs.entity<Stored>(entityNames[table]).get(physicalKey(table, key));
      return stored === undefined ? undefined : toRow(key, storedSchema.parse(stored));
    },
    transact: (operations) => transact(patched, makeRev, operations),
    list: (request) => list(patched, request),
  };
}

function toRow(key: string, { v, b }: Stored): Row {
  return { key, rev: v, body: unpackBody(b) };
}

async function transact(
  patched: PatchedRows,
  makeRev: () => string,
  operations: readonly StoreOperation[],
): Promise<'done' | 'conflict'> {
  if (operations.length === 0) return 'done';
  if (operations.length > transactionOperations) {
    throw new Error(
      `A transaction takes at most ${transactionOperations} operations, not ${operations.length}.`,
    );
  }
  const plain = operations.filter(({ table }) => !isPatched(table)).map((one) => toOperation(one, makeRev));
  const large = operations.filter(({ table }) => isPatched(table));
  const isRepeatable = large.some((operation) => operation.if === undefined);
  for (let tries = 1; ; tries += 1) {
    const planned = await Promise.all(large.map((operation) => patched.plan(operation)));
    const fits = planned.filter((plan) => plan !== 'conflict');
    if (fits.length < planned.length) return 'conflict';
    const chosen = improveWhereRoom(fits, plain.length);
    const isDone = await execute([...plain, ...chosen.flatMap((plan) => plan.operations)]);
    patched.note(chosen, isDone);
    if (isDone) return 'done';
    if (!isRepeatable || tries === mostTries) return 'conflict';
  }
}

function improveWhereRoom(planned: readonly Planned[], others: number): Planned[] {
  let room =
    transactionOperations - others - planned.reduce((sum, { operations }) => sum + operations.length, 0);
  return planned.map((plan) => {
    if (plan.better === undefined || room <= 0) return plan;
    room -= 1;
    return { ...plan, ...plan.better };
  });
}

async function execute(operations: readonly KvsOperation[]): Promise<boolean> {
  let transaction = kvs.transact();
  for (const operation of operations) transaction = addOperation(transaction, operation);
  try {
    await transaction.execute();
    return true;
  } catch (error) {
    if (error instanceof ForgeKvsAPIError && error.code === 'CONDITIONAL_CHECK_FAILED') return false;
    throw error;
  }
}

function toOperation(operation: StoreOperation, makeRev: () => string): KvsOperation {
  const { table } = operation;
  const place = { entityName: entityNames[table], key: physicalKey(table, operation.key) };
  if (operation.op !== 'set') return { ...operation, ...place };
  const { group, rank, newRev, body, ttlDays } = operation;
  const value: Stored = { ...placeOf(table, group, rank), v: newRev ?? makeRev(), b: packBody(body) };
  return { op: 'set', ...place, value, if: operation.if, ttlDays };
}

async function list(patched: PatchedRows, request: ListRequest): Promise<ListAnswer> {
  const { table } = request;
  let query = kvs
    .entity<Stored>(entityNames[table])
    .query()
    .index('by-rank', { partition: [shortened(table, request.group)] })
    .sort(request.order === 'descending' ? Sort.DESC : Sort.ASC)
    .limit(Math.min(request.limit, queryPage));
  const range = rangeOf(request);
  if (range !== undefined) query = query.where(range);
  if (request.cursor !== undefined) query = query.cursor(request.cursor);
  const page = await query.getMany();
  const listed = page.results.map((result) => ({
    key: logicalKey(table, result.key, request.group),
    stored: storedSchema.parse(result.value),
  }));
  const rows = isPatched(table)
    ? await patched.complete(table, listed)
    : listed.map(({ key, stored }) => toRow(key, stored));
  return page.nextCursor ? { rows, cursor: page.nextCursor } : { rows };
}

function rangeOf(request: ListRequest) {
  const [from, to] = [request.from, request.to].map((rank) => rank && shortRank(request.table, rank));
  if (from !== undefined && to !== undefined) return WhereConditions.between(from, to);
  if (from !== undefined) return WhereConditions.greaterThanEqualTo(from);
  if (to !== undefined) return WhereConditions.lessThanEqualTo(to);
  return undefined;
}
