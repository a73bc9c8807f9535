/** Posts what admins agree on: durable at once, sent in order, also while no data may flow. */
import type { ControlOperation } from '#core/protocol/operations';
import type { Ports } from './ports/ports';
import { paddedRank, rowKeys } from './rows/keys';
import { readBox, setStreamRow } from './stream/rows';

/** Lost races mean that others went through; so many in a row mean a bug. */
const mostTries = 20;

/** Returns once it is stored and the worker was woken. */
export async function postControl(
  ports: Ports,
  connection: string,
  operation: ControlOperation,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { body: box, rev } = await readBox(ports, connection);
    const number = box.control;
    const written = await ports.store.transact([
      setStreamRow(connection, rowKeys.box(connection), { ...box, control: number + 1 }, { if: { rev } }),
      {
        op: 'set',
        table: 'outbox',
        key: rowKeys.control(connection, number),
        body: { operation },
        group: connection,
        rank: `control:${paddedRank(number)}`,
      },
    ]);
    if (written === 'done') return ports.queue.wake({ connection, hints: [] });
  }
  throw new Error(`Connection ${connection}: posting ${operation.op} lost ${mostTries} races.`);
}
