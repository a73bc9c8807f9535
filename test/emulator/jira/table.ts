/** One table of the in-memory database: immutable rows under ids, with indexes; every write is noted so that it can be undone. */
import type { Row } from './entities';

/** Hears of each write, with the way back. */
export interface Journal {
  note(undo: () => void, table: unknown, before: Row | undefined, id: string): void;
}

export class Table<R extends Row> {
  private readonly rows = new Map<string, R>();
  private readonly buckets = new Map<string, Map<string, Set<string>>>();
  private readonly journal: Journal;
  private readonly indexers: Readonly<Record<string, (row: R) => readonly string[]>>;

  constructor(journal: Journal, indexers: Readonly<Record<string, (row: R) => readonly string[]>> = {}) {
    this.journal = journal;
    this.indexers = indexers;
    for (const name of Object.keys(indexers)) this.buckets.set(name, new Map());
  }

  get(id: string | null | undefined): R | undefined {
    return id === null || id === undefined ? undefined : this.rows.get(id);
  }

  /** The row of an id that the store itself refers to; a dangling reference is a bug of the emulator. */
  must(id: string): R {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`dangling reference to ${id}`);
    return row;
  }

  put(row: R): R {
    const before = this.rows.get(row.id);
    const undo = () => (before === undefined ? this.drop(row.id) : this.place(before));
    this.journal.note(undo, this, before, row.id);
    this.place(row);
    return row;
  }

  remove(id: string): void {
    const before = this.rows.get(id);
    if (before === undefined) return;
    this.journal.note(() => this.place(before), this, before, id);
    this.drop(id);
  }

  /** All rows, oldest id first. */
  all(): R[] {
    return [...this.rows.values()].sort(byId);
  }

  /** Rows which an index files under a value, oldest id first. */
  by(index: string, value: string): R[] {
    const ids = this.buckets.get(index)?.get(value) ?? new Set<string>();
    return [...ids].map((id) => this.must(id)).sort(byId);
  }

  get size(): number {
    return this.rows.size;
  }

  load(rows: readonly R[]): void {
    for (const id of [...this.rows.keys()]) this.drop(id);
    for (const row of rows) this.place(row);
  }

  private place(row: R): void {
    this.drop(row.id);
    this.rows.set(row.id, row);
    for (const [name, keysOf] of Object.entries(this.indexers)) {
      const index = this.buckets.get(name);
      for (const key of keysOf(row)) {
        const bucket = index?.get(key) ?? new Set<string>();
        bucket.add(row.id);
        index?.set(key, bucket);
      }
    }
  }

  private drop(id: string): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    for (const [name, keysOf] of Object.entries(this.indexers)) {
      for (const key of keysOf(row)) this.buckets.get(name)?.get(key)?.delete(id);
    }
    this.rows.delete(id);
  }
}

function byId(left: Row, right: Row): number {
  return Number(left.id) - Number(right.id) || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

/** Makes one empty table of the store. */
export type MakeTable = <R extends Row>(
  indexers?: Readonly<Record<string, (row: R) => readonly string[]>>,
) => Table<R>;
