/** While stopped here, data waits in the inbox; what the admins agree on must not wait behind it. */
import { inboxPlace } from '../epoch/inbox-lives';
import { rowKeys } from '../rows/keys';
import { mayApply } from '../stream/heads';
import type { Session } from '../stream/session';
import {
  type Applying,
  applyControl,
  type ControlEntry,
  isControl,
  logReceived,
  readBatch,
} from './inbox-batch';

export type Searched = 'stopped' | 'started' | 'ended';

/** Carries out whole batches of control operations behind the first one that waits; each batch is looked at once. */
export async function searchControl(work: Applying): Promise<Searched> {
  const { session } = work;
  const { applied, scanned } = session.stream.in;
  const first = Math.max(applied + 1, scanned ?? 0) + 1;
  const { end } = inboxPlace(session.stream, session.incoming);
  for (let seq = first; seq <= end; seq += 1) {
    const entries = await readBatch(session, seq);
    if (entries.length > 0 && entries.every(isControl)) {
      await carryOut(work, entries, seq);
      if (session.connection.phase !== 'joined') return 'ended';
      noteAhead(session, seq);
    }
    session.change((stream) => ({ ...stream, in: { ...stream.in, scanned: seq } }));
    if (mayApply(session.connection)) return 'started';
  }
  return 'stopped';
}

async function carryOut(work: Applying, entries: ControlEntry[], seq: number): Promise<void> {
  for (const entry of entries) {
    if (!work.session.hasRoom) await work.session.commit();
    await applyControl(work, entry, seq);
  }
}

function noteAhead(session: Session, seq: number): void {
  logReceived(session, seq);
  session.rows.remove('inbox', rowKeys.inbox(session.id, seq));
  session.change((stream) => ({
    ...stream,
    in: { ...stream.in, ahead: [...(stream.in.ahead ?? []), seq] },
  }));
}
