/** Everything that waits for somebody, oldest first. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { type ProblemItem, problemRowSchema } from '../rows/problem';

const mostRows = 100;

interface Problem extends ProblemItem {
  issueKey?: string;
}

/** `id` names row and item, so that each line of the screen has its own. */
export async function readProblems(ports: Ports, request: { id: string }): Promise<{ problems: Problem[] }> {
  await requireConnection(ports, request.id);
  const listed = await ports.store.list({ table: 'problem', group: request.id, limit: mostRows });
  const problems = listed.rows.flatMap((row) => {
    const { items, issueKey } = problemRowSchema.parse(row.body);
    const issue = issueKey === undefined ? {} : { issueKey };
    return items.map((item) => ({ ...item, ...issue, id: `${row.key}:${item.id}` }));
  });
  return { problems: problems.sort((one, other) => one.at - other.at) };
}
