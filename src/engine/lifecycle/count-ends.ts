/** Counts the ends that were passed on or carried out within the last hour, in a row of their own. */
import { type EndsWindow, endsWindowSchema, noEnds, noteEnds } from '#core/lifecycle/mass-deletion';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';

export async function readEndsWindow(session: Session): Promise<EndsWindow> {
  const body = await session.rows.read('issueIndex', rowKeys.ends(session.id));
  return body === undefined ? noEnds : endsWindowSchema.parse(body);
}

/** To be called where the end is acted on. What an admin let pass as one of many, or decided alone, is not counted. */
export async function countEnd(session: Session, pair: string): Promise<void> {
  if (!session.memory.countedEnds.delete(pair)) return;
  const window = noteEnds(await readEndsWindow(session), 1, session.ports.clock.now());
  const key = rowKeys.ends(session.id);
  session.rows.put('issueIndex', key, window, { group: session.id, rank: 'ends' });
}
