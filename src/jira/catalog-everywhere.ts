/** Fields that every issue of a project has although no create screen lists them, and sprints. */
import { z } from 'zod';
import type { CatalogField, CatalogOption, CatalogType } from '#core/model/catalog';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';

const namedSchema = z.looseObject({ id: z.coerce.string(), name: z.string() });
const sprintsSchema = z.array(namedSchema.extend({ state: z.string().optional() }));
const foundSchema = z.looseObject({
  issues: z.array(z.looseObject({ fields: z.record(z.string(), z.unknown()).optional() })).optional(),
});

/** The same on the whole site; none where they cannot be read: everything else can still be shared. */
export async function readResolutions(client: JiraClient): Promise<CatalogOption[]> {
  const list = await ask(client, { path: restPath('resolution') }, z.array(namedSchema));
  return list.ok ? list.value.map(toOption) : [];
}

export function everywhere(
  types: readonly { id: string; name: string }[],
  resolutions: CatalogOption[],
): CatalogField[] {
  return [
    { id: 'issuetype', name: 'Issue type', kind: 'issueType', options: types.map(toOption) },
    { id: 'parent', name: 'Parent', kind: 'parent' },
    { id: 'resolution', name: 'Resolution', kind: 'resolution', options: resolutions },
    { id: 'watches', name: 'Watchers', kind: 'watchers' },
    { id: 'votes', name: 'Votes', kind: 'votes' },
  ];
}

/** Types with the sprints of their project: those that are open or planned and have an issue, because a search tells them. */
export async function withSprints(
  client: JiraClient,
  projectId: string,
  types: CatalogType[],
): Promise<CatalogType[]> {
  const ids = new Set(
    types.flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'sprint').map(({ id }) => id)),
  );
  if (ids.size === 0) return types;
  const jql = `project = ${projectId} AND sprint in (openSprints(), futureSprints())`;
  const body = { jql, maxResults: 100, fields: [...ids] };
  const found = await ask(client, { method: 'POST', path: restPath('search', 'jql'), body }, foundSchema);
  const issues = found.ok ? (found.value.issues ?? []) : [];
  const optionsOf = (id: string): CatalogOption[] => sprintsOf(issues.map(({ fields }) => fields?.[id]));
  return types.map((type) => ({
    ...type,
    fields: type.fields.map((field) =>
      field.kind === 'sprint' ? { ...field, options: optionsOf(field.id) } : field,
    ),
  }));
}

/** The fields of one type: those of its create screen, then the others. */
export function withEverywhere(own: CatalogField[], others: CatalogField[]): CatalogField[] {
  const known = new Set(own.map(({ id }) => id));
  return [...own, ...others.filter(({ id }) => !known.has(id))];
}

function sprintsOf(values: readonly unknown[]): CatalogOption[] {
  const sprints = new Map<string, CatalogOption>();
  for (const value of values) {
    const read = sprintsSchema.safeParse(value);
    for (const sprint of read.success ? read.data : []) {
      if (sprint.state !== 'closed') sprints.set(sprint.id, toOption(sprint));
    }
  }
  return [...sprints.values()];
}

function toOption({ id, name }: { id: string; name: string }): CatalogOption {
  return { id, name: name.slice(0, 255) };
}
