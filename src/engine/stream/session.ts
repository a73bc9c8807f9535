/** Session: what one worker knows of a connection, has staged and wants to say; written in one transaction at a time. */
import { type Flow, isCounted, noteRate } from '#core/brake/change-rate';
import { chainNext, printBody } from '#core/protocol/envelope';
import type { Operation } from '#core/protocol/operations';
import { LogBook } from '../audit/log-book';
import { rateFacts } from '../brakes/change-rate-facts';
import { isAtHome } from '../epoch/at-home';
import { type Agreement, readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import type { Box, Incoming, Stream } from '../rows/stream';
import { readConnection } from '../update-connection';
import { effectiveDone, isHeld } from './heads';
import { Lease } from './lease';
import { readStreamRows, type StreamRows } from './rows';
import { newRunMemory, type RunMemory } from './run-memory';
import { sealBatch } from './seal-batch';
import { Staging } from './staging';

/** Operations in a transaction (Store port), without the heads, outbox and activity rows that come with a commit. */
const mostStaged = 25 - 6;
/** Rows that one issue or operation may stage. */
const mostAtOnce = 8;
/** A batch is cut before it gets longer than this, in characters. */
const longestBatch = 60_000;

/** One invocation: `owner` is the same for all attempts at the same wake-up, `attempt` counts them from 0. */
export interface Run {
  owner: string;
  attempt: number;
}

export class Session {
  readonly ports: Ports;
  readonly rows: Staging;
  connection: Connection;
  /** Staged state of the stream row. */
  stream: Stream;
  /** Highest issue number seen by project in this run; a lower bound, for looking for copies. */
  readonly highestNumbers = new Map<string, number>();
  /** People of the partner who were looked up in this run, by the id that the partner gave them. */
  readonly people = new Map<string, { account?: string; whyNot?: string }>();
  readonly memory: RunMemory = newRunMemory();
  /** Keys of dirty rows that came up in this run. */
  readonly noted = new Set<string>();
  /** What the next commit says in the log. */
  readonly log = new LogBook();
  private readonly lease: Lease;
  private agreed: Agreement | undefined;
  private said: Operation[] = [];
  private saidLength = 0;
  private changed = false;

  private constructor(ports: Ports, connection: Connection, owner: string, rows: StreamRows) {
    this.ports = ports;
    this.rows = new Staging(ports);
    this.connection = connection;
    this.stream = rows.stream.body;
    this.lease = new Lease(ports, connection.id, owner, rows);
  }

  /**
   * `busy`: somebody holds the lease. Undefined: there is nothing that could be worked on. A later attempt of the same
   * run takes its own lease back, because the platform tries again only after the earlier attempt has ended.
   */
  static async open(ports: Ports, id: string, run: Run): Promise<Session | 'busy' | undefined> {
    const connection = await readConnection(ports, id);
    if (connection?.phase !== 'joined' || !(await isAtHome(ports, connection))) return undefined;
    const rows = await readStreamRows(ports, id);
    const isOwn = run.attempt > 0 && rows.stream.body.owner === run.owner;
    if (!isOwn && isHeld(rows.stream.body, ports.clock.now())) return 'busy';
    ports.governor?.begin(id, rows.stream.body.credit);
    return new Session(ports, connection, run.owner, rows);
  }

  get id(): string {
    return this.connection.id;
  }

  get incoming(): Incoming {
    return this.lease.incoming;
  }

  get box(): Box {
    return this.lease.box;
  }

  /** Sequence that what is said now will be sent under. */
  get nextSeq(): number {
    return this.stream.out.seq + 1;
  }

  /** All of ours up to here counts as applied or reported over there. */
  get done(): number {
    return effectiveDone(this.stream, this.incoming);
  }

  /** True when another issue or operation may be staged before the next commit. */
  get hasRoom(): boolean {
    return this.rows.size + mostAtOnce <= mostStaged && this.saidLength < longestBatch && this.log.hasRoom;
  }

  get hasStaged(): boolean {
    return this.changed || this.rows.size > 0 || this.said.length > 0;
  }

  get isSaying(): boolean {
    return this.said.length > 0;
  }

  /** To be sent in the batch of the next commit. */
  say(operation: Operation): void {
    this.said.push(operation);
    this.count('out', operation);
    this.saidLength += JSON.stringify(operation).length;
  }

  /** Counts a change towards what an hour may have; written with whatever is written next. */
  count(flow: Flow, operation: { op: string; at?: unknown }): void {
    const facts = rateFacts(this.ports, this.connection);
    if (!isCounted(operation, facts)) return;
    this.change((stream) => ({ ...stream, rate: noteRate(stream.rate, flow, facts) }));
  }

  change(change: (stream: Stream) => Stream): void {
    this.stream = change(this.stream);
    this.changed = true;
  }

  /** Counts a change and names its issue in the activity line of the next commit. */
  tell(direction: 'sent' | 'received', issueKey: string): void {
    this.log.tell(direction, issueKey);
    this.change((stream) => {
      const counts = { ...stream.counts, [direction]: stream.counts[direction] + 1 };
      return { ...stream, counts };
    });
  }

  /** Stages that an aspect of an issue has to be looked at, and remembers it for this run. */
  noteDirty(row: StoreOperation): void {
    this.rows.stage(row);
    this.noted.add(row.key);
  }

  /** The agreement in force, read once for each state of the connection row. */
  async agreement(): Promise<Agreement> {
    if (this.agreed?.connection !== this.connection) {
      this.agreed = await readAgreement(this.ports, this.connection);
    }
    return this.agreed;
  }

  /** After somebody changed the connection row. */
  async reload(): Promise<void> {
    this.connection = (await readConnection(this.ports, this.id)) ?? this.connection;
  }

  /** Reads again what others left for us. Throws LeaseLost. */
  async lookForNews(): Promise<void> {
    await this.lease.refresh();
  }

  /** Takes the lease, with what is staged; to be called before anything is changed in Jira. */
  async hold(): Promise<void> {
    if (!this.lease.isHeld) await this.commit();
  }

  /** A row that must be there is not: either somebody else is at work already, or something is broken. */
  async missing(what: string): Promise<never> {
    await this.hold();
    throw new Error(`Connection ${this.id}: ${what} is missing.`);
  }

  /**
   * Writes what is staged in one transaction and takes the lease with it: what was said is numbered and sealed only now.
   * Throws LeaseLost, RowsChanged.
   */
  async commit(): Promise<void> {
    if (this.lease.isHeld && !this.hasStaged) return;
    const { out, rows, sent } = await this.cut();
    const log = this.log.close(this, sent);
    const stream = this.lease.sign({ ...this.stream, ...log.head, out, ...this.credit() });
    await this.lease.write('alone', stream, this.rows, [...rows, ...log.rows]);
    this.finish(stream);
  }

  /**
   * Writes what is staged and gives the lease back, unless something came in meanwhile: then false, and there is more
   * to do. Nothing may be waiting to be said.
   */
  async release(): Promise<boolean> {
    const isIdle = !this.hasStaged && this.box.hints.length === 0 && this.box.overflow === undefined;
    if (!this.lease.isHeld && isIdle) return true;
    const { owner: _owner, until: _until, ...rest } = this.stream;
    const log = this.log.close(this);
    const out = { ...rest.out, done: this.done };
    const stream = { ...rest, out, ...log.head, ...this.credit() };
    if (!(await this.lease.write('guarded', stream, this.rows, log.rows))) return false;
    this.finish(stream);
    return true;
  }

  /** After a failure: nothing staged is written, and nobody has to wait until our time is over. */
  async abandon(): Promise<void> {
    await this.lease.abandon();
  }

  /** Points that are left of the last block; they travel with writes that are made anyway. */
  private credit(): Pick<Stream, 'credit'> {
    const credit = this.ports.governor?.credit();
    return credit === undefined ? {} : { credit };
  }

  private finish(stream: Stream): void {
    this.stream = stream;
    for (const pair of this.memory.unrecorded) {
      if (this.rows.isStaged('pair', rowKeys.pair(this.id, pair))) this.memory.unrecorded.delete(pair);
    }
    this.rows.forget();
    this.said = [];
    this.saidLength = 0;
    this.changed = false;
    this.log.forget();
  }

  /**
   * What is known to be applied over there goes into whatever is written: the next acknowledgement replaces the one that
   * told it, and may count later.
   */
  private async cut(): Promise<{
    out: Stream['out'];
    rows: StoreOperation[];
    sent?: { body: string; seq: number };
  }> {
    const known = { ...this.stream.out, done: this.done };
    if (this.said.length === 0) return { out: known, rows: [] };
    const seq = this.nextSeq;
    const said = printBody(this.said);
    const ch = chainNext(this.stream.out.ch, said);
    const out = { ...known, seq, ch };
    const heads = { stream: { ...this.stream, out }, incoming: this.incoming };
    const row = await sealBatch(this.ports, this.connection, heads, { body: said, before: this.stream.out });
    return { out, rows: [row], sent: { body: said, seq } };
  }
}
