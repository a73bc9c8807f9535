/** Screen schemes and issue type screen schemes: which screens the issues of a project have. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { ordered } from '../admin/demand';
import { bodyAs } from '../admin/read-body';
import type { IssueTypeScreenSchemeRow, ScreenSchemeRow } from '../admin/rows';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderProjectBrief } from '../views/project';
import { listParam, page } from './read-query';

const S = '/rest/api/3/screenscheme';
const T = '/rest/api/3/issuetypescreenscheme';

export const screenSchemeRoutes: readonly Route[] = [
  route(`GET ${S}`, pageOfScreenSchemes),
  route(`POST ${S}`, createScreenScheme),
  route(`PUT ${S}/{screenSchemeId}`, updateScreenScheme),
  route(`DELETE ${S}/{screenSchemeId}`, deleteScreenScheme),
  route(`GET ${T}`, pageOfTypeSchemes),
  route(`POST ${T}`, createTypeScheme),
  route(`GET ${T}/mapping`, pageOfMappings),
  route(`GET ${T}/project`, schemesOfProjects),
  route(`PUT ${T}/project`, assignToProject),
  route(`PUT ${T}/{issueTypeScreenSchemeId}`, updateTypeScheme),
  route(`DELETE ${T}/{issueTypeScreenSchemeId}`, deleteTypeScheme),
  route(`PUT ${T}/{issueTypeScreenSchemeId}/mapping`, appendMappings),
  route(`PUT ${T}/{issueTypeScreenSchemeId}/mapping/default`, setDefaultMapping),
  route(`POST ${T}/{issueTypeScreenSchemeId}/mapping/remove`, removeMappings),
  route(`GET ${T}/{issueTypeScreenSchemeId}/project`, projectsOfScheme),
];

const name = z.string().trim().min(1).max(255);
const description = z.string().max(1024).optional();

/** Rows of a list which `id` and `queryString` choose, in the order of `orderBy`. */
function chosen<R extends { id: string; name: string }>(call: Call, rows: readonly R[]): R[] {
  const ids = listParam(call, 'id');
  const text = (call.query.get('queryString') ?? '').toLowerCase();
  const found = rows
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => row.name.toLowerCase().includes(text));
  return ordered(call, found, { id: (row) => Number(row.id), name: (row) => row.name }, 'id');
}

function briefOf(row: { id: string; name: string; description: string }) {
  return { id: row.id, name: row.name, description: row.description };
}

/** All of a list in the form of a page inside another answer. */
function innerPage(values: readonly unknown[]) {
  return { startAt: 0, maxResults: 100, total: values.length, isLast: true, values };
}

function pageOfScreenSchemes(call: Call): Reply {
  demandAdmin(call);
  const withUsers = listParam(call, 'expand').includes('issueTypeScreenSchemes');
  const shown = page(call, 'screenscheme', chosen(call, call.store.screenSchemes.all()), 25);
  return ok({
    ...shown,
    values: shown.values.map((row) => ({
      ...briefOf(row),
      id: Number(row.id),
      screens: Object.fromEntries(Object.entries(row.screens).map(([key, id]) => [key, Number(id)])),
      ...(withUsers ? { issueTypeScreenSchemes: innerPage(usersOf(call, row).map(briefOf)) } : {}),
    })),
  });
}

function usersOf(call: Call, row: ScreenSchemeRow): IssueTypeScreenSchemeRow[] {
  return call.store.typeScreenSchemes
    .all()
    .filter((scheme) => Object.values(scheme.mappings).includes(row.id));
}

function screenSchemeAt(call: Call, id = call.params['screenSchemeId'] ?? ''): ScreenSchemeRow {
  const scheme = call.store.screenSchemes.get(id);
  if (scheme === undefined) throw refuse(404, 'The screen scheme was not found.');
  return scheme;
}

function demandFreeName(rows: readonly { id: string; name: string }[], wanted: string, id?: string): void {
  if (rows.some((row) => row.name === wanted && row.id !== id))
    throw refuse(400, `The name '${wanted}' is already used by another scheme.`);
}

const screenId = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const screenTypes = { create: screenId.optional(), edit: screenId.optional(), view: screenId.optional() };

function demandScreens(call: Call, screens: Readonly<Record<string, string>>): void {
  for (const id of Object.values(screens)) {
    if (call.store.screens.get(id) === undefined)
      throw refuse(404, `The screen with id ${id} was not found.`);
  }
}

