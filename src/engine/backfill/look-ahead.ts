/** Looks at what came in and is not applied yet, so that what belongs together can be done together. */
import { type BatchEntry, parseBody } from '#core/protocol/envelope';
import { controlOperationSchema, type DataOperation } from '#core/protocol/operations';
import { inboxPlace } from '../epoch/inbox-lives';
import { inboxSchema } from '../rows/inbox';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';

/** Batches looked at, at most. */
const mostBatches = 32;

export interface Upcoming<Op extends DataOperation['op']> {
  operation: Extract<DataOperation, { op: Op }>;
  /** Of the batch that carries it. */
  seq: number;
}

/**
 * Operations of one kind that are to be applied next, in order, at most `most`, up to the first thing that may change
 * what is agreed. `batches`: how many to look at; the one being applied is read already.
 */
export async function upcoming<Op extends DataOperation['op']>(
  session: Session,
  op: Op,
  { most, batches = mostBatches }: { most: number; batches?: number },
): Promise<Upcoming<Op>[]> {
  const found: Upcoming<Op>[] = [];
  for await (const { entry, seq } of entriesAhead(session, batches)) {
    if (isAgreement(entry)) break;
    if (isOf(entry, op)) found.push({ operation: entry.operation, seq });
    if (found.length >= most) break;
  }
  return found;
}

async function* entriesAhead(
  session: Session,
  batches: number,
): AsyncGenerator<{ entry: BatchEntry; seq: number }> {
  const { applied, ops = 0, ahead = [] } = session.stream.in;
  const last = Math.min(inboxPlace(session.stream, session.incoming).end, applied + batches);
  for (let seq = applied + 1; seq <= last; seq += 1) {
    const entries = ahead.includes(seq) ? [] : await readAhead(session, seq);
    if (entries === undefined) return;
    for (const entry of entries.slice(seq === applied + 1 ? ops : 0)) yield { entry, seq };
  }
}

async function readAhead(session: Session, seq: number): Promise<BatchEntry[] | undefined> {
  const { batches, bodies } = session.memory;
  const known = batches.get(seq);
  if (known !== undefined) return known;
  const row = await session.ports.store.get('inbox', rowKeys.inbox(session.id, seq));
  if (row === undefined) return undefined;
  const { body } = inboxSchema.parse(row.body);
  const entries = parseBody(body);
  if (entries === undefined) return undefined;
  batches.set(seq, entries);
  bodies.set(seq, body);
  return entries;
}

function isAgreement(entry: BatchEntry): boolean {
  return entry.known && controlOperationSchema.safeParse(entry.operation).success;
}

function isOf<Op extends DataOperation['op']>(
  entry: BatchEntry,
  op: Op,
): entry is { known: true; operation: Extract<DataOperation, { op: Op }> } {
  return entry.known && entry.operation.op === op;
}
