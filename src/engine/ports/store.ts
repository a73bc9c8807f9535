/**
 * Store: durable rows with conditional transactions.
 *
 * Every table has the same outer shape, so that an adapter knows nothing of what is inside: rows are found by `key`
 * (strictly consistent) and listed by `group` in order of `rank` (eventually consistent: a fresh row may be missing and
 * a deleted one may still show, so listing only serves sweeps and screens). `rev` changes with every write.
 */
export type Table = 'registry' | 'connection' | 'contract' | 'claim' | WorkTable | 'activity' | 'stream';

/** What synchronizing leaves behind: groups begin with the id of a connection, and go with it. */
export const workTables = [
  'dirty',
  'outbox',
  'inbox',
  'pair',
  'issueIndex',
  'commentTwin',
  'attachmentTwin',
  'problem',
] as const;
type WorkTable = (typeof workTables)[number];

/** Characters at the beginning of its id that no other connection of the site has: a store may use them in place of the id. */
export const ownPart = 8;

export interface Row {
  key: string;
  /** Changes with every write; made by the store. */
  rev: string;
  /** Plain JSON; its schema stands in `engine/rows`. */
  body: unknown;
}

/** `absent`: the row must not exist. `rev`: it must be unchanged since it was read. */
export type Condition = { absent: true } | { rev: string };

export type StoreOperation =
  | {
      op: 'set';
      table: Table;
      key: string;
      body: unknown;
      /** Partition and order for listing; at most 200 characters each. */
      group: string;
      rank: string;
      if?: Condition;
      /** The revision that the row gets, never used before; without it the store makes one. Spares reading it back. */
      newRev?: string;
      /** The row may vanish after this time; whoever reads it must not rely on it. */
      ttlDays?: number;
    }
  | { op: 'delete'; table: Table; key: string; if?: Condition }
  | { op: 'check'; table: Table; key: string; if: Condition };

export interface ListRequest {
  table: Table;
  group: string;
  /** Inclusive bounds of `rank`. */
  from?: string;
  to?: string;
  order?: 'ascending' | 'descending';
  /** 1 to 100. */
  limit: number;
  cursor?: string;
}

export interface ListAnswer {
  rows: Row[];
  cursor?: string;
}

/** At most 25 operations in a transaction, each key once, 4 MB (Forge KVS limits; every adapter enforces them). */
export interface Store {
  get(table: Table, key: string): Promise<Row | undefined>;
  /** All or nothing. `conflict`: a condition did not hold; nothing was written. */
  transact(operations: StoreOperation[]): Promise<'done' | 'conflict'>;
  list(request: ListRequest): Promise<ListAnswer>;
}

/** Private keys and other secrets; encrypted by the platform, never listed. */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}
