/** Puts control operations on the stream, in the order in which they were posted and before any data. */
import { rowKeys } from '../rows/keys';
import { controlItemSchema } from '../rows/outbox';
import { isVerified } from './heads';
import type { Session } from './session';

/** Each gets a batch of its own, so that a partner who is stopped can carry it out while data waits. */
export async function cutControl(session: Session): Promise<void> {
  while (session.stream.out.control < session.box.control) {
    const number = session.stream.out.control;
    const key = rowKeys.control(session.id, number);
    const row = await session.ports.store.get('outbox', key);
    if (row !== undefined) {
      const { operation } = controlItemSchema.parse(row.body);
      const isAlways = operation.op === 'partner.confirmed' || operation.op === 'goodbye';
      // Nothing else may be said before both admins have confirmed the words; it waits in its place.
      if (!isAlways && !isVerified(session.connection)) return;
      if (session.isSaying) await session.commit();
      session.say(operation);
      session.rows.stage({ op: 'delete', table: 'outbox', key });
    }
    session.change((stream) => ({ ...stream, out: { ...stream.out, control: number + 1 } }));
    if (session.isSaying) await session.commit();
  }
}
