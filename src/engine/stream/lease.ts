/**
 * Lease: the right to write for a connection. Every write is conditional on the stream row's revision, so a holder whose
 * time is over, or who was overtaken before its first write, cannot change anything any more.
 */
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { rowKeys } from '../rows/keys';
import type { Box, Incoming, Stream } from '../rows/stream';
import { LeaseLost, RowsChanged } from './errors';
import { compactStream } from './heads';
import { readStream, readStreamRows, type StreamRows, setStreamRow } from './rows';
import type { Staging } from './staging';

/** Collisions would only matter between two writes of one row. */
const revisionBytes = 5;
const mostTries = 10;

/** `guarded`: the write gives the lease back, so nobody may have left anything since it was read. */
export type WriteMode = 'alone' | 'guarded';

/** What others wrote, as last read, and who we are. */
export class Lease {
  readonly owner: string;
  incoming: Incoming;
  box: Box;
  isHeld = false;
  private readonly ports: Ports;
  private readonly id: string;
  private fence = 0;
  private revisions: { stream: string; incoming: string; box: string };

  constructor(ports: Ports, id: string, owner: string, rows: StreamRows) {
    this.ports = ports;
    this.id = id;
    this.owner = owner;
    this.incoming = rows.incoming.body;
    this.box = rows.box.body;
    this.revisions = revisionsOf(rows);
  }

  /** `stream` as it is while we work: ours until the invocation ends. */
  sign(stream: Stream): Stream {
    const until = this.ports.clock.now() + Math.max(0, this.ports.budget.remainingMs());
    const fence = this.isHeld ? stream.fence : stream.fence + 1;
    return { ...stream, owner: this.owner, until, fence };
  }

  /** Gives the lease back after a failure without writing anything else; best effort. */
  async abandon(): Promise<void> {
    if (!this.isHeld) return;
    const read = await readStream(this.ports, this.id);
    if (read === undefined || read.body.owner !== this.owner || read.body.fence !== this.fence) return;
    const { owner: _owner, until: _until, ...stream } = read.body;
    const key = rowKeys.stream(this.id);
    await this.ports.store.transact([setStreamRow(this.id, key, stream, { if: { rev: read.rev } })]);
  }

  /**
   * Writes the stream row with what is staged. False only for `guarded`: somebody left something, which is taken over
   * now; nothing was written. Throws LeaseLost, RowsChanged.
   */
  async write(
    mode: WriteMode,
    stream: Stream,
    staging: Staging,
    more: readonly StoreOperation[],
  ): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const newRev = this.ports.random.id(revisionBytes);
      const key = rowKeys.stream(this.id);
      const head = setStreamRow(this.id, key, compactStream(stream), {
        if: { rev: this.revisions.stream },
        newRev,
      });
      const guards = mode === 'guarded' ? this.guards() : [];
      const operations = [head, ...staging.operations(), ...more, ...guards];
      if ((await this.ports.store.transact(operations)) === 'done') {
        this.revisions.stream = newRev;
        this.isHeld = mode === 'alone';
        this.fence = stream.fence;
        return true;
      }
      const isNew = await this.refresh();
      const isNotedAgain = await staging.keepNotedAgain();
      if (mode === 'guarded' && isNew) return false;
      if (!isNew && !isNotedAgain) break;
    }
    throw new RowsChanged(this.id);
  }

  /** Reads the heads again, after a conflict or a long while; true when anything is new. Throws LeaseLost. */
  async refresh(): Promise<boolean> {
    const fresh = await readStreamRows(this.ports, this.id);
    const before = this.revisions;
    const after = revisionsOf(fresh);
    // A store that makes its own revisions shows our last write under another one.
    const { owner, fence } = fresh.stream.body;
    const isOurs = this.isHeld && owner === this.owner && fence === this.fence;
    if (after.stream !== before.stream && !isOurs) throw new LeaseLost(this.id);
    this.revisions = after;
    this.incoming = fresh.incoming.body;
    this.box = fresh.box.body;
    return after.stream !== before.stream || after.incoming !== before.incoming || after.box !== before.box;
  }

  /** Hints were taken over when they were read, so they are cleared here. */
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

function revisionsOf(rows: StreamRows): { stream: string; incoming: string; box: string } {
  return { stream: rows.stream.rev, incoming: rows.incoming.rev, box: rows.box.rev };
}
