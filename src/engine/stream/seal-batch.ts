/** Seals a batch that is about to be cut, as the row of the outbox that keeps it until it is acknowledged. */
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { paddedRank, rowKeys } from '../rows/keys';
import { longestSealed } from '../rows/outbox';
import type { Incoming, Stream } from '../rows/stream';
import { sealEnvelope } from './envelopes';

/** `stream.out` is the head with this batch in it; `before` is the head without. Throws when no row could hold the batch. */
export async function sealBatch(
  ports: Ports,
  connection: Connection,
  heads: { stream: Stream; incoming: Incoming },
  { body, before }: { body: string; before: Stream['out'] },
): Promise<StoreOperation> {
  const { id } = connection;
  const { seq, ch } = heads.stream.out;
  const sealed = await sealEnvelope(ports, connection, heads, { kind: 'batch', seq, ch, body });
  if (sealed.length > longestSealed) throw new Error(`Connection ${id}: batch ${seq} is too big.`);
  return {
    op: 'set',
    table: 'outbox',
    key: rowKeys.outbox(id, seq),
    body: before.acked < before.seq ? { sealed, before: before.ch } : { sealed },
    group: id,
    rank: paddedRank(seq),
  };
}
