/** Workflow steps of an issue. */
import { z } from 'zod';
import type { LocalFields, TransitionRead } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { ask, restPath, tell } from './send';

const screenFieldSchema = z.looseObject({
  required: z.boolean().optional(),
  hasDefaultValue: z.boolean().optional(),
  name: z.string().optional(),
  allowedValues: z.array(z.looseObject({ id: z.string().optional() })).optional(),
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
    .map(({ id, to, fields }) => ({ id, toStatusId: to.id, ...screenOf(fields ?? {}) }));
  return { ok: true, value };
}

function screenOf(
  fields: Record<string, z.infer<typeof screenFieldSchema>>,
): Pick<TransitionRead, 'requiredFields' | 'screen' | 'names' | 'only'> {
  const names: Record<string, string> = {};
  const only: Record<string, unknown> = {};
  const demanded = Object.entries(fields).filter(
    ([, { required, hasDefaultValue }]) => required === true && hasDefaultValue !== true,
  );
  for (const [id, { name, allowedValues = [] }] of demanded) {
    if (name !== undefined) names[id] = name;
    const [single] = allowedValues;
    if (allowedValues.length === 1 && single?.id !== undefined) only[id] = { id: single.id };
  }
  return {
    requiredFields: demanded.map(([id]) => id),
    ...(Object.keys(fields).length === 0 ? {} : { screen: Object.keys(fields) }),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    ...(Object.keys(only).length === 0 ? {} : { only }),
  };
}

/** Two at once for one issue make one of them fail as unavailable. */
export async function makeTransition(
  client: JiraClient,
  issueId: string,
  transitionId: string,
  fields: LocalFields = {},
): Promise<SiteResult<void>> {
  const body = {
    transition: { id: transitionId },
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  };
  return tell(client, { method: 'POST', path: restPath('issue', issueId, 'transitions'), body });
}