/** The record without its undefined entries. */
function defined<V>(record: Readonly<Record<string, V | undefined>>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Record<
    string,
    V
  >;
}

const ScreenSchemeBody = z.strictObject({
  name,
  description,
  screens: z.strictObject({ ...screenTypes, default: screenId }),
});

function createScreenScheme(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, ScreenSchemeBody);
  demandFreeName(call.store.screenSchemes.all(), body.name);
  const screens = { ...defined(body.screens), default: body.screens.default };
  demandScreens(call, screens);
  const id = call.store.nextId('screenScheme');
  call.store.screenSchemes.put({ id, name: body.name, description: body.description ?? '', screens });
  return created({ id: Number(id) });
}

const ScreenSchemeUpdate = z.strictObject({
  name: name.optional(),
  description,
  // A null takes the operation back to the default screen.
  screens: z
    .strictObject({
      create: screenId.nullish(),
      edit: screenId.nullish(),
      view: screenId.nullish(),
      default: screenId.optional(),
    })
    .optional(),
});

function updateScreenScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = screenSchemeAt(call);
  const body = bodyAs(call, ScreenSchemeUpdate);
  if (body.name !== undefined) demandFreeName(call.store.screenSchemes.all(), body.name, scheme.id);
  const merged: Record<string, string> = { ...scheme.screens };
  for (const [key, id] of Object.entries(body.screens ?? {})) {
    if (id === null) delete merged[key];
    else if (id !== undefined) merged[key] = id;
  }
  demandScreens(call, merged);
  call.store.screenSchemes.put({
    ...scheme,
    name: body.name ?? scheme.name,
    description: body.description ?? scheme.description,
    screens: { ...merged, default: merged['default'] ?? scheme.screens.default },
  });
  return NO_CONTENT;
}

function deleteScreenScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = screenSchemeAt(call);
  if (usersOf(call, scheme).length > 0) {
    throw refuse(400, 'The screen scheme is used by an issue type screen scheme.');
  }
  call.store.screenSchemes.remove(scheme.id);
  return NO_CONTENT;
}

function projectsWith(call: Call, schemeId: string) {
  return call.store.projects
    .all()
    .filter((row) => row.screenSchemeId === schemeId && row.trashed === undefined);
}

function pageOfTypeSchemes(call: Call): Reply {
  demandAdmin(call);
  const withProjects = listParam(call, 'expand').includes('projects');
  const shown = page(call, 'issuetypescreenscheme', chosen(call, call.store.typeScreenSchemes.all()));
  return ok({
    ...shown,
    values: shown.values.map((row) => ({
      ...briefOf(row),
      ...(withProjects
        ? {
            projects: innerPage(
              projectsWith(call, row.id).map((project) => renderProjectBrief(call, project)),
            ),
          }
        : {}),
    })),
  });
}

function typeSchemeAt(
  call: Call,
  id = call.params['issueTypeScreenSchemeId'] ?? '',
): IssueTypeScreenSchemeRow {
  const scheme = call.store.typeScreenSchemes.get(id);
  if (scheme === undefined) throw refuse(404, 'The issue type screen scheme was not found.');
  return scheme;
}

const Mappings = z.array(z.strictObject({ issueTypeId: z.string(), screenSchemeId: z.string() })).min(1);

/** The mappings as a record; 400 for a type named twice, 404 for what does not exist. */
function readMappings(call: Call, mappings: z.infer<typeof Mappings>): Record<string, string> {
  const read: Record<string, string> = {};
  for (const { issueTypeId, screenSchemeId } of mappings) {
    if (read[issueTypeId] !== undefined) throw refuse(400, `The issue type ${issueTypeId} is mapped twice.`);
    if (issueTypeId !== 'default') demandType(call, issueTypeId);
    read[issueTypeId] = screenSchemeAt(call, screenSchemeId).id;
  }
  return read;
}

function demandType(call: Call, id: string): void {
  if (call.store.issueTypes.get(id) === undefined)
    throw refuse(404, `The issue type with id ${id} was not found.`);
}

const TypeSchemeBody = z.strictObject({ name, description, issueTypeMappings: Mappings });

function createTypeScheme(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, TypeSchemeBody);
  demandFreeName(call.store.typeScreenSchemes.all(), body.name);
  const mappings = readMappings(call, body.issueTypeMappings);
  const standard = mappings['default'];
  if (standard === undefined) throw refuse(400, "A mapping for 'default' is required.");
  const id = call.store.nextId('typeScreenScheme');
  call.store.typeScreenSchemes.put({
    id,
    name: body.name,
    description: body.description ?? '',
    mappings: { ...mappings, default: standard },
  });
  return created({ id });
}

