/** Issue type schemes: which types the projects that share one have, and in which order. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { ordered } from '../admin/demand';
import { withSchemes } from '../admin/project-schemes';
import { bodyAs } from '../admin/read-body';
import type { IssueTypeSchemeRow } from '../admin/rows';
import type { ProjectRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderProjectBrief } from '../views/project';
import { listParam, page } from './read-query';

const S = '/rest/api/3/issuetypescheme';
const ONE = `${S}/{issueTypeSchemeId}`;

export const issueTypeSchemeRoutes: readonly Route[] = [
  route(`GET ${S}`, pageOfSchemes),
  route(`POST ${S}`, createScheme),
  route(`GET ${S}/mapping`, pageOfMappings),
  route(`GET ${S}/project`, schemesOfProjects),
  route(`PUT ${S}/project`, assignToProject),
  route(`PUT ${ONE}`, updateScheme),
  route(`DELETE ${ONE}`, deleteScheme),
  route(`PUT ${ONE}/issuetype`, addTypes),
  route(`PUT ${ONE}/issuetype/move`, moveTypes),
  route(`DELETE ${ONE}/issuetype/{issueTypeId}`, removeType),
];

function schemeAt(call: Call, id = call.params['issueTypeSchemeId'] ?? ''): IssueTypeSchemeRow {
  demandAdmin(call);
  const scheme = call.store.issueTypeSchemes.get(id);
  if (scheme === undefined) throw refuse(404, 'The issue type scheme was not found.');
  return scheme;
}

function projectsWith(call: Call, schemeId: string): ProjectRow[] {
  return call.store.projects
    .all()
    .filter((row) => row.issueTypeSchemeId === schemeId && row.trashed === undefined);
}

function schemeView(row: IssueTypeSchemeRow) {
  const { id, name, description, defaultIssueTypeId, isDefault } = row;
  return {
    id,
    name,
    description,
    ...(defaultIssueTypeId === undefined ? {} : { defaultIssueTypeId }),
    ...(isDefault ? { isDefault } : {}),
  };
}

function pageOfSchemes(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'id');
  const text = (call.query.get('queryString') ?? '').toLowerCase();
  const rows = call.store.issueTypeSchemes
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => row.name.toLowerCase().includes(text));
  const sorted = ordered(call, rows, { id: (row) => Number(row.id), name: (row) => row.name }, 'id');
  const shown = page(call, 'issuetypescheme', sorted);
  const withProjects = listParam(call, 'expand').includes('projects');
  return ok({
    ...shown,
    values: shown.values.map((row) => {
      const values = projectsWith(call, row.id).map((project) => renderProjectBrief(call, project));
      const projects = { startAt: 0, maxResults: 50, total: values.length, isLast: true, values };
      return { ...schemeView(row), ...(withProjects ? { projects } : {}) };
    }),
  });
}

function pageOfMappings(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'issueTypeSchemeId');
  const rows = call.store.issueTypeSchemes
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .flatMap((row) => row.issueTypeIds.map((issueTypeId) => ({ issueTypeSchemeId: row.id, issueTypeId })));
  return ok(page(call, 'issuetypescheme/mapping', rows));
}

function schemesOfProjects(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'projectId');
  if (ids.length === 0) throw refuse(400, "'projectId' is required.");
  const rows = call.store.issueTypeSchemes
    .all()
    .map((row) => ({
      issueTypeScheme: schemeView(row),
      projectIds: projectsWith(call, row.id)
        .map((project) => project.id)
        .filter((id) => ids.includes(id)),
    }))
    .filter((row) => row.projectIds.length > 0);
  return ok(page(call, 'issuetypescheme/project', rows));
}

function assignToProject(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, z.strictObject({ issueTypeSchemeId: z.string(), projectId: z.string() }));
  const scheme = schemeAt(call, body.issueTypeSchemeId);
  const project = call.store.projects.get(body.projectId);
  if (project === undefined) throw refuse(404, 'The project was not found.');
  const stranded = call.store.issues
    .by('project', project.id)
    .some((issue) => !scheme.issueTypeIds.includes(issue.typeId));
  if (stranded)
    throw refuse(400, 'Some issues of the project have issue types that the scheme does not have.');
  call.store.projects.put(withSchemes(call.store, project, { issueType: scheme.id }));
  return NO_CONTENT;
}

const name = z.string().trim().min(1).max(255);
const description = z.string().max(4000).optional();
const typeIds = z.array(z.string()).min(1);

function demandFreeName(call: Call, wanted: string, exceptId?: string): void {
  if (call.store.issueTypeSchemes.all().some((row) => row.name === wanted && row.id !== exceptId))
    throw refuse(409, `The name '${wanted}' is used by another issue type scheme.`);
}

function demandTypes(call: Call, ids: readonly string[], status: number): void {
  const unknown = ids.filter((id) => call.store.issueTypes.get(id) === undefined);
  if (unknown.length > 0) throw refuse(status, `These issue types were not found: ${unknown.join(', ')}.`);
  if (new Set(ids).size < ids.length) throw refuse(400, 'An issue type must not be named twice.');
}

function isStandard(call: Call, id: string): boolean {
  return call.store.issueTypes.must(id).hierarchyLevel >= 0;
}

function createScheme(call: Call): Reply {
  demandAdmin(call);
  const Body = z.strictObject({
    name,
    description,
    issueTypeIds: typeIds,
    defaultIssueTypeId: z.string().optional(),
  });
  const body = bodyAs(call, Body);
  demandFreeName(call, body.name);
  demandTypes(call, body.issueTypeIds, 400);
  if (!body.issueTypeIds.some((id) => isStandard(call, id)))
    throw refuse(400, 'At least one issue type must be a standard one.');
  demandDefault(body.issueTypeIds, body.defaultIssueTypeId);
  const id = call.store.nextId('issueTypeScheme');
  const { defaultIssueTypeId } = body;
  call.store.issueTypeSchemes.put({
    id,
    name: body.name,
    description: body.description ?? '',
    issueTypeIds: body.issueTypeIds,
    isDefault: false,
    ...(defaultIssueTypeId === undefined ? {} : { defaultIssueTypeId }),
  });
  return created({ issueTypeSchemeId: id });
}

function demandDefault(ids: readonly string[], defaultId: string | undefined): void {
  if (defaultId !== undefined && defaultId !== '' && !ids.includes(defaultId))
    throw refuse(400, 'The default issue type must be one of the scheme.');
}

/** Stores the scheme and writes its types into its projects. */
function putScheme(call: Call, row: IssueTypeSchemeRow): Reply {
  call.store.issueTypeSchemes.put(row);
  for (const project of projectsWith(call, row.id)) {
    call.store.projects.put(withSchemes(call.store, project, { issueType: row.id }));
  }
  return NO_CONTENT;
}

