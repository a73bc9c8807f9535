/** Hands out the audit log of a synchronization as JSON Lines, page by page. */
import { type AuditStreams, makeHeader, printLine, withoutOwn } from '#core/audit/audit-file';
import { auditStart, hashOwn } from '#core/audit/chain';
import { type AuditEntry, type AuditHead, type AuditLane, auditEntrySchema } from '#core/audit/entry';
import { requireConnection } from '../connect/require-connection';
import { lifeOf } from '../epoch/inbox-lives';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import { incomingSchema, type Stream } from '../rows/stream';
import { readStream } from '../stream/rows';
import { auditKey, storedEntrySchema } from './rows';

/** Rows read at once. */
const width = 40;
/** Entries and characters of a page; an answer of a resolver takes 5 MB. */
const mostEntries = 1_000;
const longestPage = 1_500_000;
/** A page ends in good order with this much time left, milliseconds. */
const reserveMs = 6_000;

export interface ExportRequest {
  id: string;
  /** `shared`: for the partner, without what only this site knows. */
  form: 'full' | 'shared';
  cursor?: string | undefined;
}

/** The pages one after the other are the file. What is written meanwhile is not part of it. */
export async function exportAudit(
  ports: Ports,
  request: ExportRequest,
): Promise<{ lines: string; entries: number; cursor?: string }> {
  const row = await requireConnection(ports, request.id);
  const begun = request.cursor === undefined ? await begin(ports, row, request.form) : undefined;
  let place = begun?.place ?? parseCursor(request.cursor ?? '');
  const salt = row.audit?.salt ?? '';
  let lines = begun?.header ?? '';
  let entries = 0;
  while (place.next <= place.ends[place.lane] || place.lane === 'admin') {
    if (place.next > place.ends[place.lane]) {
      place = { ...place, lane: 'sync', next: 1 };
      continue;
    }
    const isFull = entries >= mostEntries || lines.length > longestPage;
    if (entries > 0 && (isFull || ports.budget.remainingMs() < reserveMs)) {
      return { lines, entries, cursor: printCursor(place) };
    }
    const last = Math.min(place.next + width - 1, place.ends[place.lane]);
    const read = await readEntries(ports, row.id, { ...place, last }, salt);
    lines += read.map((entry) => printLine(request.form === 'full' ? entry : withoutOwn(entry))).join('');
    entries += read.length;
    place = { ...place, next: last + 1 };
  }
  return { lines, entries };
}

interface Place {
  lane: AuditLane;
  next: number;
  ends: Record<AuditLane, number>;
}

async function begin(
  ports: Ports,
  row: Connection,
  form: 'full' | 'shared',
): Promise<{ header: string; place: Place }> {
  const { sync, streams } = row.audit?.ended ?? (await syncEnd(ports, row.id));
  const { n, h } = row.audit ?? auditStart(row.id, 'admin');
  const header = makeHeader({
    concord: 'audit',
    v: 1,
    link: row.id,
    role: row.role,
    at: ports.clock.now(),
    form,
    ...(form === 'full' ? { salt: row.audit?.salt ?? '' } : {}),
    heads: { admin: { n, h }, sync },
    streams,
  });
  return { header: printLine(header), place: { lane: 'admin', next: 1, ends: { admin: n, sync: sync.n } } };
}

/** Where the lane `sync` is, and what had travelled by then. */
export async function syncEnd(ports: Ports, id: string): Promise<{ sync: AuditHead; streams: AuditStreams }> {
  const read = await readStream(ports, id);
  const sync = read?.body.audit ?? auditStart(id, 'sync');
  return { sync, streams: read === undefined ? {} : await streamsOf(ports, id, read.body) };
}

async function streamsOf(ports: Ports, id: string, stream: Stream): Promise<AuditStreams> {
  const { ep, out } = stream;
  const row = await ports.store.get('stream', rowKeys.incoming(id));
  const incoming = row === undefined ? undefined : incomingSchema.parse(row.body);
  const { applied } = stream.in;
  const isNow = incoming?.ep !== undefined && lifeOf(stream, incoming) === incoming.ep.id;
  const isThere = incoming?.seq === applied && applied > 0;
  return {
    out: { ep, seq: out.seq, ch: out.ch },
    ...(incoming?.ep !== undefined && isNow
      ? { in: { ep: incoming.ep, seq: applied, ...(isThere ? { ch: incoming.ch } : {}) } }
      : {}),
  };
}

/** A row that is gone is left out: whoever checks the file finds the hole. */
async function readEntries(
  ports: Ports,
  id: string,
  place: { lane: AuditLane; next: number; last: number },
  salt: string,
): Promise<AuditEntry[]> {
  const { lane, next, last } = place;
  const numbers = Array.from({ length: last - next + 1 }, (_, index) => next + index);
  const rows = await Promise.all(numbers.map((n) => ports.store.get('activity', auditKey(id, lane, n))));
  return rows.flatMap((row) => {
    if (row === undefined) return [];
    const { at, text, issueKey, audit } = storedEntrySchema.parse(row.body);
    const line = text === '' ? undefined : { text, ...(issueKey === undefined ? {} : { issueKey }) };
    const { own = line, ...rest } = audit;
    const hashed = own === undefined ? {} : { own, oh: hashOwn(salt, own) };
    return [auditEntrySchema.parse({ lane, at, ...rest, ...hashed })];
  });
}

function printCursor({ lane, next, ends }: Place): string {
  return `${lane}:${next}:${ends.admin}:${ends.sync}`;
}

function parseCursor(text: string): Place {
  const match = /^(admin|sync):(\d{1,12}):(\d{1,12}):(\d{1,12})$/.exec(text);
  if (match === null) throw new Refusal('invalid', 'Begin the export again.');
  const [, lane, next, admin, sync] = match;
  return {
    lane: lane === 'admin' ? 'admin' : 'sync',
    next: Math.max(1, Number(next)),
    ends: { admin: Number(admin), sync: Number(sync) },
  };
}
