/** Makes what a value needs and this site lacks: a version or a component. Its name is how a repeat is recognised. */
import { z } from 'zod';
import type { ChoiceWanted } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { ask, restPath, tell } from './send';

const namedSchema = z.looseObject({ name: z.string() });
const projectSchema = z.looseObject({ key: z.string() });

/** One that is there by that name already is fine. */
export function makeChoice(client: JiraClient, wanted: ChoiceWanted): Promise<SiteResult<void>> {
  return wanted.kind === 'version' ? makeVersion(client, wanted) : makeComponent(client, wanted);
}

async function makeVersion(client: JiraClient, { projectId, name }: ChoiceWanted): Promise<SiteResult<void>> {
  const list = await ask(client, { path: restPath('project', projectId, 'versions') }, z.array(namedSchema));
  if (!list.ok) return list;
  if (list.value.some((one) => one.name === name)) return { ok: true, value: undefined };
  const body = { name, projectId: Number(projectId) };
  return tell(client, { method: 'POST', path: restPath('version'), body });
}

async function makeComponent(
  client: JiraClient,
  { projectId, name }: ChoiceWanted,
): Promise<SiteResult<void>> {
  const path = restPath('project', projectId, 'components');
  const list = await ask(client, { path }, z.array(namedSchema));
  if (!list.ok) return list;
  if (list.value.some((one) => one.name === name)) return { ok: true, value: undefined };
  // Components are made by the key of their project.
  const project = await ask(client, { path: restPath('project', projectId) }, projectSchema);
  if (!project.ok) return project;
  const body = { name, project: project.value.key };
  return tell(client, { method: 'POST', path: restPath('component'), body });
}
