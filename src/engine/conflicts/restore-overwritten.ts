/** Puts back a value that gave way: it is written here as an ordinary edit, which then travels as any other. */
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { overwrittenSchema } from '../rows/overwritten';
import { leaveOrder, requirePair } from './leave-order';

/** What it replaces now is no conflict: whoever restores has seen it. Throws a refusal. */
export async function restoreOverwritten(
  ports: Ports,
  request: { id: string; entry: string },
): Promise<void> {
  const row = await ports.store.get('activity', rowKeys.overwritten(request.id, request.entry));
  if (row === undefined) throw new Refusal('notFound', 'This value is not kept any more.');
  const { pair: pairId, slot, value } = overwrittenSchema.parse(row.body);
  const { connection, pair } = await requirePair(ports, request.id, pairId);
  if (value === undefined) {
    throw new Refusal(
      'notPossible',
      'This value was too long to keep. The issue history in Jira may have it.',
    );
  }
  await leaveOrder(ports, connection, pair, { slot, kind: 'restore', value });
}
