/** Permission schemes: who may do what in the projects that share one. */
import { z } from 'zod';
import { ANYONE, demandAdmin, projectOf } from '../access';
import { mayAdminister } from '../admin/demand';
import { withPermissions } from '../admin/project-schemes';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { PermissionSchemeRow } from '../admin/rows';
import type { ProjectRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { requireUser, selfUrl } from '../world';
import { PROJECT_PERMISSIONS } from './permission-names';
import { listParam } from './read-query';

const S = '/rest/api/3/permissionscheme';
const P = '/rest/api/3/project/{projectKeyOrId}/permissionscheme';
const HOLDERS = {
  level: 'partial',
  note: 'holders are project roles and anyone; others are refused',
} as const;
/** The document's own schema of a holder has no place for what `expand` would add; only whether there are grants follows it. */
const EXPAND = 'user,group,projectRole,field,all';

export const permissionSchemeRoutes: readonly Route[] = [
  route(`GET ${S}`, (call) => {
    requireUser(call);
    return ok({ permissionSchemes: call.store.permissionSchemes.all().map((row) => schemeView(call, row)) });
  }),
  route(`POST ${S}`, createScheme, HOLDERS),
  route(`GET ${S}/{schemeId}`, (call) => ok(schemeView(call, schemeAt(call)))),
  route(`PUT ${S}/{schemeId}`, updateScheme, HOLDERS),
  route(`DELETE ${S}/{schemeId}`, deleteScheme),
  route(`GET ${S}/{schemeId}/permission`, (call) =>
    ok({ permissions: grantsOf(call, schemeAt(call)), expand: EXPAND }),
  ),
  route(`POST ${S}/{schemeId}/permission`, addGrant, HOLDERS),
  route(`GET ${S}/{schemeId}/permission/{permissionId}`, (call) => ok(grantAt(call, schemeAt(call)))),
  route(`DELETE ${S}/{schemeId}/permission/{permissionId}`, removeGrant),
  route(`GET ${P}`, (call) => {
    const project = adminProject(call);
    return ok(schemeView(call, call.store.permissionSchemes.must(project.permissionSchemeId ?? '')));
  }),
  route(`PUT ${P}`, (call) => {
    demandAdmin(call);
    const project = adminProject(call);
    const id = String(bodyAs(call, z.strictObject({ id: z.number().int() })).id);
    const scheme = schemeAt(call, id);
    call.store.projects.put(withPermissions(call.store, project, scheme.id));
    return ok(schemeView(call, scheme));
  }),
];

function adminProject(call: Call): ProjectRow {
  const project = projectOf(call, call.params['projectKeyOrId'] ?? '');
  if (!mayAdminister(call, project)) throw refuse(403, 'You must administer the project to see its scheme.');
  return project;
}

function schemeAt(call: Call, id = call.params['schemeId'] ?? ''): PermissionSchemeRow {
  requireUser(call);
  const scheme = call.store.permissionSchemes.get(id);
  if (scheme === undefined) throw refuse(404, `Permission scheme with id ${id} not found.`);
  return scheme;
}

/** The scheme with its grants when anything is expanded, as the document has it. */
function schemeView(
  call: Call,
  row: PermissionSchemeRow,
  withGrants = listParam(call, 'expand').length > 0,
): Record<string, unknown> {
  return {
    expand: EXPAND,
    id: Number(row.id),
    self: selfUrl(call, `permissionscheme/${row.id}`),
    name: row.name,
    description: row.description,
    ...(withGrants ? { permissions: grantsOf(call, row) } : {}),
  };
}

/** Number of a grant: the same holder and permission have the same one in every scheme. */
function grantId(permission: string, holder: string): number {
  return (PROJECT_PERMISSIONS.indexOf(permission) + 1) * 1_000_000 + (holder === ANYONE ? 0 : Number(holder));
}

function grantsOf(call: Call, row: PermissionSchemeRow): Record<string, unknown>[] {
  return Object.entries(row.grants).flatMap(([permission, holders]) =>
    holders.map((holder) => ({
      id: grantId(permission, holder),
      self: selfUrl(call, `permissionscheme/${row.id}/permission/${grantId(permission, holder)}`),
      holder:
        holder === ANYONE
          ? { type: 'anyone' }
          : { type: 'projectRole', parameter: holder, value: holder, expand: 'projectRole' },
      permission,
    })),
  );
}

function grantAt(call: Call, row: PermissionSchemeRow): Record<string, unknown> {
  const id = Number(call.params['permissionId']);
  const grant = grantsOf(call, row).find((candidate) => candidate['id'] === id);
  if (grant === undefined)
    throw refuse(404, `Permission grant with id ${call.params['permissionId']} not found.`);
  return grant;
}

const Grant = z.object({
  permission: z.string(),
  holder: z.strictObject({
    type: z.string(),
    parameter: z.string().optional(),
    value: z.string().optional(),
    ...onlyAnswered('expand'),
  }),
});
const SchemeBody = z.object({
  name: z.string().trim().min(1).max(255),
  description: z.string().optional(),
  permissions: z.array(Grant).optional(),
});

/** Key of the holder of a grant; 400 for a kind that is not emulated. */
function holderOf(call: Call, grant: z.infer<typeof Grant>): string {
  if (!PROJECT_PERMISSIONS.includes(grant.permission))
    throw refuse(400, `The permission '${grant.permission}' does not exist.`);
  const { type, parameter, value } = grant.holder;
  if (type === 'anyone') return ANYONE;
  if (type !== 'projectRole') throw refuse(400, `The emulator knows no grants to holders of type '${type}'.`);
  const roleId = value ?? parameter ?? '';
  if (call.store.roles.get(roleId) === undefined)
    throw refuse(400, `The project role with id '${roleId}' does not exist.`);
  return roleId;
}

function readGrants(call: Call, grants: readonly z.infer<typeof Grant>[]): Record<string, string[]> {
  const read: Record<string, string[]> = Object.fromEntries(PROJECT_PERMISSIONS.map((key) => [key, []]));
  for (const grant of grants) {
    const holder = holderOf(call, grant);
    read[grant.permission] = [...new Set([...(read[grant.permission] ?? []), holder])];
  }
  return read;
}

function demandFreeName(call: Call, name: string, exceptId?: string): void {
  if (call.store.permissionSchemes.all().some((row) => row.name === name && row.id !== exceptId))
    throw refuse(400, 'A permission scheme with this name already exists.');
}

function createScheme(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, SchemeBody);
  demandFreeName(call, body.name);
  const row = call.store.permissionSchemes.put({
    id: call.store.nextId('permissionScheme'),
    name: body.name,
    description: body.description ?? '',
    grants: readGrants(call, body.permissions ?? []),
  });
  return created(schemeView(call, row));
}

