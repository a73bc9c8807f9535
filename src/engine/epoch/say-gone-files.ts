/**
 * Says of the files of an issue that are gone that they were there, and then that they are gone. Who forgot their copies finds them
 * by the name and the size, as copies of files carry no mark.
 */
import type { Pair } from '#core/model/pair';
import { attachmentTwinSchema } from '../rows/attachment-twin';
import type { Session } from '../stream/session';
import { listTwinRows } from './twin-rows';

/** To be said after what is there, so that a copy which could stand for either stands for what is there. */
export async function sayGoneFiles(
  session: Session,
  { pair }: Pair,
  listed: readonly { id: string }[],
): Promise<void> {
  const here = new Set(listed.map(({ id }) => id));
  for (const { name: attachment, body } of await listTwinRows(session, 'attachmentTwin', pair)) {
    const { origin, local, name, size, mime } = attachmentTwinSchema.parse(body);
    if (origin !== 'here' || local === undefined || here.has(local)) continue;
    if (!session.hasRoom) await session.commit();
    session.say({ op: 'attachment.put', pair, attachment, name, size, mime, again: true });
    session.say({ op: 'attachment.delete', pair, attachment });
  }
}
