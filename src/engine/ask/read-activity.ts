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
  // Entries of the audit log without a line for people are not shown; a page may be empty and still have a cursor.
  const all = listed.rows.map((row) => activitySchema.parse(row.body));
  const entries = all.filter(({ text }) => text !== '');
  return { entries, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}