/** Stores the scheme and writes its grants into its projects. */
function putScheme(call: Call, row: PermissionSchemeRow): PermissionSchemeRow {
  call.store.permissionSchemes.put(row);
  for (const project of call.store.projects.all()) {
    if (project.permissionSchemeId === row.id) call.store.projects.put({ ...project, grants: row.grants });
  }
  return row;
}

function updateScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = schemeAt(call);
  const body = bodyAs(call, SchemeBody);
  demandFreeName(call, body.name, scheme.id);
  const next = putScheme(call, {
    ...scheme,
    name: body.name,
    description: body.description ?? scheme.description,
    grants: body.permissions === undefined ? scheme.grants : readGrants(call, body.permissions),
  });
  return ok(schemeView(call, next));
}

function deleteScheme(call: Call): Reply {
  demandAdmin(call);
  const scheme = schemeAt(call);
  if (call.store.projects.all().some((row) => row.permissionSchemeId === scheme.id))
    throw refuse(403, 'The permission scheme is used by a project.');
  call.store.permissionSchemes.remove(scheme.id);
  return NO_CONTENT;
}

function addGrant(call: Call): Reply {
  demandAdmin(call);
  const scheme = schemeAt(call);
  const grant = bodyAs(call, Grant);
  const holder = holderOf(call, grant);
  const old = scheme.grants[grant.permission] ?? [];
  if (old.includes(holder)) throw refuse(400, 'The permission scheme has this grant already.');
  const next = putScheme(call, {
    ...scheme,
    grants: { ...scheme.grants, [grant.permission]: [...old, holder] },
  });
  const id = grantId(grant.permission, holder);
  return created(grantsOf(call, next).find((row) => row['id'] === id));
}

function removeGrant(call: Call): Reply {
  demandAdmin(call);
  const scheme = schemeAt(call);
  const { id } = grantAt(call, scheme);
  const grants = Object.entries(scheme.grants).map(([permission, holders]) => [
    permission,
    holders.filter((holder) => grantId(permission, holder) !== id),
  ]);
  putScheme(call, { ...scheme, grants: Object.fromEntries(grants) });
  return NO_CONTENT;
}
