/** Versions of a project: reading, writing, moving, merging and deleting them. */
import { z } from 'zod';
import { projectOf } from '../access';
import { containing, demandProjectAdmin, mayAdminister, ordered } from '../admin/demand';
import { versionsOf } from '../admin/places';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import { rewriteIssues, swapIn } from '../admin/replace-values';
import { emitVersion, issuesWith, removeVersion, renderVersionFor, versionFields } from '../admin/versions';
import type { ProjectRow, VersionRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { isDay } from '../time';
import { selfUrl } from '../world';
import { listParam, page } from './read-query';

export const versionRoutes: readonly Route[] = [
  route('GET /rest/api/3/project/{projectIdOrKey}/versions', (call) => {
    const versions = versionsOf(call.store, projectAt(call).id);
    call.cost.core(versions.length);
    return ok(versions.map((row) => renderVersionFor(call, row, listParam(call, 'expand'))));
  }),
  route('GET /rest/api/3/project/{projectIdOrKey}/version', pageOfVersions),
  route('POST /rest/api/3/version', createVersion),
  route('GET /rest/api/3/version/{id}', (call) =>
    ok(renderVersionFor(call, versionAt(call), listParam(call, 'expand'))),
  ),
  route('PUT /rest/api/3/version/{id}', updateVersion),
  route('DELETE /rest/api/3/version/{id}', deleteVersion),
  route('POST /rest/api/3/version/{id}/removeAndSwap', removeAndSwap),
  route('PUT /rest/api/3/version/{id}/mergeto/{moveIssuesTo}', mergeVersion),
  route('POST /rest/api/3/version/{id}/move', moveVersion),
  route('GET /rest/api/3/version/{id}/relatedIssueCounts', relatedCounts),
  route('GET /rest/api/3/version/{id}/unresolvedIssueCount', (call) => {
    const version = versionAt(call);
    const issues = issuesWith(call.store, version, 'fixVersions');
    return ok({
      self: selfUrl(call, `version/${version.id}`),
      issuesUnresolvedCount: issues.filter((issue) => issue.values['resolution'] === undefined).length,
      issuesCount: issues.length,
    });
  }),
];

function projectAt(call: Call): ProjectRow {
  return projectOf(call, call.params['projectIdOrKey'] ?? '');
}

function versionAt(call: Call, id = call.params['id'] ?? ''): VersionRow {
  const version = call.store.versions.get(id);
  if (version === undefined) throw refuse(404, `Could not find version for id '${id}'`);
  projectOf(call, version.projectId);
  return version;
}

/** The version, for those who administer its project; the document gives `status` to everybody else. */
function versionToChange(call: Call, status: number): VersionRow {
  const version = versionAt(call);
  if (!mayAdminister(call, call.store.projects.must(version.projectId))) {
    throw refuse(status, 'You must have global or project administrator rights to modify versions.');
  }
  return version;
}

function pageOfVersions(call: Call): Reply {
  const project = projectAt(call);
  const statuses = listParam(call, 'status');
  const wrong = statuses.find((name) => !['released', 'unreleased', 'archived'].includes(name));
  if (wrong !== undefined) throw refuse(400, `Invalid value '${wrong}' for 'status'.`);
  const stateOf = (row: VersionRow) => (row.archived ? 'archived' : row.released ? 'released' : 'unreleased');
  const rows = versionsOf(call.store, project.id).filter(
    (row) => statuses.length === 0 || statuses.includes(stateOf(row)),
  );
  const sorted = ordered(call, containing(rows, call.query.get('query')), {
    description: (row) => row.description,
    name: (row) => row.name,
    releaseDate: (row) => row.releaseDate,
    startDate: (row) => row.startDate,
    sequence: (row) => rows.indexOf(row),
  });
  const shown = page(call, `project/${project.key}/version`, sorted);
  call.cost.core(shown.values.length);
  const expand = listParam(call, 'expand');
  return ok({ ...shown, values: shown.values.map((row) => renderVersionFor(call, row, expand)) });
}

/** What a body may say; properties that only answers have are taken and ignored. */
const VersionBody = z.strictObject({
  name: z.string().optional(),
  description: z.string().nullish(),
  project: z.string().optional(),
  projectId: z.union([z.number().int(), z.string().regex(/^\d+$/)]).optional(),
  archived: z.boolean().optional(),
  released: z.boolean().optional(),
  startDate: z.string().nullish(),
  releaseDate: z.string().nullish(),
  driver: z.string().nullish(),
  moveUnfixedIssuesTo: z.string().optional(),
  ...onlyAnswered('approvers', 'expand', 'id', 'issuesStatusForFixVersion', 'operations'),
  ...onlyAnswered('overdue', 'self', 'userReleaseDate', 'userStartDate'),
});
type VersionInput = z.infer<typeof VersionBody>;

function createVersion(call: Call): Reply {
  const body = bodyAs(call, VersionBody);
  const named = body.projectId ?? body.project;
  if (named === undefined) throw refuseFields({ project: 'Project must be specified.' });
  const project = projectOf(call, String(named));
  if (!mayAdminister(call, project)) {
    throw refuse(404, `Project with id '${project.id}' does not exist or you cannot administer it.`);
  }
  const version = call.store.versions.put({
    id: call.store.nextId('version'),
    projectId: project.id,
    archived: false,
    released: false,
    ...(body.released === true ? { released: true } : {}),
    ...valuesOf(call, project, body, undefined),
  });
  emitVersion(call, 'created', version);
  return created(renderVersionFor(call, version, []));
}

/** Checked name, texts, dates and driver of a body, with the old ones where it says nothing. */
function valuesOf(call: Call, project: ProjectRow, body: VersionInput, old: VersionRow | undefined) {
  const name = body.name?.trim() ?? old?.name ?? '';
  if (name === '') throw refuseFields({ name: 'You must specify a valid version name' });
  if (name.length > 255) throw refuseFields({ name: 'The name is too long: at most 255 characters.' });
  const twin = call.store.versions
    .by('project', project.id)
    .find((row) => row.name === name && row.id !== old?.id);
  if (twin !== undefined)
    throw refuseFields({ name: 'A version with this name already exists in this project.' });
  const description = body.description ?? old?.description ?? '';
  if (new TextEncoder().encode(description).length > 16_384)
    throw refuseFields({ description: 'The description is too long: at most 16384 bytes.' });
  const startDate = dayOf('startDate', body.startDate, old?.startDate);
  const releaseDate = dayOf('releaseDate', body.releaseDate, old?.releaseDate);
  if (startDate !== undefined && releaseDate !== undefined && startDate > releaseDate) {
    throw refuseFields({ startDate: 'The start date must be before the release date.' });
  }
  const driverId = body.driver === undefined ? old?.driverId : (body.driver ?? undefined);
  if (driverId !== undefined && call.store.users.get(driverId) === undefined)
    throw refuseFields({ driver: `The user with account ID '${driverId}' does not exist.` });
  return {
    name,
    description,
    ...(body.archived === undefined ? {} : { archived: body.archived }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(releaseDate === undefined ? {} : { releaseDate }),
    ...(driverId === undefined ? {} : { driverId }),
  };
}

function dayOf(name: string, given: string | null | undefined, old: string | undefined): string | undefined {
  if (given === undefined) return old;
  if (given === null || given === '') return undefined;
  if (!isDay(given)) throw refuseFields({ [name]: `'${given}' is an invalid date` });
  return given;
}

function updateVersion(call: Call): Reply {
  const old = versionToChange(call, 400);
  const body = bodyAs(call, VersionBody);
  const project = call.store.projects.must(old.projectId);
  const next = call.store.versions.put({
    id: old.id,
    projectId: old.projectId,
    archived: old.archived,
    released: body.released ?? old.released,
    ...(old.sequence === undefined ? {} : { sequence: old.sequence }),
    ...valuesOf(call, project, body, old),
  });
  if (next.released && !old.released && body.moveUnfixedIssuesTo !== undefined) {
    moveUnfixed(call, next, body.moveUnfixedIssuesTo);
  }
  for (const verb of eventsOf(old, next)) emitVersion(call, verb, next);
  return ok(renderVersionFor(call, next, []));
}

/** Releasing and archiving have events of their own; an edit of anything else is an update. */
function eventsOf(old: VersionRow, next: VersionRow): string[] {
  const verbs: string[] = [];
  if (old.released !== next.released) verbs.push(next.released ? 'released' : 'unreleased');
  if (old.archived !== next.archived) verbs.push(next.archived ? 'archived' : 'unarchived');
  const rest = (row: VersionRow) => JSON.stringify({ ...row, released: 0, archived: 0 });
  if (verbs.length === 0 || rest(old) !== rest(next)) verbs.push('updated');
  return verbs;
}

function moveUnfixed(call: Call, version: VersionRow, url: string): void {
  const target = targetOf(call, version, url.split('/').pop());
  rewriteIssues(
    call,
    issuesWith(call.store, version, 'fixVersions').filter((row) => row.values['resolution'] === undefined),
    (issue) => new Map([['fixVersions', swapIn(issue.values['fixVersions'], version.id, target)]]),
  );
}

/** Id of a replacement: another version of the same project. */
function targetOf(call: Call, version: VersionRow, id: string | number | null | undefined): string {
  const target = call.store.versions.get(String(id ?? ''));
  if (target === undefined || target.projectId !== version.projectId || target.id === version.id) {
    throw refuse(400, `The version with id '${id}' cannot replace version '${version.id}'.`);
  }
  return target.id;
}

function deleteVersion(call: Call): Reply {
  const version = versionToChange(call, 401);
  const replacements = new Map<string, string>();
  for (const [parameter, field] of [
    ['moveFixIssuesTo', 'fixVersions'],
    ['moveAffectedIssuesTo', 'versions'],
  ] as const) {
    const id = call.query.get(parameter);
    if (id !== null) replacements.set(field, targetOf(call, version, id));
  }
  removeVersion(call, version, replacements);
  emitVersion(call, 'deleted', version);
  return NO_CONTENT;
}

const whole = z.number().int();
const SwapBody = z.strictObject({
  moveFixIssuesTo: whole.nullish(),
  moveAffectedIssuesTo: whole.nullish(),
  customFieldReplacementList: z.array(z.strictObject({ customFieldId: whole, moveTo: whole })).nullish(),
});

function removeAndSwap(call: Call): Reply {
  const version = versionToChange(call, 404);
  const body = bodyAs(call, SwapBody);
  const replacements = new Map<string, string>();
  const swap = (field: string, id: number | null | undefined) => {
    if (id !== undefined && id !== null) replacements.set(field, targetOf(call, version, id));
  };
  swap('fixVersions', body.moveFixIssuesTo);
  swap('versions', body.moveAffectedIssuesTo);
  for (const { customFieldId, moveTo } of body.customFieldReplacementList ?? []) {
    const id = `customfield_${customFieldId}`;
    if (!versionFields(call.store).some((field) => field.id === id))
      throw refuse(400, `There is no version picker field with id ${customFieldId}.`);
    swap(id, moveTo);
  }
  removeVersion(call, version, replacements);
  emitVersion(call, 'deleted', version);
  return NO_CONTENT;
}

function mergeVersion(call: Call): Reply {
  const version = versionToChange(call, 401);
  const to = versionAt(call, call.params['moveIssuesTo'] ?? '');
  const target = targetOf(call, version, to.id);
  const fields = ['fixVersions', 'versions', ...versionFields(call.store).map((field) => field.id)];
  removeVersion(call, version, new Map(fields.map((id) => [id, target])));
  emitVersion(call, 'merged', to, { mergedVersion: { id: version.id, name: version.name } });
  return NO_CONTENT;
}

const MoveBody = z.strictObject({
  after: z.string().optional(),
  position: z.enum(['Earlier', 'Later', 'First', 'Last']).optional(),
});

function moveVersion(call: Call): Reply {
  const version = versionAt(call);
  const body = bodyAs(call, MoveBody);
  if ((body.after === undefined) === (body.position === undefined)) {
    throw refuse(400, "Exactly one of 'after' and 'position' must be given.");
  }
  demandProjectAdmin(call, call.store.projects.must(version.projectId));
  const all = versionsOf(call.store, version.projectId);
  const rest = all.filter((row) => row.id !== version.id);
  rest.splice(placeOf(call, body, all, version), 0, version);
  for (const [sequence, row] of rest.entries()) call.store.versions.put({ ...row, sequence });
  const next = call.store.versions.must(version.id);
  emitVersion(call, 'moved', next);
  return ok(renderVersionFor(call, next, []));
}

/** Place among the other versions of the project. */
function placeOf(
  call: Call,
  body: z.infer<typeof MoveBody>,
  all: readonly VersionRow[],
  version: VersionRow,
): number {
  const now = all.indexOf(version);
  if (body.position === 'First') return 0;
  if (body.position === 'Last') return all.length - 1;
  if (body.position === 'Earlier') return Math.max(0, now - 1);
  if (body.position === 'Later') return Math.min(all.length - 1, now + 1);
  const after = versionAt(call, body.after?.split('/').pop() ?? '');
  const rest = all.filter((row) => row.id !== version.id);
  const place = rest.findIndex((row) => row.id === after.id);
  if (place < 0) throw refuse(404, `Could not find version for id '${after.id}'`);
  return place + 1;
}

function relatedCounts(call: Call): Reply {
  const version = versionAt(call);
  const usage = versionFields(call.store).map((field) => ({
    customFieldId: Number(field.schema?.customId),
    fieldName: field.name,
    issueCountWithVersionInCustomField: issuesWith(call.store, version, field.id).length,
  }));
  const used = new Set(
    versionFields(call.store).flatMap((field) =>
      issuesWith(call.store, version, field.id).map((row) => row.id),
    ),
  );
  return ok({
    self: selfUrl(call, `version/${version.id}`),
    issuesFixedCount: issuesWith(call.store, version, 'fixVersions').length,
    issuesAffectedCount: issuesWith(call.store, version, 'versions').length,
    issueCountWithCustomFieldsShowingVersion: used.size,
    customFieldUsage: usage.filter((row) => row.issueCountWithVersionInCustomField > 0),
  });
}
