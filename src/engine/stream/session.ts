/**
 * Session: what one worker holds of a connection. It writes only under the lease, or takes the lease with the same
 * transaction that writes: whoever was first changed the stream row's revision, and everybody else's write fails.
 */
import { chainNext, printBody } from '#core/protocol/envelope';
import type { Operation } from '#core/protocol/operations';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { paddedRank, rowKeys } from '../rows/keys';
import { longestSealed } from '../rows/outbox';
import type { Box, Incoming, Stream } from '../rows/stream';
import { readConnection } from '../update-connection';
import { sealEnvelope } from './envelopes';
import { LeaseLost, RowsChanged } from './errors';
import { compactStream, effectiveDone, isHeld } from './heads';
import { readStreamRows, type StreamRows, setStreamRow } from './rows';
import { Staging } from './staging';

const ownerBytes = 8;
const revisionBytes = 8;
/** Operations in a transaction (Store port). */
const mostOperations = 25;
/** Stream, outbox, box and incoming rows and two activity lines have to fit beside what is staged. */
const reserved = 6;
/** A batch is cut before it gets longer than this, in characters. */
const longestBatch = 60_000;
const mostTries = 10;

export class Session {
  readonly ports: Ports;
  readonly rows: Staging;
  /** Staged state of the stream row. */
  stream: Stream;
  incoming: Incoming;
  box: Box;
  connection: Connection;
  private readonly owner: string;
  private revisions: { stream: string; incoming: string; box: string };
  private held = false;
  private said: Operation[] = [];
  private saidLength = 0;
  private changed = false;
  private readonly told = { sent: new Set<string>(), received: new Set<string>() };

  private constructor(ports: Ports, connection: Connection, rows: StreamRows) {
    this.ports = ports;
    this.rows = new Staging(ports);
    this.connection = connection;
    this.owner = ports.random.id(ownerBytes);
    this.stream = rows.stream.body;
    this.incoming = rows.incoming.body;
    this.box = rows.box.body;
    this.revisions = { stream: rows.stream.rev, incoming: rows.incoming.rev, box: rows.box.rev };
  }

  /** `busy`: somebody holds the lease. Undefined: there is nothing that could be worked on. */
  static async open(ports: Ports, id: string): Promise<Session | 'busy' | undefined> {
    const [connection, rows] = await Promise.all([readConnection(ports, id), readStreamRows(ports, id)]);
    if (connection?.phase !== 'joined') return undefined;
    if (isHeld(rows.stream.body, ports.clock.now())) return 'busy';
    return new Session(ports, connection, rows);
  }

  get id(): string {
    return this.connection.id;
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
    return this.rows.size + 8 <= mostOperations - reserved && this.saidLength < longestBatch;
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
    this.saidLength += JSON.stringify(operation).length;
  }

  change(change: (stream: Stream) => Stream): void {
    this.stream = change(this.stream);
    this.changed = true;
  }

  /** Names an issue in the activity line of the next commit. */
  tell(direction: 'sent' | 'received', issueKey: string): void {
    this.told[direction].add(issueKey);
    this.change((stream) => ({
      ...stream,
      counts: { ...stream.counts, [direction]: stream.counts[direction] + 1 },
    }));
  }

  /** After somebody changed the connection row. */
  async reload(): Promise<void> {
    this.connection = (await readConnection(this.ports, this.id)) ?? this.connection;
  }

  /** Takes the lease, with what is staged; to be called before anything is changed in Jira. */
  async hold(): Promise<void> {
    if (!this.held) await this.commit();
  }

  /** Writes what is staged in one transaction: cuts, numbers and seals what was said. Throws LeaseLost, RowsChanged. */
  async commit(): Promise<void> {
    if (this.held && !this.hasStaged) return;
    const cut = await this.cut();
    const activity = this.activity();
    const until = this.ports.clock.now() + Math.max(0, this.ports.budget.remainingMs());
    const fence = this.held ? this.stream.fence : this.stream.fence + 1;
    const stream = { ...this.stream, ...cut.stream, owner: this.owner, until, fence };
    await this.write(() => [...this.rows.operations(), ...cut.operations, ...activity], stream, 'alone');
    this.held = true;
    this.finish(stream);
  }

