/** Takes in what the partner says it has of our stream: proved copies are dropped, applied offers count as such. */
import type { Ack } from '#core/protocol/envelope';
import { recordActivityOnce } from '../record-activity';
import { rowKeys } from '../rows/keys';
import { outboxSchema } from '../rows/outbox';
import type { Session } from './session';

/** A lower acknowledgement than known arrives late and changes nothing; one that claims another history is not believed. */
export async function takeAck(session: Session, ack: Ack): Promise<void> {
  const { out, ep } = session.stream;
  if (ack.ep.id !== ep.id || ack.seq > out.seq) return noteOtherHistory(session);
  if (ack.seq > out.acked) {
    if ((await chainAt(session, ack.seq)) !== ack.ch) return noteOtherHistory(session);
    for (let seq = out.acked + 1; seq <= ack.seq; seq += 1) {
      if (!session.hasRoom) await session.commit();
      session.rows.remove('outbox', rowKeys.outbox(session.id, seq));
      session.change((stream) => ({ ...stream, out: { ...stream.out, acked: seq } }));
    }
  }
  const done = Math.min(ack.done, ack.seq);
  // What the incoming row says already needs no write of its own.
  if (done > session.done && session.stream.in.applied >= ack.at) {
    session.change((stream) => ({ ...stream, out: { ...stream.out, done } }));
  }
}

async function chainAt(session: Session, seq: number): Promise<string | undefined> {
  const { out } = session.stream;
  if (seq === out.seq) return out.ch;
  const row = await session.ports.store.get('outbox', rowKeys.outbox(session.id, seq));
  return row === undefined ? undefined : outboxSchema.parse(row.body).ch;
}

function noteOtherHistory(session: Session): Promise<void> {
  return recordActivityOnce(session.ports, session.id, 'history', {
    level: 'error',
    text: 'The partner acknowledges messages that this site did not send. One of the sites may have been restored or copied.',
  });
}
