/** Receives a sealed message of a partner: verified, stored, then acknowledged; nothing is applied here and Jira not asked. */
import { type Ack, chainNext, chainStart, type Envelope } from '#core/protocol/envelope';
import { hashText } from '#core/protocol/hash';
import type { Ports } from './ports/ports';
import type { StoreOperation } from './ports/store';
import { recordActivityOnce } from './record-activity';
import type { Connection } from './rows/connection';
import { paddedRank, rowKeys } from './rows/keys';
import type { Incoming, Stream } from './rows/stream';
import { openEnvelope, partnerOf, sealEnvelope } from './stream/envelopes';
import { effectiveDone, windowSize } from './stream/heads';
import { readStream, readStreamRows, setStreamRow } from './stream/rows';

/** Characters of a sealed message: the largest batch with room to spare. */
const longestSealed = 1_000_000;
const mostTries = 20;

/** Whatever is wrong gets this: it tells nothing. */
const nothing = { status: 404, body: '' };

/** `connection`: the row that the outer text names. A repeat is acknowledged again, never applied again. */
export async function receiveEnvelope(
  ports: Ports,
  connection: Connection,
  sealed: string,
): Promise<{ status: number; body: string }> {
  if (sealed.length > longestSealed || partnerOf(connection) === undefined) return nothing;
  const opened = await openEnvelope(ports, connection, sealed);
  if (!opened.ok) return refuse(ports, connection, opened.why);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const rows = await readStreamRows(ports, connection.id);
    const taken = takeEnvelope(connection, rows.incoming.body, opened.envelope);
    if (!taken.ok) return refuse(ports, connection, taken.why);
    const { incoming } = taken;
    const isNew = incoming !== rows.incoming.body;
    const heard: Incoming = isNew ? { ...incoming, heardAt: ports.clock.now() } : incoming;
    const operations = isNew ? [setIncoming(connection.id, heard, rows.incoming.rev), ...taken.rows] : [];
    if (isNew && (await ports.store.transact(operations)) === 'conflict') continue;
    return answer(ports, connection, { before: rows.incoming.body, after: heard });
  }
  // Others kept coming first; the partner sends again.
  return { status: 503, body: '' };
}

type Taken = { ok: true; incoming: Incoming; rows: StoreOperation[] } | { ok: false; why: string };

/** The incoming row after this envelope; the same object when it says nothing new. Pure. */
function takeEnvelope(connection: Connection, before: Incoming, envelope: Envelope): Taken {
  if (before.ep !== undefined && before.ep.id !== envelope.ep.id) {
    return {
      ok: false,
      why: 'The partner began a new numbering: its site may have been restored or copied.',
    };
  }
  const ch = before.ep === undefined ? chainStart(connection.id, envelope.ep.id) : before.ch;
  const known: Incoming = before.ep === undefined ? { ...before, ep: envelope.ep, ch } : before;
  const incoming = withAck(known, envelope.ack);
  if (envelope.kind === 'ctl') return { ok: true, incoming, rows: [] };
  const { seq, body } = envelope;
  if (seq === incoming.seq && envelope.ch !== incoming.ch) {
    return { ok: false, why: `Message ${seq} of the partner came with another content than before.` };
  }
  const isKnown = seq <= incoming.seq || incoming.buffered.some((one) => one.seq === seq);
  const isFar = seq > incoming.seq + windowSize || incoming.buffered.length >= windowSize;
  if (isKnown || (isFar && seq !== incoming.seq + 1)) return { ok: true, incoming, rows: [] };
  if (seq === incoming.seq + 1 && chainNext(incoming.ch, body) !== envelope.ch) {
    return { ok: false, why: `Message ${seq} of the partner does not continue the one before it.` };
  }
  const key = rowKeys.inbox(connection.id, seq);
  const place = { group: connection.id, rank: paddedRank(seq) };
  const row: StoreOperation = { op: 'set', table: 'inbox', key, body: { body }, ...place };
  const buffered = [...incoming.buffered, { seq, bh: hashText(body), ch: envelope.ch }];
  return { ok: true, incoming: advance({ ...incoming, buffered }), rows: [row] };
}

/** Moves over what is without a hole now. What does not continue the chain is forgotten and sent again. */
function advance(incoming: Incoming): Incoming {
  let { seq, ch } = incoming;
  let buffered = incoming.buffered;
  for (;;) {
    const next = buffered.find((one) => one.seq === seq + 1);
    if (next === undefined) return { ...incoming, seq, ch, buffered };
    buffered = buffered.filter((one) => one !== next);
    if (hashText(ch + next.bh) !== next.ch) return { ...incoming, seq, ch, buffered };
    seq = next.seq;
    ch = next.ch;
  }
}

/** Channels reorder: an acknowledgement that says less than the known one is late. */
function withAck(incoming: Incoming, ack: Ack | undefined): Incoming {
  const known = incoming.ack;
  if (ack === undefined) return incoming;
  const isNewer =
    known === undefined ||
    ack.done > known.done ||
    ack.seq > known.seq ||
    (ack.done === known.done && ack.at < known.at);
  return isNewer ? { ...incoming, ack } : incoming;
}

/** Read after the write: whoever stops working checks in the other order, so one of both sees the other's. */
async function answer(
  ports: Ports,
  connection: Connection,
  { before, after }: { before: Incoming; after: Incoming },
): Promise<{ status: number; body: string }> {
  const read = await readStream(ports, connection.id);
  if (read === undefined) return nothing;
  const stream = read.body;
  if (after.seq > stream.in.applied || isAwaited(stream, before, after)) {
    await ports.queue.wake({ connection: connection.id, hints: [] });
  }
  const body = await sealEnvelope(ports, connection, { stream, incoming: after });
  return { status: 200, body };
}

/** Changes wait for exactly this acknowledgement. */
function isAwaited(stream: Stream, before: Incoming, after: Incoming): boolean {
  const isWaiting =
    (stream.waiting?.length ?? 0) > 0 || stream.overflow === true || stream.backfill?.waits === true;
  return isWaiting && effectiveDone(stream, after) > effectiveDone(stream, before);
}

async function refuse(
  ports: Ports,
  connection: Connection,
  why: string,
): Promise<{ status: number; body: string }> {
  const text = `${why} It was refused and changed nothing.`;
  await recordActivityOnce(ports, connection.id, 'refused-stream', { level: 'warning', text });
  return nothing;
}

function setIncoming(connection: string, incoming: Incoming, rev: string): StoreOperation {
  return setStreamRow(connection, rowKeys.incoming(connection), incoming, { if: { rev } });
}
