/** Staging: rows read and changes collected by a worker until they are written in one conditional transaction. */
import type { Ports } from '../ports/ports';
import type { Row, StoreOperation, Table } from '../ports/store';

/** What a worker knows and wants to change; nothing here is durable. */
export class Staging {
  private readonly ports: Ports;
  private readonly seen = new Map<string, Row | undefined>();
  private readonly changes = new Map<string, StoreOperation>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  get size(): number {
    return this.changes.size;
  }

  /** Body of a row with staged changes on top; strictly consistent. A later change is conditional on what was read here. */
  async read(table: Table, key: string): Promise<unknown> {
    const name = nameOf(table, key);
    const change = this.changes.get(name);
    if (change !== undefined) return change.op === 'set' ? change.body : undefined;
    if (!this.seen.has(name)) this.seen.set(name, await this.ports.store.get(table, key));
    return this.seen.get(name)?.body;
  }

  /** Writes a row. Conditional on its revision when it was read, unconditional otherwise. */
  put(table: Table, key: string, body: unknown, place: { group: string; rank: string }): void {
    this.stage({ op: 'set', table, key, body, ...place, ...this.condition(table, key) });
  }

  /** Removes a row; one that is known to be absent needs no removing. */
  remove(table: Table, key: string): void {
    const name = nameOf(table, key);
    if (this.seen.has(name) && this.seen.get(name) === undefined) this.changes.delete(name);
    else this.stage({ op: 'delete', table, key, ...this.condition(table, key) });
  }

  stage(operation: StoreOperation): void {
    this.changes.set(nameOf(operation.table, operation.key), operation);
  }

  /** Undoes a staged row that nobody else writes, whether it is written by now or not. */
  takeBack({ table, key }: StoreOperation): void {
    if (!this.changes.delete(nameOf(table, key))) this.stage({ op: 'delete', table, key });
  }

  isStaged(table: Table, key: string): boolean {
    return this.changes.has(nameOf(table, key));
  }

  operations(): StoreOperation[] {
    return [...this.changes.values()];
  }

  /** After a write, or to start anew. */
  forget(): void {
    this.changes.clear();
    this.seen.clear();
  }

  /**
   * A dirty row that was noted again since it was read stays where it is: its newer event brings another look. True when
   * one was found.
   */
  async keepNotedAgain(): Promise<boolean> {
    let found = false;
    for (const [name, change] of this.changes) {
      if (change.table !== 'dirty' || change.op !== 'delete' || change.if === undefined) continue;
      const row = await this.ports.store.get('dirty', change.key);
      const isSame = 'rev' in change.if && row?.rev === change.if.rev;
      if (isSame) continue;
      this.changes.delete(name);
      found = true;
    }
    return found;
  }

  private condition(table: Table, key: string): Pick<StoreOperation, 'if'> {
    const name = nameOf(table, key);
    if (!this.seen.has(name)) return {};
    const row = this.seen.get(name);
    return { if: row === undefined ? { absent: true } : { rev: row.rev } };
  }
}

function nameOf(table: Table, key: string): string {
  return `${table}/${key}`;
}
