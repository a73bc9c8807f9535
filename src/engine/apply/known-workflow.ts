/** What was seen of workflows on the way, kept so that a long way need not be searched twice. A hint only: Jira decides. */
import { z } from 'zod';
import type { AvailableTransition, LearnedWorkflow } from '#core/mapping/choose-transition';
import type { Ports } from '../ports/ports';

/** Beyond these a workflow is learned anew from its first statuses on. */
const mostStatuses = 100;
const mostTransitions = 50;

export interface WorkflowOf {
  projectId: string;
  typeId: string;
}

const name = z.string().max(255);
const workflowSchema = z.object({
  statuses: z.record(
    name,
    z
      .array(z.object({ id: name, toStatusId: name, requiredFields: z.array(name).max(100) }))
      .max(mostTransitions),
  ),
});

/** One row for a project and type of this site, whichever synchronization walked there. */
const keyOf = ({ projectId, typeId }: WorkflowOf): string => `workflow:${projectId}:${typeId}`;

export async function readWorkflow(ports: Ports, of: WorkflowOf): Promise<LearnedWorkflow> {
  const row = await ports.store.get('registry', keyOf(of));
  const parsed = workflowSchema.safeParse(row?.body);
  return parsed.success ? parsed.data.statuses : {};
}

/** Written only where it says something new; of two at once one is enough. */
export async function rememberWorkflow(
  ports: Ports,
  of: WorkflowOf,
  statusId: string,
  transitions: readonly AvailableTransition[],
): Promise<void> {
  const known = await readWorkflow(ports, of);
  const steps = transitions.slice(0, mostTransitions);
  if (JSON.stringify(known[statusId]) === JSON.stringify(steps)) return;
  const isFull = Object.keys(known).length >= mostStatuses && known[statusId] === undefined;
  const statuses = { ...(isFull ? {} : known), [statusId]: steps };
  await ports.store.transact([
    {
      op: 'set',
      table: 'registry',
      key: keyOf(of),
      body: { statuses },
      group: 'workflows',
      rank: keyOf(of),
      ttlDays: 30,
    },
  ]);
}
