/** Says up to which message the seals of both sites prove the same history. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { incomingSchema } from '../rows/stream';
import { readStream } from '../stream/rows';

/** `same`: the partner's sealed answer carries our own chain up to that message. */
export interface Chains {
  sent: number;
  same: number;
  stored: number;
  applied: number;
  forgot: boolean;
  heardAt?: number;
}

/** Asks nobody: an answer with another chain is never taken, so what is counted here was proved when it came. */
export async function readChains(ports: Ports, request: { id: string }): Promise<Chains> {
  const connection = await requireConnection(ports, request.id);
  const [stream, row] = await Promise.all([
    readStream(ports, connection.id),
    ports.store.get('stream', rowKeys.incoming(connection.id)),
  ]);
  const incoming = row === undefined ? undefined : incomingSchema.parse(row.body);
  const body = stream?.body;
  return {
    sent: body?.out.seq ?? 0,
    same: body?.out.acked ?? 0,
    stored: incoming?.seq ?? 0,
    applied: body?.in.applied ?? 0,
    forgot: body?.resync !== undefined,
    ...(incoming?.heardAt === undefined ? {} : { heardAt: incoming.heardAt }),
  };
}
