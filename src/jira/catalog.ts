/** Reads what a site has: projects, issue types, shareable fields with their options, statuses. */
import { z } from 'zod';
import type { Catalog, CatalogOption, CatalogProject, CatalogType } from '#core/model/catalog';
import type { Site } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { everywhere, readResolutions, withEverywhere, withSprints } from './catalog-everywhere';
import { createFieldSchema, toField } from './catalog-field';
import type { JiraClient } from './jira-client';
import { askAll } from './paging';
import { ask, restPath } from './send';

const projectSchema = z.looseObject({ id: z.string(), key: z.string(), name: z.string() });
const typeSchema = z.looseObject({ id: z.string(), name: z.string(), subtask: z.boolean().optional() });
const statusesSchema = z.array(
  z.looseObject({
    id: z.string(),
    statuses: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        statusCategory: z.looseObject({ key: z.string().optional() }).optional(),
      }),
    ),
  }),
);

/** Types read at the same time; more would only run into Jira's burst limit. */
const atOnce = 4;

/** Projects in which this app may create issues come with types and fields, others without. */
export async function readCatalog(client: JiraClient): Promise<SiteResult<Catalog>> {
  const projects = await readProjects(client);
  if (!projects.ok) return projects;
  const resolutions = await readResolutions(client);
  const result: CatalogProject[] = [];
  for (const project of projects.value) {
    const types = await readTypes(client, project.id, resolutions);
    if (!types.ok) return types;
    result.push({ id: project.id, key: project.key, name: project.name, types: types.value });
  }
  return { ok: true, value: { projects: result } };
}

/** Names only. */
export async function readOutline(client: JiraClient): ReturnType<Site['outline']> {
  const projects = await readProjects(client);
  if (!projects.ok) return projects;
  const types = await ask(client, { path: restPath('issuetype') }, z.array(typeSchema));
  if (!types.ok) return types;
  return {
    ok: true,
    value: {
      projects: projects.value.map(({ id, key, name }) => ({ id, key, name })),
      issueTypes: types.value.map(({ id, name }) => ({ id, name })),
    },
  };
}

function readProjects(client: JiraClient): Promise<SiteResult<z.infer<typeof projectSchema>[]>> {
  const request = { path: restPath('project', 'search'), query: { orderBy: 'key' } };
  return askAll(client, request, { list: ['values'], item: projectSchema, pageSize: 100 });
}

async function readTypes(
  client: JiraClient,
  projectId: string,
  resolutions: CatalogOption[],
): Promise<SiteResult<CatalogType[]>> {
  const types = await askAll(
    client,
    { path: restPath('issue', 'createmeta', projectId, 'issuetypes') },
    { list: ['issueTypes', 'createMetaIssueType'], item: typeSchema, pageSize: 200 },
  );
  if (!types.ok) return noneIfRefused(types);
  const statuses = await ask(client, { path: restPath('project', projectId, 'statuses') }, statusesSchema);
  if (!statuses.ok) return noneIfRefused(statuses);
  const byType = new Map(statuses.value.map((type) => [type.id, type.statuses.map(toStatusOption)]));
  const result: CatalogType[] = [];
  const others = everywhere(types.value, resolutions);
  for (let start = 0; start < types.value.length; start += atOnce) {
    const some = types.value.slice(start, start + atOnce);
    const read = await Promise.all(
      some.map((type) => readType(client, projectId, type, byType.get(type.id) ?? [])),
    );
    for (const type of read) {
      if (!type.ok) return type;
      result.push({ ...type.value, fields: withEverywhere(type.value.fields, others) });
    }
  }
  return { ok: true, value: await withSprints(client, projectId, result) };
}

/** A project that is hidden from the app, or gone since it was listed, is shown without types. */
function noneIfRefused(answer: SiteResult<unknown> & { ok: false }): SiteResult<CatalogType[]> {
  const { kind } = answer.failure;
  return kind === 'gone' || kind === 'denied' || kind === 'invalid' ? { ok: true, value: [] } : answer;
}

async function readType(
  client: JiraClient,
  projectId: string,
  type: z.infer<typeof typeSchema>,
  statuses: CatalogOption[],
): Promise<SiteResult<CatalogType>> {
  const fields = await askAll(
    client,
    { path: restPath('issue', 'createmeta', projectId, 'issuetypes', type.id) },
    { list: ['fields', 'results'], item: createFieldSchema, pageSize: 200 },
  );
  if (!fields.ok) return fields;
  const shareable = fields.value.flatMap(toField);
  if (statuses.length > 0)
    shareable.push({ id: 'status', name: 'Status', kind: 'status', options: statuses });
  return {
    ok: true,
    value: { id: type.id, name: type.name, subtask: type.subtask === true, fields: shareable },
  };
}

function toStatusOption(status: z.infer<typeof statusesSchema>[number]['statuses'][number]): CatalogOption {
  const { id, name, statusCategory } = status;
  const key = statusCategory?.key;
  if (key === 'new' || key === 'indeterminate' || key === 'done') return { id, name, category: key };
  return { id, name };
}
