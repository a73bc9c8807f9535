/** A store in memory, as strict as the real one: conditions, limits, and listings that lag behind. */
import type {
  Condition,
  ListAnswer,
  ListRequest,
  Row,
  Store,
  StoreOperation,
  Table,
} from '#engine/ports/store';
import type { Clock } from '#engine/ports/world';

interface Stored {
  table: Table;
  key: string;
  rev: string;
  body: string;
  group: string;
  rank: string;
}

export type StoreBackup = ReadonlyMap<string, Stored>;

export interface MemoryStore extends Store {
  /** How far listings lag behind, milliseconds of the clock. */
  lagMs: number;
  /** Bytes and transactions written since the beginning. */
  written: { transactions: number; bytes: number };
  /** All rows as they are now, to be put back later: a backup. */
  backup(): StoreBackup;
  /** All rows are as they were then. Revisions go on, as those of a real store would. */
  putBack(backup: StoreBackup): void;
  /** All rows of a table as they are now. */
  rows(table: Table): { key: string; body: unknown }[];
}

/** Limits of Forge KVS: operations and bytes of a transaction, length of a key. */
const mostOperations = 25;
const mostBytes = 4 * 1024 * 1024;
const longestKey = 500;
const longestPlace = 200;

export function memoryStore(clock: Clock): MemoryStore {
  const rows = new Map<string, Stored>();
  const shown = new Map<string, Stored>();
  const unseen: { at: number; name: string; row: Stored | undefined }[] = [];
  let revisions = 0;

  function catchUp(): void {
    for (;;) {
      const next = unseen[0];
      if (next === undefined || next.at + store.lagMs > clock.now()) return;
      unseen.shift();
      if (next.row === undefined) shown.delete(next.name);
      else shown.set(next.name, next.row);
    }
  }

  function write(operation: StoreOperation): void {
    if (operation.op === 'check') return;
    const name = nameOf(operation.table, operation.key);
    let row: Stored | undefined;
    if (operation.op === 'set') {
      revisions += 1;
      const { table, key, group, rank, newRev } = operation;
      row = { table, key, group, rank, rev: newRev ?? `r${revisions}`, body: JSON.stringify(operation.body) };
      rows.set(name, row);
      store.written.bytes += JSON.stringify(row).length;
    } else {
      rows.delete(name);
    }
    unseen.push({ at: clock.now(), name, row });
  }

  const store: MemoryStore = {
    lagMs: 0,
    written: { transactions: 0, bytes: 0 },
    backup: () => new Map(rows),
    putBack(backup) {
      rows.clear();
      shown.clear();
      unseen.length = 0;
      for (const [name, row] of backup) {
        revisions += 1;
        const again = { ...row, rev: `r${revisions}` };
        rows.set(name, again);
        shown.set(name, again);
      }
    },
    rows: (table) =>
      [...rows.values()]
        .filter((row) => row.table === table)
        .map(({ key, body }) => ({ key, body: JSON.parse(body) })),

    async get(table, key) {
      const row = rows.get(nameOf(table, key));
      return row === undefined ? undefined : toRow(row);
    },

    async transact(operations) {
      check(operations);
      const holds = operations.every((operation) =>
        conditionHolds(operation.if, rows.get(nameOf(operation.table, operation.key))),
      );
      if (!holds) return 'conflict';
      for (const operation of operations) write(operation);
      store.written.transactions += 1;
      return 'done';
    },

    async list(request) {
      catchUp();
      return listOf([...shown.values()], request);
    },
  };
  return store;
}

function check(operations: readonly StoreOperation[]): void {
  if (operations.length > mostOperations)
    throw new Error(`A transaction of ${operations.length} operations.`);
  const names = operations.map(({ table, key }) => nameOf(table, key));
  if (new Set(names).size !== names.length)
    throw new Error(`A transaction names a key twice: ${names.join(' ')}`);
  if (JSON.stringify(operations).length > mostBytes) throw new Error('A transaction of more than 4 MB.');
  for (const operation of operations) {
    if (operation.key.length > longestKey) throw new Error(`Too long a key: ${operation.key}`);
    if (operation.op !== 'set') continue;
    const isPlaceLong = operation.group.length > longestPlace || operation.rank.length > longestPlace;
    if (isPlaceLong) throw new Error(`Too long a group or rank: ${operation.group} ${operation.rank}`);
    if (JSON.stringify(operation.body).length > 240 * 1024)
      throw new Error(`Too big a row: ${operation.key}`);
  }
}

function conditionHolds(condition: Condition | undefined, row: Stored | undefined): boolean {
  if (condition === undefined) return true;
  return 'absent' in condition ? row === undefined : row?.rev === condition.rev;
}

function listOf(all: readonly Stored[], request: ListRequest): ListAnswer {
  if (request.limit < 1 || request.limit > 100) throw new Error(`A page of ${request.limit} rows.`);
  const { from, to, order = 'ascending' } = request;
  const found = all
    .filter((row) => row.table === request.table && row.group === request.group)
    .filter((row) => (from === undefined || row.rank >= from) && (to === undefined || row.rank <= to))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  if (order === 'descending') found.reverse();
  const start =
    request.cursor === undefined ? 0 : found.findIndex((row) => place(row) === request.cursor) + 1;
  const page = found.slice(start, start + request.limit);
  const last = page.at(-1);
  const isMore = start + page.length < found.length && last !== undefined;
  return { rows: page.map(toRow), ...(isMore ? { cursor: place(last) } : {}) };
}

function place(row: Stored): string {
  return `${row.rank}\n${row.key}`;
}

function toRow({ key, rev, body }: Stored): Row {
  return { key, rev, body: JSON.parse(body) };
}

function nameOf(table: Table, key: string): string {
  return `${table}/${key}`;
}
