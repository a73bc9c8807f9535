/** Tries everything that waits once more. */
import { requireConnection } from './connect/require-connection';
import { noteAspect } from './note-change';
import type { Ports } from './ports/ports';
import { type Aspect, issuelessId } from './rows/dirty';
import { type ProblemRow, problemRowSchema } from './rows/problem';
import { isRunning } from './rows/registry';

const page = 100;

/** `retried`: pairs, comments, files and logged work that are looked at again; what still fails comes back as a problem. */
export async function retryProblems(ports: Ports, request: { id: string }): Promise<{ retried: number }> {
  const connection = await requireConnection(ports, request.id);
  const entry = { id: connection.id, running: isRunning(connection) };
  const listed = await ports.store.list({ table: 'problem', group: connection.id, limit: page });
  let retried = 0;
  for (const row of listed.rows) {
    const problem = problemRowSchema.parse(row.body);
    const subject = row.key.slice(connection.id.length + 1);
    const wanted = lookAgain(problem, subject);
    if (wanted === undefined) continue;
    await noteAspect(ports, entry, wanted.issueId, wanted.aspect);
    retried += 1;
  }
  return { retried };
}

/** What has to be looked at; `subject`: what its key says behind the connection. Undefined for what hangs on an issue that is not here. */
export function lookAgain(
  problem: ProblemRow,
  subject: string,
): { issueId: string; aspect: Aspect } | undefined {
  const { issueId, comment, worklog, file, links } = problem;
  if (links === true) return issueId === undefined ? undefined : { issueId, aspect: 'links' };
  const part =
    file !== undefined
      ? (`fetch:${file}` as const)
      : worklog !== undefined
        ? (`rework:${worklog}` as const)
        : comment !== undefined
          ? (`recomment:${comment}` as const)
          : undefined;
  if (part === undefined) return { issueId: issueId ?? issuelessId(subject), aspect: 'retry' };
  return issueId === undefined ? undefined : { issueId, aspect: part };
}
