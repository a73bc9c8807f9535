/** Checks an exported log by itself: nothing changed, missing, repeated, moved or cut off; names the first broken entry. */
import { chainStart } from '../protocol/envelope';
import { hashText } from '../protocol/hash';
import { type AuditFile, type AuditHeader, type AuditStreams, readAuditFile } from './audit-file';
import { auditStart, hashOwn, linkOf, toHex } from './chain';
import type { AuditBatch, AuditEntry, AuditLane } from './entry';

export type Verified =
  | { ok: true; file: AuditFile; counts: { admin: number; sync: number; out: number; in: number } }
  /** `line` of the file, counted from 1; absent where something is missing at the end. */
  | { ok: false; why: string; line?: number; entry?: { lane: AuditLane; n: number } };

type Broken = Extract<Verified, { ok: false }>;

export function verifyAudit(text: string): Verified {
  const read = readAuditFile(text);
  if (!read.ok) return read;
  const { file } = read;
  const broken = checkLinks(file) ?? checkStream(file, 'out') ?? checkStream(file, 'in');
  if (broken !== undefined) return broken;
  const { admin, sync } = file.header.heads;
  const counts = {
    admin: admin.n,
    sync: sync.n,
    out: batchesOf(file, 'out').length,
    in: batchesOf(file, 'in').length,
  };
  return { ok: true, file, counts };
}

/** All batches of one direction, epoch by epoch, in order of their sequence. */
export function batchesOf(
  file: AuditFile,
  direction: 'out' | 'in',
): { entry: AuditEntry; batch: AuditBatch }[] {
  const epochs = new Map<string, { entry: AuditEntry; batch: AuditBatch }[]>();
  for (const { entry } of file.entries) {
    for (const batch of entry[direction] ?? []) {
      const epoch = batch.ep;
      epochs.set(epoch, [...(epochs.get(epoch) ?? []), { entry, batch }]);
    }
  }
  return [...epochs.values()].flatMap((found) => found.sort((one, other) => one.batch.seq - other.batch.seq));
}

function checkLinks({ header, entries }: AuditFile): Broken | undefined {
  const heads = { admin: auditStart(header.link, 'admin'), sync: auditStart(header.link, 'sync') };
  for (const { line, entry } of entries) {
    const { lane, n } = entry;
    const before = heads[lane];
    const broken = (why: string): Broken => ({ ok: false, why, line, entry: { lane, n } });
    if (n !== before.n + 1) return broken(`Entry ${before.n + 1} should stand here.`);
    const own = checkOwn(header, entry);
    if (own !== undefined) return broken(own);
    if (linkOf(before.h, entry) !== entry.h) return broken('It is not what was chained.');
    heads[lane] = { n, h: entry.h };
  }
  for (const lane of ['admin', 'sync'] as const) {
    const end = header.heads[lane];
    if (heads[lane].n < end.n) {
      const n = heads[lane].n + 1;
      return {
        ok: false,
        why: `The log goes on to entry ${end.n}, which this file lacks.`,
        entry: { lane, n },
      };
    }
    if (heads[lane].n !== end.n || heads[lane].h !== end.h) {
      return {
        ok: false,
        why: 'The header names another end of the log.',
        line: 1,
        entry: { lane, n: end.n },
      };
    }
  }
  return undefined;
}

function checkOwn(header: AuditHeader, { own, oh }: AuditEntry): string | undefined {
  if (header.form === 'shared')
    return own === undefined ? undefined : 'A shared file has no parts of its own.';
  if ((own === undefined) !== (oh === undefined)) return 'Its own part is missing.';
  if (own !== undefined && hashOwn(header.salt ?? '', own) !== oh) return 'Its own part was changed.';
  return undefined;
}

interface StreamEnd {
  ep: string;
  seq: number;
  ch: string;
}

/** Every batch once, without a hole, and in the epoch at hand they lead to the chain that the seals confirmed. */
function checkStream(file: AuditFile, direction: 'out' | 'in'): Broken | undefined {
  const head = file.header.streams[direction];
  const what = direction === 'out' ? 'Message' : "The partner's message";
  let end: StreamEnd | undefined;
  for (const { entry, batch } of batchesOf(file, direction)) {
    const { ep, seq } = batch;
    // What admins agree on may be dealt with before data that waits.
    if (isNow(head, ep) && seq > (head?.seq ?? 0)) continue;
    if (ep !== end?.ep) end = startOf(file.header, head, batch);
    if (seq !== end.seq + 1) return lost(entry, `${what} ${end.seq + 1} should come before ${seq}.`);
    end = { ep, seq, ch: end.ch === '' ? '' : hashText(end.ch + toHex(batch.bh)) };
  }
  const why = head === undefined ? undefined : checkEnd(head, end, what);
  return why === undefined ? undefined : { ok: false, why };
}

function checkEnd(
  head: NonNullable<StreamHead>,
  end: StreamEnd | undefined,
  what: string,
): string | undefined {
  const now = end !== undefined && isNow(head, end.ep) ? end : { seq: head.ep.from ?? 0, ch: head.ch };
  if (now.seq !== head.seq) return `${what} ${now.seq + 1} is missing: ${head.seq} were counted.`;
  if (head.ch === undefined || now.ch === head.ch) return undefined;
  return `${what}s do not lead to the chain that was sealed.`;
}

type StreamHead = AuditStreams['out'];

function isNow(head: StreamHead, ep: string): boolean {
  return ep === head?.ep.id;
}

/** Of a past epoch nobody knows any more where its numbers and its chain began. */
function startOf({ link }: AuditHeader, head: StreamHead, { ep = '', seq }: AuditBatch): StreamEnd {
  if (head === undefined || !isNow(head, ep)) return { ep, seq: seq - 1, ch: '' };
  return { ep, seq: head.ep.from ?? 0, ch: chainStart(link, head.ep.id) };
}

function lost({ lane, n }: AuditEntry, why: string): Broken {
  return { ok: false, why, entry: { lane, n } };
}
