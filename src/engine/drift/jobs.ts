/** Reads and stages the rows of a check, and says in the connection row whether there is anything to do. */
import type { Connection } from '../rows/connection';
import type { Session } from '../stream/session';
import { updateConnection } from '../update-connection';
import { driftKeys, type MyCheck, myCheckSchema, type TheirCheck, theirCheckSchema } from './rows';

export async function readMine(session: Session): Promise<MyCheck | undefined> {
  const body = await session.rows.read('issueIndex', driftKeys.mine(session.id));
  return body === undefined ? undefined : myCheckSchema.parse(body);
}

export async function readTheirs(session: Session): Promise<TheirCheck | undefined> {
  const body = await session.rows.read('issueIndex', driftKeys.theirs(session.id));
  return body === undefined ? undefined : theirCheckSchema.parse(body);
}

export function putMine(session: Session, body: MyCheck): void {
  putDriftRow(session, driftKeys.mine(session.id), body);
}

export function putTheirs(session: Session, body: TheirCheck): void {
  putDriftRow(session, driftKeys.theirs(session.id), body);
}

export function putDriftRow(session: Session, key: string, body: unknown): void {
  session.rows.put('issueIndex', key, body, { group: session.id, rank: 'drift' });
}

/** `undefined`: there is nothing to do any more. To be called after the rows are durable, or by whoever repeats it. */
export async function flagDrift(session: Session, whose: 'mine' | 'theirs', check?: string): Promise<void> {
  await updateConnection(session.ports, session.id, (row) => withFlag(row, whose, check));
  await session.reload();
}

export function withFlag(row: Connection, whose: 'mine' | 'theirs', check?: string): Connection {
  const { drift: before, ...rest } = row;
  const { [whose]: _old, ...other } = before ?? {};
  const drift = check === undefined ? other : { ...other, [whose]: check };
  return Object.keys(drift).length === 0 ? rest : { ...rest, drift };
}
