/** Reads the three rows of a stream, and makes them for a connection that has none yet. */
import { chainStart } from '#core/protocol/envelope';
import type { Ports } from '../ports/ports';
import type { Row, StoreOperation } from '../ports/store';
import { rowKeys } from '../rows/keys';
import {
  type Box,
  boxSchema,
  type Incoming,
  incomingSchema,
  type Stream,
  streamGroup,
  streamSchema,
} from '../rows/stream';

const epochIdBytes = 8;
const saltBytes = 16;

/** A row as it was read, with the revision that a conditional write needs. */
export interface Read<T> {
  body: T;
  rev: string;
}

export interface StreamRows {
  stream: Read<Stream>;
  incoming: Read<Incoming>;
  box: Read<Box>;
}

/** All three, strictly consistent; made when they are missing. */
export async function readStreamRows(ports: Ports, connection: string): Promise<StreamRows> {
  for (let tries = 0; tries < 3; tries += 1) {
    const [stream, incoming, box] = await Promise.all([
      ports.store.get('stream', rowKeys.stream(connection)),
      ports.store.get('stream', rowKeys.incoming(connection)),
      ports.store.get('stream', rowKeys.box(connection)),
    ]);
    if (stream !== undefined && incoming !== undefined && box !== undefined) {
      return {
        stream: parseRow(stream, streamSchema),
        incoming: parseRow(incoming, incomingSchema),
        box: parseRow(box, boxSchema),
      };
    }
    await makeStreamRows(ports, connection);
  }
  throw new Error(`Connection ${connection}: its stream rows could not be made.`);
}

/** One of the three, strictly consistent; undefined before the first message or work. */
export async function readStream(ports: Ports, connection: string): Promise<Read<Stream> | undefined> {
  const row = await ports.store.get('stream', rowKeys.stream(connection));
  return row === undefined ? undefined : parseRow(row, streamSchema);
}

export async function readBox(ports: Ports, connection: string): Promise<Read<Box>> {
  const row = await ports.store.get('stream', rowKeys.box(connection));
  return row === undefined ? (await readStreamRows(ports, connection)).box : parseRow(row, boxSchema);
}

/** Writes one of the three rows; its key tells which. */
export function setStreamRow(
  connection: string,
  key: string,
  body: Stream | Incoming | Box,
  rest: Partial<Extract<StoreOperation, { op: 'set' }>> = {},
): StoreOperation {
  const rank = key.slice(connection.length);
  return { op: 'set', table: 'stream', key, body, group: streamGroup(connection), rank, ...rest };
}

async function makeStreamRows(ports: Ports, connection: string): Promise<void> {
  const ep = { n: 1, id: ports.random.id(epochIdBytes) };
  const stream: Stream = {
    fence: 0,
    ep,
    out: { seq: 0, ch: chainStart(connection, ep.id), acked: 0, done: 0, control: 1 },
    in: { applied: 0 },
    counts: { pairs: 0, sent: 0, received: 0 },
  };
  const incoming: Incoming = { seq: 0, ch: '', buffered: [] };
  const box: Box = { hints: [], control: 1, salt: ports.random.id(saltBytes) };
  const absent = { if: { absent: true } as const };
  // Somebody else may have been first; then theirs count.
  await ports.store.transact([
    setStreamRow(connection, rowKeys.stream(connection), stream, absent),
    setStreamRow(connection, rowKeys.incoming(connection), incoming, absent),
    setStreamRow(connection, rowKeys.box(connection), box, absent),
  ]);
}

function parseRow<T>(row: Row, schema: { parse(body: unknown): T }): Read<T> {
  return { body: schema.parse(row.body), rev: row.rev };
}
