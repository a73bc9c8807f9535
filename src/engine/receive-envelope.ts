/** Receives a sealed message of a partner: verified, stored, then acknowledged; nothing is applied here and Jira not asked. */
import { judgeEpoch, startOf } from '#core/epoch/judge-epoch';
import { type Ack, chainNext, chainStart, type Envelope, type Epoch } from '#core/protocol/envelope';
import { hashText } from '#core/protocol/hash';
import { epochCause, longSilenceMs } from './epoch/epoch-cause';
import { askAboutSender, judgeHome, noteStrange } from './epoch/partner-home';
import type { Ports } from './ports/ports';
import type { StoreOperation } from './ports/store';
import { recordActivityOnce } from './record-activity';
import type { Connection } from './rows/connection';
import { paddedRank, rowKeys } from './rows/keys';
import { type Incoming, mostPast, type Stream } from './rows/stream';
import { openEnvelope, partnerOf, sealEnvelope } from './stream/envelopes';
import { effectiveDone, windowSize } from './stream/heads';
import { readStream, readStreamRows, type StreamRows, setStreamRow } from './stream/rows';

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
    const answered = await takeIn(ports, connection, opened.envelope);
    if (answered !== undefined) return answered;
  }
  // Others kept coming first; the partner sends again.
  return { status: 503, body: '' };
}

/** Undefined: somebody else wrote first. */
async function takeIn(
  ports: Ports,
  connection: Connection,
  envelope: Envelope,
): Promise<{ status: number; body: string } | undefined> {
  const rows = await readStreamRows(ports, connection.id);
  const { home, probe } = envelope;
  const from = judgeHome(connection, rows.incoming.body, home);
  if (from.kind === 'strange') return refuseStrange(ports, connection, rows, home ?? '');
  const taken = takeEnvelope(connection, from.incoming, envelope);
  if (taken.why !== undefined) await noteRefused(ports, connection, taken.why);
  // Others are told what we have: a partner whose memory was put back learns it from that.
  if (taken.isBroken === true) return nothing;
  const { incoming } = taken;
  const isNew = incoming !== rows.incoming.body;
  const heard = isNew ? withHeard(connection, incoming, ports.clock.now()) : incoming;
  const operations = isNew ? [setIncoming(connection.id, heard, rows.incoming.rev), ...taken.rows] : [];
  if (isNew && (await ports.store.transact(operations)) === 'conflict') return undefined;
  return answer(ports, connection, { before: rows.incoming.body, after: heard, probe });
}

/** Two that speak with one key: an admin is asked before either of them is heard further. */
async function refuseStrange(
  ports: Ports,
  { id }: Connection,
  { incoming }: StreamRows,
  home: string,
): Promise<{ status: number; body: string }> {
  const asked = noteStrange(incoming.body, home, ports.clock.now());
  if (asked !== incoming.body) await ports.store.transact([setIncoming(id, asked, incoming.rev)]);
  await askAboutSender(ports, id);
  return nothing;
}

/** A long silence is remembered: the app may have slept, or been put back, meanwhile. Who was never heard is silent since the start. */
function withHeard({ run }: Connection, incoming: Incoming, now: number): Incoming {
  const from = incoming.heardAt ?? run.startedAt;
  const isLong = from !== undefined && now - from >= longSilenceMs;
  return { ...incoming, heardAt: now, ...(isLong ? { silence: { from, until: now } } : {}) };
}

/** `why`: it was refused; then the row is as before. */
interface Taken {
  incoming: Incoming;
  rows: StoreOperation[];
  why?: string;
  /** No memory explains it. */
  isBroken?: true;
}

/** The incoming row after this envelope; the same object when it says nothing new. Pure. */
function takeEnvelope(connection: Connection, before: Incoming, envelope: Envelope): Taken {
  const refused = (why: string): Taken => ({ incoming: before, rows: [], why });
  const verdict = judgeEpoch(before.ep && { ep: before.ep, seq: before.seq }, envelope.ep);
  if (verdict === 'late') return { incoming: before, rows: [] };
  if (verdict === 'rival') {
    return refused(
      'The partner sent what does not fit to what it sent before: it may have been restored or copied.',
    );
  }
  const known = verdict === 'same' ? before : beginEpoch(connection, before, envelope.ep);
  const incoming = withAck(known, envelope.ack);
  if (envelope.kind === 'ctl') return { incoming, rows: [] };
  const { seq, body } = envelope;
  if (seq === incoming.seq && envelope.ch !== incoming.ch) {
    return refused(`Message ${seq} of the partner came with another content than before.`);
  }
  const isKnown = seq <= incoming.seq || incoming.buffered.some((one) => one.seq === seq);
  const isFar = seq > incoming.seq + windowSize || incoming.buffered.length >= windowSize;
  if (isKnown || (isFar && seq !== incoming.seq + 1)) return { incoming, rows: [] };
  if (seq === incoming.seq + 1 && chainNext(incoming.ch, body) !== envelope.ch) {
    const why = `Message ${seq} of the partner does not continue the one before it.`;
    return { ...refused(why), isBroken: true };
  }
  const key = rowKeys.inbox(connection.id, seq);
  const place = { group: connection.id, rank: paddedRank(seq) };
  const row: StoreOperation = { op: 'set', table: 'inbox', key, body: { body }, ...place };
  const buffered = [...incoming.buffered, { seq, bh: hashText(body), ch: envelope.ch }];
  return { incoming: advance({ ...incoming, buffered }), rows: [row] };
}

/** What was stored of the epoch before is applied first; what came beyond a hole of it never will be. */
function beginEpoch(connection: Connection, before: Incoming, ep: Epoch): Incoming {
  const from = startOf(ep);
  const began = { ...before, ep, seq: from, ch: chainStart(connection.id, ep.id), buffered: [] };
  if (before.ep === undefined) return began;
  const ended = { ep: before.ep.id, from: startOf(before.ep), seq: before.seq };
  return { ...began, past: [...(before.past ?? []), ended].slice(-mostPast) };
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
  { before, after, probe }: { before: Incoming; after: Incoming; probe: string | undefined },
): Promise<{ status: number; body: string }> {
  const read = await readStream(ports, connection.id);
  if (read === undefined) return nothing;
  const stream = read.body;
  const isNews = after.seq > stream.in.applied || isAwaited(stream, before, after);
  const clocks = { now: ports.clock.now(), startedAt: connection.run.startedAt };
  if (isNews || (after !== before && epochCause(stream, after, clocks) !== undefined)) {
    await ports.queue.wake({ connection: connection.id, hints: [] });
  }
  const echo = probe === undefined ? {} : { echo: probe };
  const body = await sealEnvelope(ports, connection, { stream, incoming: after }, echo);
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
  await noteRefused(ports, connection, why);
  return nothing;
}

async function noteRefused(ports: Ports, connection: Connection, why: string): Promise<void> {
  const text = `${why} It was refused and changed nothing.`;
  await recordActivityOnce(ports, connection.id, 'refused-stream', { level: 'warning', text });
}

function setIncoming(connection: string, incoming: Incoming, rev: string): StoreOperation {
  return setStreamRow(connection, rowKeys.incoming(connection), incoming, { if: { rev } });
}
