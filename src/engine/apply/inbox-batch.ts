/** One batch that came in: reading it, carrying out what admins agreed with it, and being done with it. */
import { type BatchEntry, parseBody } from '#core/protocol/envelope';
import { type ControlOperation, controlOperationSchema, type DataOperation } from '#core/protocol/operations';
import type { ControlHandlers } from '../control-handlers';
import { lifeOf } from '../epoch/inbox-lives';
import { Refusal } from '../errors';
import type { Agreement } from '../pairs/agreement';
import type { Outcome } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { inboxSchema } from '../rows/inbox';
import { rowKeys } from '../rows/keys';
import { isVerified } from '../stream/heads';
import type { Session } from '../stream/session';

/** What applying needs; the verbs are handed in, so that none of them has to know who calls. */
export interface Applying {
  session: Session;
  handlers: ControlHandlers;
  apply: (session: Session, agreement: Agreement, operation: DataOperation, seq: number) => Promise<Outcome>;
}

export type ControlEntry = { known: true; operation: ControlOperation };

export function isControl(entry: BatchEntry): entry is ControlEntry {
  return entry.known && controlOperationSchema.safeParse(entry.operation).success;
}

/** A body that nobody can read counts as empty: it is set aside and the stream goes on. */
export async function readBatch(session: Session, seq: number): Promise<BatchEntry[]> {
  const known = session.memory.batches.get(seq);
  if (known !== undefined) return known;
  const row = await session.ports.store.get('inbox', rowKeys.inbox(session.id, seq));
  if (row === undefined) return session.missing(`batch ${seq} of the partner`);
  const { body } = inboxSchema.parse(row.body);
  session.memory.bodies.set(seq, body);
  const entries = parseBody(body);
  if (entries !== undefined) {
    session.memory.batches.set(seq, entries);
    return entries;
  }
  setAside(session, `Message ${seq} of the partner could not be read. It was set aside.`);
  return [];
}

/** Moves `applied` over it. */
export function finishBatch(session: Session, seq: number): void {
  logReceived(session, seq);
  session.memory.batches.delete(seq);
  session.rows.remove('inbox', rowKeys.inbox(session.id, seq));
  session.change((stream) => {
    const { ops: _ops, ahead, ...rest } = stream.in;
    const left = ahead?.filter((one) => one !== seq) ?? [];
    return { ...stream, in: { ...rest, applied: seq, ...(left.length === 0 ? {} : { ahead: left }) } };
  });
}

/** For the audit log, once: a batch that was carried out ahead of others was logged then. */
export function logReceived(session: Session, seq: number): void {
  const body = session.memory.bodies.get(seq);
  if (body === undefined || session.stream.in.ahead?.includes(seq) === true) return;
  session.memory.bodies.delete(seq);
  const ep = lifeOf(session.stream, session.incoming) ?? '';
  session.log.noteReceived(body, { seq, ep });
}

/** Before both admins have confirmed the words, nothing but that confirmation counts. */
export async function applyControl(
  { session, handlers }: Applying,
  { operation }: ControlEntry,
  seq: number,
): Promise<void> {
  const isAlways = operation.op === 'partner.confirmed' || operation.op === 'goodbye';
  if (!isAlways && !isVerified(session.connection)) {
    setAside(
      session,
      `"${operation.op}" came in before both admins had confirmed the words. It was ignored.`,
    );
    return;
  }
  // What earlier operations staged was decided with the connection row as it was before.
  if (session.hasStaged) await session.commit();
  const handle = handlers[operation.op] as (
    ports: Ports,
    connection: Connection,
    operation: ControlOperation,
    seq: number,
  ) => Promise<void>;
  try {
    await handle(session.ports, session.connection, operation, seq);
  } catch (error) {
    // What is not possible now stays undone; the stream goes on.
    if (!(error instanceof Refusal)) throw error;
    setAside(session, error.message);
  }
  await session.reload();
}

/** A line for the admin about something that was not applied and will not be. */
export function setAside(session: Session, text: string): void {
  session.rows.stage(activityRow(session.ports, session.id, { level: 'error', text }));
}
