/** How tables of the Store port lie in Forge KVS: one entity per table, all of the same shape (manifest.yml). Every byte of it is paid for. */
import { Filter, FilterConditions, type kvs } from '@forge/kvs';
import { z } from 'zod';
import { type Condition, ownPart, type Table, workTables } from '#engine/ports/store';

export const entityNames: Record<Table, string> = {
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

/** A transaction may name each key once, whatever the entity, so the table is part of the key. */
const keyPrefixes: Record<Table, string> = {
  registry: 'r:',
  connection: 'c:',
  contract: 'k:',
  stream: 's:',
  dirty: 'd:',
  outbox: 'o:',
  inbox: 'i:',
  pair: 'p:',
  issueIndex: 'x:',
  commentTwin: 't:',
  attachmentTwin: 'f:',
  problem: 'q:',
  activity: 'a:',
  claim: 'm:',
};

/** Keys and groups of these tables begin with the id of a connection. */
const ofConnections = new Set<Table>([...workTables, 'stream', 'activity']);

const connectionId = /^[a-z2-7]{26}(?=:|$)/;

/** Sequences and moments with zeros in front of them, in the ranks of these tables. */
const numbered = new Set<Table>(['dirty', 'outbox', 'inbox', 'activity']);
const paddedNumber = /^0*(\d+)(?=:|$)/;
const noLength = 'A'.charCodeAt(0);

/** The number without its zeros, behind a capital for its length: ranks keep their order, and stay before those of small letters. */
export function shortRank(table: Table, rank: string): string {
  if (!numbered.has(table) || !/^\d{15}(:|$)/.test(rank)) return rank;
  return rank.replace(paddedNumber, (_, digits: string) => {
    return `${String.fromCharCode(noLength + digits.length)}${digits}`;
  });
}

/** The beginning of an id tells the connections of a site apart (`createConnectionRow`), and is paid for with every row. */
export function shortened(table: Table, text: string): string {
  return ofConnections.has(table) ? text.replace(connectionId, (id) => id.slice(0, ownPart)) : text;
}

export function physicalKey(table: Table, key: string): string {
  return `${keyPrefixes[table]}${shortened(table, key)}`;
}

/** `group`: in which the row was found; it begins with the same connection. */
export function logicalKey(table: Table, key: string, group: string): string {
  const rest = key.slice(keyPrefixes[table].length);
  const [id] = connectionId.exec(group) ?? [];
  return id !== undefined && rest === shortened(table, `${id}${rest.slice(ownPart)}`)
    ? `${id}${rest.slice(ownPart)}`
    : rest;
}

/** `g`: group, `r`: rank, `v`: revision, `b`: body. Rows of a table that is never listed have neither group nor rank. */
export const storedSchema = z.object({
  g: z.string().optional(),
  r: z.string().optional(),
  v: z.string(),
  b: z.unknown(),
});
export type Stored = z.infer<typeof storedSchema>;

export function placeOf(table: Table, group: string, rank: string): Pick<Stored, 'g' | 'r'> {
  return table === 'stream' ? {} : { g: shortened(table, group), r: shortRank(table, rank) };
}

/** One operation of a transaction of the platform. */
export type KvsOperation =
  | {
      op: 'set';
      entityName: string;
      key: string;
      value: { v: string };
      if?: Condition | undefined;
      ttlDays?: number | undefined;
    }
  | { op: 'delete'; entityName: string; key: string; if?: Condition | undefined }
  | { op: 'check'; entityName: string; key: string; if: Condition };

type Transaction = ReturnType<typeof kvs.transact>;

export function addOperation(transaction: Transaction, operation: KvsOperation): Transaction {
  const { entityName, key } = operation;
  const conditions = operation.if === undefined ? undefined : conditionFilter(operation.if);
  const entity = conditions === undefined ? { entityName } : { entityName, conditions };
  switch (operation.op) {
    case 'set':
      // The time to live is the fourth argument; in the third it is silently dropped.
      return operation.ttlDays === undefined
        ? transaction.set(key, operation.value, entity)
        : transaction.set(key, operation.value, entity, { ttl: { value: operation.ttlDays, unit: 'DAYS' } });
    case 'delete':
      return transaction.delete(key, entity);
    case 'check':
      return transaction.check(key, { entityName, conditions: conditionFilter(operation.if) });
  }
}

function conditionFilter(condition: Condition) {
  const filter = new Filter<{ v: string }>();
  return 'absent' in condition
    ? filter.and('v', FilterConditions.notExists())
    : filter.and('v', FilterConditions.equalTo(condition.rev));
}
