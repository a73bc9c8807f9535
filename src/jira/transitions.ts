/** Workflow steps of an issue. */
import { z } from 'zod';
import type { SiteResult, TransitionRead } from '#engine/ports/site';
import type { JiraClient } from './jira-client';
import { ask, restPath, tell } from './send';

const screenFieldSchema = z.looseObject({
  required: z.boolean().optional(),
  hasDefaultValue: z.boolean().optional(),
});
const transitionsSchema = z.looseObject({
  transitions: z.array(
    z.looseObject({
      id: z.string(),
      to: z.looseObject({ id: z.string() }),
      isAvailable: z.boolean().optional(),
      fields: z.record(z.string(), screenFieldSchema).optional(),
    }),
  ),
});

/** Those that can be made now, with what their screens demand. */
export async function readTransitions(
  client: JiraClient,
  issueId: string,
): Promise<SiteResult<TransitionRead[]>> {
  const path = restPath('issue', issueId, 'transitions');
  const answer = await ask(client, { path, query: { expand: 'transitions.fields' } }, transitionsSchema);
  if (!answer.ok) return answer;
  const value = answer.value.transitions
    .filter(({ isAvailable }) => isAvailable !== false)
    .map(({ id, to, fields }) => ({ id, toStatusId: to.id, requiredFields: demanded(fields ?? {}) }));
  return { ok: true, value };
}

function demanded(fields: Record<string, z.infer<typeof screenFieldSchema>>): string[] {
  return Object.entries(fields)
    .filter(([, { required, hasDefaultValue }]) => required === true && hasDefaultValue !== true)
    .map(([id]) => id);
}

/** Two at once for one issue make one of them fail as unavailable. */
export async function makeTransition(
  client: JiraClient,
  issueId: string,
  transitionId: string,
): Promise<SiteResult<void>> {
  const body = { transition: { id: transitionId } };
  return tell(client, { method: 'POST', path: restPath('issue', issueId, 'transitions'), body });
}
