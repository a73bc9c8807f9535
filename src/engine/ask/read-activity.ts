/** A page of the activity log, newest first. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { type Activity, activitySchema } from '../rows/activity';

const pageSize = 50;

export async function readActivity(
  ports: Ports,
  request: { id: string; cursor?: string | undefined },
): Promise<{ entries: Activity[]; cursor?: string }> {
  await requireConnection(ports, request.id);
  const listed = await ports.store.list({
    table: 'activity',
    group: request.id,
    order: 'descending',
    limit: pageSize,
    ...(request.cursor === undefined ? {} : { cursor: request.cursor }),
  });
  const entries = listed.rows.map((row) => activitySchema.parse(row.body));
  return { entries, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}