function pageOfMappings(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'issueTypeScreenSchemeId');
  const rows = call.store.typeScreenSchemes
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .flatMap((row) =>
      Object.entries(row.mappings).map(([issueTypeId, screenSchemeId]) => ({
        issueTypeScreenSchemeId: row.id,
        issueTypeId,
        screenSchemeId,
      })),
    );
  return ok(page(call, 'issuetypescreenscheme/mapping', rows));
}

function schemesOfProjects(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'projectId');
  if (ids.length === 0) throw refuse(400, "'projectId' is required.");
  const rows = call.store.typeScreenSchemes
    .all()
    .map((row) => ({
      issueTypeScreenScheme: briefOf(row),
      projectIds: projectsWith(call, row.id)
        .map((project) => project.id)
        .filter((id) => ids.includes(id)),
    }))
    .filter((row) => row.projectIds.length > 0);
  return ok(page(call, 'issuetypescreenscheme/project', rows));
}

const AssignBody = z.strictObject({ issueTypeScreenSchemeId: z.string(), projectId: z.string() });

function assignToProject(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, AssignBody);
  const project = call.store.projects.get(body.projectId);
  if (project === undefined) throw refuse(404, 'The project was not found.');
  const scheme = typeSchemeAt(call, body.issueTypeScreenSchemeId);
  call.store.projects.put({ ...project, screenSchemeId: scheme.id });
  return NO_CONTENT;
}

function updateTypeScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  const body = bodyAs(call, z.strictObject({ name: name.optional(), description }));
  if (body.name !== undefined) demandFreeName(call.store.typeScreenSchemes.all(), body.name, scheme.id);
  call.store.typeScreenSchemes.put({
    ...scheme,
    name: body.name ?? scheme.name,
    description: body.description ?? scheme.description,
  });
  return NO_CONTENT;
}

function deleteTypeScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  if (call.store.projects.all().some((row) => row.screenSchemeId === scheme.id)) {
    throw refuse(400, 'The issue type screen scheme is used by a project.');
  }
  call.store.typeScreenSchemes.remove(scheme.id);
  return NO_CONTENT;
}

function appendMappings(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  const body = bodyAs(call, z.strictObject({ issueTypeMappings: Mappings }));
  const added = readMappings(call, body.issueTypeMappings);
  const taken = Object.keys(added).find((id) => scheme.mappings[id] !== undefined);
  if (taken !== undefined) throw refuse(400, `The issue type ${taken} is already mapped.`);
  call.store.typeScreenSchemes.put({ ...scheme, mappings: { ...scheme.mappings, ...added } });
  return NO_CONTENT;
}

function setDefaultMapping(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  const body = bodyAs(call, z.strictObject({ screenSchemeId: z.string() }));
  const standard = screenSchemeAt(call, body.screenSchemeId).id;
  call.store.typeScreenSchemes.put({ ...scheme, mappings: { ...scheme.mappings, default: standard } });
  return NO_CONTENT;
}

function removeMappings(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  const body = bodyAs(call, z.strictObject({ issueTypeIds: z.array(z.string()).min(1) }));
  if (new Set(body.issueTypeIds).size < body.issueTypeIds.length)
    throw refuse(400, 'The issue types must not be named twice.');
  if (body.issueTypeIds.includes('default'))
    throw refuse(400, "The mapping for 'default' cannot be removed.");
  const unknown = body.issueTypeIds.find((id) => scheme.mappings[id] === undefined);
  if (unknown !== undefined) throw refuse(404, `The issue type ${unknown} is not mapped.`);
  const left = Object.entries(scheme.mappings).filter(([id]) => !body.issueTypeIds.includes(id));
  const mappings = { ...Object.fromEntries(left), default: scheme.mappings.default };
  call.store.typeScreenSchemes.put({ ...scheme, mappings });
  return NO_CONTENT;
}

function projectsOfScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = typeSchemeAt(call);
  const text = (call.query.get('query') ?? '').toLowerCase();
  const rows = projectsWith(call, scheme.id).filter((row) => row.name.toLowerCase().includes(text));
  const shown = page(call, `issuetypescreenscheme/${scheme.id}/project`, rows);
  return ok({ ...shown, values: shown.values.map((row) => renderProjectBrief(call, row)) });
}
