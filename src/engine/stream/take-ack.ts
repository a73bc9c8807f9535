/** Takes in what the partner says it has of our stream: proved copies are dropped, applied offers count as such. */
import { judgeAck } from '#core/epoch/judge-epoch';
import type { Ack } from '#core/protocol/envelope';
import { ownHead } from '../epoch/epoch-cause';
import { rowKeys } from '../rows/keys';
import { outboxSchema } from '../rows/outbox';
import type { Session } from './session';

/** What the answer of the partner proves: `ahead`, `lower` as in `judgeAck`. */
export type Taken = 'taken' | 'ahead' | 'lower';

/** A lower acknowledgement than known changes nothing here; one of another history is not believed. */
export async function takeAck(session: Session, ack: Ack | undefined): Promise<Taken> {
  const verdict = judgeAck(ownHead(session.stream), ack);
  if (verdict === 'ahead' || verdict === 'lower') return verdict;
  if (ack === undefined || verdict === 'late') return 'taken';
  const { out } = session.stream;
  if (ack.seq > out.acked) {
    if ((await chainAt(session, ack.seq)) !== ack.ch) return 'ahead';
    for (let seq = out.acked + 1; seq <= ack.seq; seq += 1) {
      if (!session.hasRoom) await session.commit();
      session.rows.remove('outbox', rowKeys.outbox(session.id, seq));
      session.change((stream) => ({ ...stream, out: { ...stream.out, acked: seq } }));
    }
  }
  const done = Math.min(ack.done, ack.seq);
  const isSettling = session.stream.resync === undefined && session.stream.in.applied >= ack.at;
  // What the incoming row says already needs no write of its own.
  if (isSettling && done > session.done) {
    session.change((stream) => ({ ...stream, out: { ...stream.out, done } }));
  }
  return 'taken';
}

async function chainAt(session: Session, seq: number): Promise<string | undefined> {
  const { out } = session.stream;
  if (seq === out.seq) return out.ch;
  const next = await session.ports.store.get('outbox', rowKeys.outbox(session.id, seq + 1));
  return next === undefined ? undefined : outboxSchema.parse(next.body).before;
}
