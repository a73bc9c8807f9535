/** Counters of a connection as screens show them, read from the rows of its stream without touching them. */
import { countThere } from '#core/backfill/progress';
import type { Ports } from '../ports/ports';
import type { Row } from '../ports/store';
import { dirtySchema } from '../rows/dirty';
import { rowKeys } from '../rows/keys';
import { type Incoming, incomingSchema, type Stream, streamSchema } from '../rows/stream';
import { effectiveDone } from '../stream/heads';

/** Noted changes beyond this are not counted one by one. */
const mostCounted = 100;

export interface StreamFacts {
  pairs: number;
  sent: number;
  received: number;
  /** Noted changes and sent batches that the partner has not stored yet. */
  queued: number;
  /** Everything up to this time is on both sites. */
  inSyncAsOf?: number;
  backfill?: { total: number; done: number };
}

/** Zeros before the first message. */
export async function readStreamFacts(ports: Ports, connection: string): Promise<StreamFacts> {
  const [stream, incoming, noted] = await Promise.all([
    ports.store.get('stream', rowKeys.stream(connection)),
    ports.store.get('stream', rowKeys.incoming(connection)),
    ports.store.list({ table: 'dirty', group: connection, limit: mostCounted }),
  ]);
  if (stream === undefined) return { pairs: 0, sent: 0, received: 0, queued: noted.rows.length };
  return factsOf(streamSchema.parse(stream.body), parseIncoming(incoming), noted.rows);
}

function factsOf(stream: Stream, incoming: Incoming | undefined, noted: Row[]): StreamFacts {
  const acked = Math.max(stream.out.acked, incoming?.ack?.seq ?? 0);
  const queued = noted.length + Math.max(0, stream.out.seq - acked);
  const inSyncAsOf = syncedUntil(stream, incoming, noted, queued);
  const progress = backfillOf(stream, incoming);
  return {
    ...stream.counts,
    queued,
    ...(inSyncAsOf === undefined ? {} : { inSyncAsOf }),
    ...(progress === undefined ? {} : { backfill: progress }),
  };
}

/** Counted is what is over there, not what was sent. */
function backfillOf(
  stream: Stream,
  incoming: Incoming | undefined,
): { total: number; done: number } | undefined {
  const { backfill } = stream;
  if (backfill === undefined) return undefined;
  const applied = incoming === undefined ? stream.out.done : effectiveDone(stream, incoming);
  const done = countThere(backfill.done, backfill.sent ?? [], applied);
  if (backfill.finished && done === backfill.done) return undefined;
  return { total: Math.max(backfill.total ?? 0, backfill.done + (backfill.page?.size ?? 0)), done };
}

/** With nothing on the way: when the partner was last heard; else the time of the oldest change that waits. */
function syncedUntil(
  stream: Stream,
  incoming: Incoming | undefined,
  noted: Row[],
  queued: number,
): number | undefined {
  const heard = Math.max(stream.heardAt ?? 0, incoming?.heardAt ?? 0);
  if (heard === 0) return undefined;
  if (queued === 0) return heard;
  const oldest = noted.map((row) => dirtySchema.parse(row.body).at);
  return Math.min(heard, ...oldest);
}

function parseIncoming(row: Row | undefined): Incoming | undefined {
  return row === undefined ? undefined : incomingSchema.parse(row.body);
}
