/** Makes what a value needs and this site lacks: a version, a component, an option. Its name is how a repeat is recognised. */
import { z } from 'zod';
import type { ChoiceWanted, SiteResult } from '#engine/ports/site';
import type { JiraClient } from './jira-client';
import { askAll } from './paging';
import { ask, restPath } from './send';

const namedSchema = z.looseObject({ id: z.coerce.string(), name: z.string() });
const madeSchema = z.looseObject({ id: z.coerce.string() });
const optionSchema = z.looseObject({
  id: z.coerce.string(),
  value: z.string(),
  optionId: z.coerce.string().optional(),
});
const contextSchema = z.looseObject({ contextId: z.coerce.string().nullish() });

/** One that is there by that name already is fine. */
export function makeChoice(client: JiraClient, wanted: ChoiceWanted): Promise<SiteResult<void>> {
  if (wanted.kind === 'option') return makeOption(client, wanted);
  return makeInProject(client, wanted, wanted.kind);
}

async function makeInProject(
  client: JiraClient,
  { projectId, name }: ChoiceWanted,
  kind: 'version' | 'component',
): Promise<SiteResult<void>> {
  const list = await ask(client, { path: restPath('project', projectId, `${kind}s`) }, z.array(namedSchema));
  if (!list.ok) return list;
  if (list.value.some((one) => one.name === name)) return { ok: true, value: undefined };
  const body =
    kind === 'version'
      ? { name, projectId: Number(projectId) }
      : { name, project: await projectKey(client, projectId) };
  return nothing(await ask(client, { method: 'POST', path: restPath(kind), body }, madeSchema));
}

/** Components are made by the key of their project. */
async function projectKey(client: JiraClient, projectId: string): Promise<string> {
  const project = await ask(
    client,
    { path: restPath('project', projectId) },
    z.looseObject({ key: z.string() }),
  );
  return project.ok ? project.value.key : projectId;
}

/** In the context which rules the project and issue type. */
async function makeOption(client: JiraClient, wanted: ChoiceWanted): Promise<SiteResult<void>> {
  const { projectId, typeId, fieldId, name, parent } = wanted;
  const contexts = await ask(
    client,
    {
      method: 'POST',
      path: restPath('field', fieldId, 'context', 'mapping'),
      body: { mappings: [{ projectId, issueTypeId: typeId }] },
    },
    z.looseObject({ values: z.array(contextSchema) }),
  );
  if (!contexts.ok) return contexts;
  const context = contexts.value.values[0]?.contextId;
  if (context === null || context === undefined) {
    return { ok: false, failure: { kind: 'invalid', message: 'The field has no options here.', fields: {} } };
  }
  const path = restPath('field', fieldId, 'context', context, 'option');
  const list = await askAll(client, { path }, { list: ['values'], item: optionSchema, pageSize: 1_000 });
  if (!list.ok) return list;
  const above = parent === undefined ? undefined : list.value.find(({ value }) => value === parent)?.id;
  const isThere = list.value.some(({ value, optionId }) => value === name && optionId === above);
  if (isThere) return { ok: true, value: undefined };
  const option = { value: name, ...(above === undefined ? {} : { optionId: above }) };
  const body = { options: [option] };
  return nothing(await ask(client, { method: 'POST', path, body }, z.looseObject({})));
}

function nothing(answer: SiteResult<unknown>): SiteResult<void> {
  return answer.ok ? { ok: true, value: undefined } : answer;
}