  /**
   * Writes what is staged and gives the lease back, unless something came in meanwhile: then false, and there is more
   * to do. Nothing may be waiting to be said.
   */
  async release(): Promise<boolean> {
    if (!this.held && !this.hasStaged && this.box.hints.length === 0 && !this.box.overflow) return true;
    const activity = this.activity();
    const { owner: _owner, until: _until, ...stream } = this.stream;
    const written = await this.write(() => [...this.rows.operations(), ...activity], stream, 'guarded');
    if (!written) return false;
    this.held = false;
    this.finish(stream);
    return true;
  }

  private finish(stream: Stream): void {
    this.stream = stream;
    this.rows.forget();
    this.said = [];
    this.saidLength = 0;
    this.changed = false;
    this.told.sent.clear();
    this.told.received.clear();
  }

  private async cut(): Promise<{ operations: StoreOperation[]; stream: Pick<Stream, 'out'> }> {
    if (this.said.length === 0) return { operations: [], stream: { out: this.stream.out } };
    const seq = this.nextSeq;
    const body = printBody(this.said);
    const ch = chainNext(this.stream.out.ch, body);
    const out = { ...this.stream.out, seq, ch };
    const rows = { stream: { ...this.stream, out }, incoming: this.incoming };
    const sealed = await sealEnvelope(this.ports, this.connection, rows, { kind: 'batch', seq, ch, body });
    if (sealed.length > longestSealed) throw new Error(`Connection ${this.id}: batch ${seq} is too big.`);
    const key = rowKeys.outbox(this.id, seq);
    const rank = paddedRank(seq);
    const row = { op: 'set', table: 'outbox', key, body: { sealed, ch }, group: this.id, rank } as const;
    return { operations: [row], stream: { out } };
  }

  /** One line for all issues of a transaction and direction, so that the log costs little and stays readable. */
  private activity(): StoreOperation[] {
    const lines: StoreOperation[] = [];
    for (const [direction, keys] of Object.entries(this.told)) {
      const [first, ...more] = keys;
      if (first === undefined) continue;
      const text = `${direction === 'sent' ? 'Sent' : 'Received'} changes of ${[...keys].join(', ')}.`;
      const issue = more.length === 0 ? { issueKey: first } : {};
      lines.push(activityRow(this.ports, this.id, { level: 'info', text, ...issue }));
    }
    return lines;
  }

  /** False only for `guarded`: box or incoming row have changed; the new ones are taken over and nothing was written. */
  private async write(
    operations: () => StoreOperation[],
    stream: Stream,
    mode: 'alone' | 'guarded',
  ): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const newRev = this.ports.random.id(revisionBytes);
      const guards = mode === 'guarded' ? this.guards() : [];
      const head = setStreamRow(this.id, rowKeys.stream(this.id), compactStream(stream), {
        if: { rev: this.revisions.stream },
        newRev,
      });
      if ((await this.ports.store.transact([head, ...operations(), ...guards])) === 'done') {
        this.revisions.stream = newRev;
        return true;
      }
      const news = await this.refresh();
      const noted = await this.rows.keepNotedAgain();
      if (mode === 'guarded' && news) return false;
      if (!news && !noted) throw new RowsChanged(this.id);
    }
    throw new RowsChanged(this.id);
  }

  /** Reads the heads again after a conflict; true when anything is new. Throws LeaseLost. */
  private async refresh(): Promise<boolean> {
    const fresh = await readStreamRows(this.ports, this.id);
    const before = this.revisions;
    this.revisions = { stream: fresh.stream.rev, incoming: fresh.incoming.rev, box: fresh.box.rev };
    const isOurs = this.held && fresh.stream.body.owner === this.owner;
    // A store that makes its own revisions shows ours under another one.
    if (fresh.stream.rev !== before.stream && !isOurs) throw new LeaseLost(this.id);
    this.incoming = fresh.incoming.body;
    this.box = fresh.box.body;
    return (
      fresh.stream.rev !== before.stream ||
      fresh.incoming.rev !== before.incoming ||
      fresh.box.rev !== before.box
    );
  }

  /** Hints were taken over when they were read, so they are cleared; nobody may have left others since. */
  private guards(): StoreOperation[] {
    const key = rowKeys.box(this.id);
    const same = { if: { rev: this.revisions.box } };
    const { overflow, ...box } = this.box;
    const isEmpty = box.hints.length === 0 && overflow === undefined;
    return [
      isEmpty
        ? { op: 'check', table: 'stream', key, ...same }
        : setStreamRow(this.id, key, { ...box, hints: [] }, same),
      { op: 'check', table: 'stream', key: rowKeys.incoming(this.id), if: { rev: this.revisions.incoming } },
    ];
  }
}
