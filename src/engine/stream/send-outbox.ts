/** Sends sealed copies which are not acknowledged yet, in order, always the same bytes; the answer acknowledges. */
import { protocolVersion } from '#core/protocol/envelope';
import type { Outer } from '#core/protocol/handshake';
import { causeOf } from '../epoch/epoch-cause';
import { judgeHome } from '../epoch/partner-home';
import { recordActivityOnce } from '../record-activity';
import { rowKeys } from '../rows/keys';
import { outboxSchema } from '../rows/outbox';
import { openEnvelope, partnerOf, sealEnvelope } from './envelopes';
import type { Session } from './session';
import { takeAck } from './take-ack';

/** First pause before a message is sent again, doubling up to the longest (exchange.md 4.4: https). */
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;
/** Time that one message may need, milliseconds. */
const reserveMs = 8_000;
const nonceBytes = 8;
/** How exactly it is remembered when the partner was heard, milliseconds. */
const heardMs = 1_800_000;

export type Sent =
  /** `count`: messages that were taken. `isAll`: nothing is left to send. */
  | { kind: 'sent'; count: number; isAll: boolean }
  /** `isNew`: this run found out. */
  | { kind: 'later'; afterMs: number; isNew: boolean };

/** Nothing may be staged to be said. `isAlive`: the partner was heard just now, so earlier failures do not count. */
export async function sendOutbox(session: Session, isAlive: boolean): Promise<Sent> {
  const { nextAt = 0, tries = 0 } = session.stream.out;
  const now = session.ports.clock.now();
  let count = 0;
  if (session.stream.out.acked < session.stream.out.seq && tries > 0 && nextAt > now && !isAlive) {
    return { kind: 'later', afterMs: nextAt - now, isNew: false };
  }
  while (session.stream.out.acked < session.stream.out.seq) {
    if (session.ports.budget.remainingMs() < reserveMs) return { kind: 'sent', count, isAll: false };
    const before = session.stream.out.acked;
    const row = await session.ports.store.get('outbox', rowKeys.outbox(session.id, before + 1));
    if (row === undefined) return session.missing(`sealed copy ${before + 1}`);
    const isAnswered = await post(session, outboxSchema.parse(row.body).sealed);
    // The messages are not sent again: a new epoch begins.
    if (session.memory.epoch !== undefined) return { kind: 'sent', count, isAll: false };
    if (!isAnswered || session.stream.out.acked === before) return fail(session);
    count += 1;
  }
  if (count > 0) succeed(session);
  return { kind: 'sent', count, isAll: true };
}

/** Says nothing but what we have and how far it is applied; the answer says the same of the partner. True when it came. */
export async function sendAck(session: Session): Promise<boolean> {
  const { stream, incoming } = session;
  const sealed = await sealEnvelope(session.ports, session.connection, { stream, incoming });
  return post(session, sealed);
}

/** `nonce`: of a question that stands in the message. False also when the answer calls for a new epoch (`memory.epoch`). */
async function post(session: Session, sealed: string, nonce?: string): Promise<boolean> {
  const partner = partnerOf(session.connection);
  if (partner === undefined) return false;
  const outer: Outer = { v: protocolVersion, link: session.id, kind: 'stream', sealed };
  const sent = await session.ports.transport.send(partner.endpoint, JSON.stringify(outer));
  if (sent.kind === 'unreachable') return false;
  if (sent.status !== 200) {
    const text = 'The app on the partner site does not take messages of this synchronization at present.';
    await recordActivityOnce(session.ports, session.id, 'not-taken', { level: 'warning', text });
    return false;
  }
  const opened = await openEnvelope(session.ports, session.connection, sent.body);
  if (!opened.ok || opened.envelope.kind !== 'ctl') return false;
  const { ack, echo, home } = opened.envelope;
  if (judgeHome(session.connection, session.incoming, home).kind === 'strange') return false;
  const taken = await takeAck(session, ack);
  if (taken === 'taken') {
    noteHeard(session);
    return true;
  }
  const { memory, stream, incoming } = session;
  if (taken === 'ahead') {
    memory.epoch = causeOf(stream, incoming, { mine: true, told: ack });
    return false;
  }
  // Only an answer that cannot be an old one proves that the partner has less than before.
  if (nonce === undefined) return probe(session);
  if (echo !== nonce) return false;
  memory.epoch = causeOf(stream, incoming, { mine: false });
  return false;
}

/** Not with every message: it costs a write. */
function noteHeard(session: Session): void {
  const now = session.ports.clock.now();
  if (now - (session.stream.heardAt ?? 0) < heardMs) return;
  session.change((stream) => ({ ...stream, heardAt: now }));
}

async function probe(session: Session): Promise<boolean> {
  const { stream, incoming, ports } = session;
  const nonce = ports.random.id(nonceBytes);
  const sealed = await sealEnvelope(ports, session.connection, { stream, incoming }, { probe: nonce });
  return post(session, sealed, nonce);
}

function fail(session: Session): Sent {
  const tries = (session.stream.out.tries ?? 0) + 1;
  const afterMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
  const nextAt = session.ports.clock.now() + afterMs;
  session.change((stream) => ({ ...stream, out: { ...stream.out, tries, nextAt } }));
  return { kind: 'later', afterMs, isNew: true };
}

function succeed(session: Session): void {
  const { tries: _tries, nextAt: _nextAt, ...out } = session.stream.out;
  session.change((stream) => ({ ...stream, out, heardAt: session.ports.clock.now() }));
}
