/** Issue security schemes and their levels, as they are read. */
import { demandAdmin, hasProjectPermission, projectOf } from '../access';
import { mayAdminister } from '../admin/demand';
import type { SecuritySchemeRow } from '../admin/rows';
import type { SecurityLevelRow } from '../entities';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { renderSecurityLevel } from '../views/choices';
import { requireUser, selfUrl } from '../world';
import { listParam, page } from './read-query';

const S = '/rest/api/3/issuesecurityschemes';
const P = '/rest/api/3/project/{projectKeyOrId}';

export const securitySchemeRoutes: readonly Route[] = [
  route(`GET ${S}`, (call) => {
    demandAdmin(call);
    const rows = call.store.securitySchemes.all();
    return ok({ issueSecuritySchemes: rows.map((row) => schemeView(call, row)) });
  }),
  route(`GET ${S}/search`, searchSchemes),
  route(`GET ${S}/project`, pageOfProjects),
  route(`GET ${S}/level`, pageOfLevels),
  route(`GET ${S}/{id}`, (call) => {
    const scheme = schemeAt(call);
    return ok({
      ...schemeView(call, scheme),
      levels: levelsOf(call, scheme).map((row) => levelView(call, scheme, row)),
    });
  }),
  route('GET /rest/api/3/securitylevel/{id}', (call) => {
    requireUser(call);
    const level = call.store.securityLevels.get(call.params['id']);
    const scheme = call.store.securitySchemes.all().find((row) => row.levelIds.includes(level?.id ?? ''));
    if (level === undefined || scheme === undefined) throw refuse(404, 'The security level does not exist.');
    return ok(levelView(call, scheme, level));
  }),
  route(`GET ${P}/issuesecuritylevelscheme`, (call) => {
    const project = projectOf(call, call.params['projectKeyOrId'] ?? '');
    if (!mayAdminister(call, project))
      throw refuse(403, 'You must administer the project to see its scheme.');
    const scheme = call.store.securitySchemes.get(project.securitySchemeId);
    if (scheme === undefined) throw refuse(404, 'The project has no issue security scheme.');
    return ok({
      ...schemeView(call, scheme),
      levels: levelsOf(call, scheme).map((row) => levelView(call, scheme, row)),
    });
  }),
  route(`GET ${P}/securitylevel`, (call) => {
    const project = projectOf(call, call.params['projectKeyOrId'] ?? '');
    const scheme = call.store.securitySchemes.get(project.securitySchemeId);
    // Levels are for those who may set one; everybody else sees an empty list.
    const maySet = hasProjectPermission(call.me, project, 'SET_ISSUE_SECURITY');
    const levels = scheme !== undefined && maySet ? levelsOf(call, scheme) : [];
    return ok({ levels: levels.map((row) => renderSecurityLevel(call, row.id)) });
  }),
];

function schemeAt(call: Call): SecuritySchemeRow {
  requireUser(call);
  const scheme = call.store.securitySchemes.get(call.params['id']);
  const projects = call.store.projects.all().filter((row) => row.securitySchemeId === scheme?.id);
  const allowed = call.me?.admin === true || projects.some((project) => mayAdminister(call, project));
  if (scheme === undefined || !allowed) throw refuse(403, 'You cannot see this issue security scheme.');
  return scheme;
}

function schemeView(call: Call, row: SecuritySchemeRow): Record<string, unknown> {
  return {
    self: selfUrl(call, `issuesecurityschemes/${row.id}`),
    id: Number(row.id),
    name: row.name,
    description: row.description,
    ...(row.defaultLevelId === undefined ? {} : { defaultSecurityLevelId: Number(row.defaultLevelId) }),
  };
}

function levelsOf(call: Call, row: SecuritySchemeRow): SecurityLevelRow[] {
  return row.levelIds.map((id) => call.store.securityLevels.must(id));
}

function levelView(call: Call, scheme: SecuritySchemeRow, row: SecurityLevelRow): Record<string, unknown> {
  return {
    ...renderSecurityLevel(call, row.id),
    isDefault: scheme.defaultLevelId === row.id,
    issueSecuritySchemeId: scheme.id,
  };
}

function demandIds(...lists: readonly string[][]): void {
  const wrong = lists.flat().find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined)
    throw refuse(400, `${wrong} is not a valid value. id must be zero or a positive integer.`);
}

function projectIdsOf(call: Call, row: SecuritySchemeRow): string[] {
  return call.store.projects
    .all()
    .filter((project) => project.securitySchemeId === row.id && project.trashed === undefined)
    .map((project) => project.id);
}

function searchSchemes(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'id');
  const projectIds = listParam(call, 'projectId');
  demandIds(ids, projectIds);
  const rows = call.store.securitySchemes
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .map((row) => ({ row, used: projectIdsOf(call, row).filter((id) => projectIds.includes(id)) }))
    .filter(({ used }) => projectIds.length === 0 || used.length > 0);
  const shown = page(call, 'issuesecurityschemes/search', rows);
  return ok({
    ...shown,
    values: shown.values.map(({ row, used }) => ({
      id: Number(row.id),
      self: selfUrl(call, `issuesecurityscheme/${row.id}`),
      name: row.name,
      description: row.description,
      ...(row.defaultLevelId === undefined ? {} : { defaultLevel: Number(row.defaultLevelId) }),
      ...(projectIds.length === 0 ? {} : { projectIds: used.map(Number) }),
    })),
  });
}

function pageOfProjects(call: Call): Reply {
  demandAdmin(call);
  const schemeIds = listParam(call, 'issueSecuritySchemeId');
  const projectIds = listParam(call, 'projectId');
  demandIds(schemeIds, projectIds);
  const rows = call.store.securitySchemes
    .all()
    .filter((row) => schemeIds.length === 0 || schemeIds.includes(row.id))
    .flatMap((row) =>
      projectIdsOf(call, row).map((projectId) => ({ issueSecuritySchemeId: row.id, projectId })),
    )
    .filter((row) => projectIds.length === 0 || projectIds.includes(row.projectId));
  return ok(page(call, 'issuesecurityschemes/project', rows));
}

/** Levels named by their own ids or by their schemes' ids, both together. */
function pageOfLevels(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'id');
  const schemeIds = listParam(call, 'schemeId');
  demandIds(ids, schemeIds);
  const onlyDefault = call.query.get('onlyDefault') === 'true';
  const rows = call.store.securitySchemes
    .all()
    .flatMap((scheme) => levelsOf(call, scheme).map((level) => ({ scheme, level })))
    .filter(
      ({ scheme, level }) =>
        (ids.length === 0 && schemeIds.length === 0) ||
        ids.includes(level.id) ||
        schemeIds.includes(scheme.id),
    )
    .filter(({ scheme, level }) => !onlyDefault || scheme.defaultLevelId === level.id);
  const shown = page(call, 'issuesecurityschemes/level', rows);
  return ok({ ...shown, values: shown.values.map(({ scheme, level }) => levelView(call, scheme, level)) });
}
