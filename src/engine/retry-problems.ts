/** Tries everything that waits once more. */
import { requireConnection } from './connect/require-connection';
import { noteAspect } from './note-change';
import type { Ports } from './ports/ports';
import { issuelessId } from './rows/dirty';
import { problemRowSchema } from './rows/problem';
import { isRunning } from './rows/registry';

const page = 100;

/** `retried`: pairs and comments that are looked at again; what still fails comes back as a problem. */
export async function retryProblems(ports: Ports, request: { id: string }): Promise<{ retried: number }> {
  const connection = await requireConnection(ports, request.id);
  const entry = { id: connection.id, running: isRunning(connection) };
  const listed = await ports.store.list({ table: 'problem', group: connection.id, limit: page });
  let retried = 0;
  for (const row of listed.rows) {
    const { issueId, comment, file } = problemRowSchema.parse(row.body);
    const subject = row.key.slice(connection.id.length + 1);
    if (file !== undefined) {
      if (issueId === undefined) continue;
      await noteAspect(ports, entry, issueId, `fetch:${file}`);
    } else if (comment === undefined)
      await noteAspect(ports, entry, issueId ?? issuelessId(subject), 'retry');
    else if (issueId !== undefined) await noteAspect(ports, entry, issueId, `recomment:${comment}`);
    else continue;
    retried += 1;
  }
  return { retried };
}
