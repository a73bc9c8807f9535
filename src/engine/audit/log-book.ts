/** Log book: what a worker did since its last commit. It becomes one row: a line for people, and an entry of the audit log. */
import { appendEntry, auditStart } from '#core/audit/chain';
import type { AuditBatch, AuditHead } from '#core/audit/entry';
import { listBatch } from '#core/audit/list-batch';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { paddedRank } from '../rows/keys';
import type { Stream } from '../rows/stream';
import { type AppliedChange, appliedRow } from '../undo/rows';
import { auditKey, type StoredEntry } from './rows';

/** Characters of what is noted; a row of the store holds 240 KiB. */
const longestEntry = 60_000;
const longestApplied = 120_000;

/** Nothing here is durable before `close` is written. */
export class LogBook {
  /** The partner's batch that is being applied. */
  seq: number | undefined;
  private received: AuditBatch[] = [];
  private readonly applied = new Map<number, AppliedChange[]>();
  private readonly told = { sent: new Set<string>(), received: new Set<string>() };
  private lengths = { entry: 0, applied: 0 };

  /** False when a commit should come before anything else is noted. */
  get hasRoom(): boolean {
    return this.lengths.entry < longestEntry && this.lengths.applied < longestApplied;
  }

  /** Names an issue in the line for people. */
  tell(direction: 'sent' | 'received', issueKey: string): void {
    this.told[direction].add(issueKey);
  }

  /** A batch of the partner is dealt with. `body`: as it came. */
  noteReceived(body: string, place: { seq: number; ep: string }): void {
    const batch = listBatch(body, place);
    this.received.push(batch);
    this.lengths.entry += JSON.stringify(batch).length;
  }

  /** What the batch at hand changed here, so that it can be undone; a value that would not fit is left out. */
  noteApplied(change: AppliedChange): void {
    if (this.seq === undefined) return;
    const length = JSON.stringify(change).length;
    const isFit = this.lengths.applied + length < longestApplied;
    const noted = isFit ? change : withoutValues(change);
    this.applied.set(this.seq, [...(this.applied.get(this.seq) ?? []), noted]);
    this.lengths.applied += isFit ? length : 0;
  }

  /** Rows to be written with the stream row, which gets `head`. Changes nothing, so it can be repeated. */
  close(
    about: { ports: Ports; connection: Connection; stream: Stream },
    sent?: { body: string; seq: number } | undefined,
  ): { head: { audit?: AuditHead }; rows: StoreOperation[] } {
    const { ports, connection, stream } = about;
    const out = sent === undefined ? [] : [listBatch(sent.body, { seq: sent.seq, ep: stream.ep.id })];
    const own = this.line();
    if (out.length === 0 && this.received.length === 0 && own === undefined) return { head: {}, rows: [] };
    const at = ports.clock.now();
    const { entry, head } = appendEntry(
      stream.audit ?? auditStart(connection.id, 'sync'),
      connection.audit?.salt ?? '',
      {
        lane: 'sync',
        at,
        ...(out.length === 0 ? {} : { out }),
        ...(this.received.length === 0 ? {} : { in: this.received }),
        ...(own === undefined ? {} : { own }),
      },
    );
    const { lane: _lane, at: _at, own: _own, oh: _hashed, ...audit } = entry;
    const body: StoredEntry & { level: 'info' } = { at, level: 'info', text: '', ...own, audit };
    const key = auditKey(connection.id, 'sync', entry.n);
    const rank = `${paddedRank(at)}:s${entry.n}`;
    const row: StoreOperation = { op: 'set', table: 'activity', key, body, group: connection.id, rank };
    const undoable = [...this.applied].map(([seq, changes]) =>
      appliedRow(connection.id, { seq, at, changes }, entry.n),
    );
    return { head: { audit: head }, rows: [row, ...undoable] };
  }

  forget(): void {
    this.received = [];
    this.applied.clear();
    this.told.sent.clear();
    this.told.received.clear();
    this.lengths = { entry: 0, applied: 0 };
  }

  private line(): { text: string; issueKey?: string } | undefined {
    const parts: string[] = [];
    for (const direction of ['sent', 'received'] as const) {
      const keys = [...this.told[direction]].join(', ');
      if (keys !== '') parts.push(`${direction === 'sent' ? 'Sent' : 'Received'} changes of ${keys}.`);
    }
    if (parts.length === 0) return undefined;
    const [issueKey, ...others] = new Set([...this.told.sent, ...this.told.received]);
    const isOne = issueKey !== undefined && issueKey.length <= 64 && others.length === 0;
    return { text: parts.join(' ').slice(0, 2_000), ...(isOne ? { issueKey } : {}) };
  }
}

function withoutValues({ slots, ...change }: AppliedChange): AppliedChange {
  if (slots === undefined) return change;
  const bare = Object.fromEntries(Object.entries(slots).map(([slot, { is }]) => [slot, { is }]));
  return { ...change, slots: bare };
}
