/** A store in memory for stories about connections: strict by key, conditional, transactions of at most 25 operations. */
import type { Condition, Row, Store, StoreOperation } from '#engine/ports/store';

interface Kept extends Row {
  table: string;
  group: string;
  rank: string;
}

const mostOperations = 25;

/** `rows` lets a test look at what is kept. Bodies are copied, so that shared objects cannot hide a mistake. */
export function connectStore(): Store & { rows: Map<string, Kept> } {
  const rows = new Map<string, Kept>();
  let written = 0;
  const nameOf = (operation: { table: string; key: string }): string => `${operation.table}/${operation.key}`;
  const holds = (condition: Condition | undefined, kept: Kept | undefined): boolean => {
    if (condition === undefined) return true;
    return 'absent' in condition ? kept === undefined : kept?.rev === condition.rev;
  };
  const write = (operation: StoreOperation): void => {
    if (operation.op === 'delete') rows.delete(nameOf(operation));
    if (operation.op !== 'set') return;
    written += 1;
    const { table, key, group, rank } = operation;
    const body: unknown = JSON.parse(JSON.stringify(operation.body));
    rows.set(nameOf(operation), { table, key, group, rank, body, rev: `r${written}` });
  };
  return {
    rows,
    get(table, key) {
      const kept = rows.get(`${table}/${key}`);
      return Promise.resolve(
        kept && { key, rev: kept.rev, body: JSON.parse(JSON.stringify(kept.body)) as unknown },
      );
    },
    transact(operations) {
      const names = new Set(operations.map(nameOf));
      if (operations.length > mostOperations || names.size !== operations.length) {
        throw new Error('A transaction has at most 25 operations, each key once.');
      }
      if (!operations.every((operation) => holds(operation.if, rows.get(nameOf(operation))))) {
        return Promise.resolve('conflict');
      }
      for (const operation of operations) write(operation);
      return Promise.resolve('done');
    },
    list({ table, group, from = '', to = '\uffff', order = 'ascending', limit, cursor = '0' }) {
      const found = [...rows.values()]
        .filter((row) => row.table === table && row.group === group && row.rank >= from && row.rank <= to)
        .sort((one, other) => (one.rank < other.rank ? -1 : 1));
      if (order === 'descending') found.reverse();
      const start = Number(cursor);
      const page = found.slice(start, start + limit).map(({ key, rev, body }) => ({ key, rev, body }));
      return Promise.resolve(
        start + limit < found.length ? { rows: page, cursor: String(start + limit) } : { rows: page },
      );
    },
  };
}
