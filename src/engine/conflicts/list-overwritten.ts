/** A page of the values that gave way to others, newest first. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { type OverwrittenRow, overwrittenGroup, overwrittenSchema } from '../rows/overwritten';

const pageSize = 50;

export interface ShownOverwritten extends Omit<OverwrittenRow, 'value' | 'pair' | 'slot'> {
  entry: string;
  /** False where it was too long to keep. */
  canRestore: boolean;
}

export async function listOverwritten(
  ports: Ports,
  request: { id: string; cursor?: string | undefined },
): Promise<{ entries: ShownOverwritten[]; cursor?: string }> {
  const connection = await requireConnection(ports, request.id);
  const listed = await ports.store.list({
    table: 'activity',
    group: overwrittenGroup(connection.id),
    order: 'descending',
    limit: pageSize,
    ...(request.cursor === undefined ? {} : { cursor: request.cursor }),
  });
  const entries = listed.rows.map(({ key, body }) => {
    const { value, pair: _pair, slot: _slot, ...shown } = overwrittenSchema.parse(body);
    return {
      ...shown,
      entry: key.slice(overwrittenGroup(connection.id).length + 1),
      canRestore: value !== undefined,
    };
  });
  return { entries, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}
