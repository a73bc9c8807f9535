/** Leaves a value for the worker to write into our issue of a pair. */
import { type Pair, pairSchema } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import { noteAspect } from '../note-change';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import { type Orders, ordersGroup, ordersSchema } from '../rows/orders';
import { isRunning } from '../rows/registry';

/** Orders of two people for one issue at once. */
const attempts = 5;

/** A pair with an issue here. Throws a refusal. */
export async function requirePair(
  ports: Ports,
  id: string,
  pairId: string,
): Promise<{ connection: Connection; pair: Pair }> {
  const connection = await requireConnection(ports, id);
  const row = await ports.store.get('pair', rowKeys.pair(connection.id, pairId));
  const pair = row === undefined ? undefined : pairSchema.parse(row.body);
  if (pair?.local === undefined || pair.state === 'gone') {
    throw new Refusal('notFound', 'The issue is not part of this synchronization any more.');
  }
  return { connection, pair };
}

/** Durable when it returns; a later order for the same field replaces an earlier one. */
export async function leaveOrder(
  ports: Ports,
  connection: Connection,
  pair: Pair,
  order: { slot: string; kind: 'resolve' | 'restore'; value: FieldValue; version?: string },
): Promise<void> {
  const { slot, ...what } = order;
  const key = rowKeys.orders(connection.id, pair.pair);
  const place = { group: ordersGroup(connection.id), rank: pair.pair };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const row = await ports.store.get('problem', key);
    const before = row === undefined ? { slots: {} } : ordersSchema.parse(row.body);
    const body: Orders = { slots: { ...before.slots, [slot]: { ...what, at: ports.clock.now() } } };
    const condition = row === undefined ? { absent: true as const } : { rev: row.rev };
    const stored = await ports.store.transact([
      { op: 'set', table: 'problem', key, body, ...place, if: condition },
    ]);
    if (stored === 'done') return wake(ports, connection, pair);
  }
  throw new Refusal('conflict', 'Somebody else is changing this issue. Try again.');
}

async function wake(ports: Ports, connection: Connection, pair: Pair): Promise<void> {
  const entry = { id: connection.id, running: isRunning(connection) };
  await noteAspect(ports, entry, pair.local?.id ?? '', 'retry');
}