function updateScheme(call: Call): Reply {
  const { defaultIssueTypeId: old, ...scheme } = schemeAt(call);
  const Body = z.strictObject({
    name: name.optional(),
    description,
    defaultIssueTypeId: z.string().optional(),
  });
  const body = bodyAs(call, Body);
  if (body.name !== undefined) demandFreeName(call, body.name, scheme.id);
  demandDefault(scheme.issueTypeIds, body.defaultIssueTypeId);
  const next = body.defaultIssueTypeId ?? old;
  return putScheme(call, {
    ...scheme,
    name: body.name ?? scheme.name,
    description: body.description ?? scheme.description,
    ...(next === undefined || next === '' ? {} : { defaultIssueTypeId: next }),
  });
}

function deleteScheme(call: Call): Reply {
  const scheme = schemeAt(call);
  if (scheme.isDefault || call.store.projects.all().some((row) => row.issueTypeSchemeId === scheme.id))
    throw refuse(400, 'The issue type scheme is the default one or is used by a project.');
  call.store.issueTypeSchemes.remove(scheme.id);
  return NO_CONTENT;
}

function addTypes(call: Call): Reply {
  const scheme = schemeAt(call);
  const { issueTypeIds } = bodyAs(call, z.strictObject({ issueTypeIds: typeIds }));
  demandTypes(call, issueTypeIds, 404);
  const taken = issueTypeIds.filter((id) => scheme.issueTypeIds.includes(id));
  if (taken.length > 0) throw refuse(400, `The scheme has these issue types already: ${taken.join(', ')}.`);
  return putScheme(call, { ...scheme, issueTypeIds: [...scheme.issueTypeIds, ...issueTypeIds] });
}

const MoveBody = z.strictObject({
  issueTypeIds: typeIds,
  after: z.string().optional(),
  position: z.enum(['First', 'Last']).optional(),
});

function moveTypes(call: Call): Reply {
  const scheme = schemeAt(call);
  const body = bodyAs(call, MoveBody);
  if ((body.after === undefined) === (body.position === undefined))
    throw refuse(400, "Exactly one of 'after' and 'position' must be given.");
  if (body.issueTypeIds.some((id) => !scheme.issueTypeIds.includes(id)))
    throw refuse(400, 'All issue types must belong to the scheme.');
  const rest = scheme.issueTypeIds.filter((id) => !body.issueTypeIds.includes(id));
  const after = body.after === undefined ? -1 : rest.indexOf(body.after);
  if (body.after !== undefined && after < 0)
    throw refuse(400, "The issue type in 'after' must belong to the scheme and not be moved.");
  const place = body.position === 'First' ? 0 : body.position === 'Last' ? rest.length : after + 1;
  const moved = [...rest.slice(0, place), ...body.issueTypeIds, ...rest.slice(place)];
  return putScheme(call, { ...scheme, issueTypeIds: moved });
}

function removeType(call: Call): Reply {
  const { defaultIssueTypeId, ...scheme } = schemeAt(call);
  const gone = call.params['issueTypeId'] ?? '';
  if (!scheme.issueTypeIds.includes(gone))
    throw refuse(404, 'The issue type was not found in the issue type scheme.');
  const left = scheme.issueTypeIds.filter((id) => id !== gone);
  const used = projectsWith(call, scheme.id).some((project) =>
    call.store.issues.by('project', project.id).some((issue) => issue.typeId === gone),
  );
  if (used || scheme.isDefault || !left.some((id) => isStandard(call, id)))
    throw refuse(400, 'The issue type is used by issues or is the last standard one of the scheme.');
  return putScheme(call, {
    ...scheme,
    issueTypeIds: left,
    ...(defaultIssueTypeId === undefined || defaultIssueTypeId === gone ? {} : { defaultIssueTypeId }),
  });
}
