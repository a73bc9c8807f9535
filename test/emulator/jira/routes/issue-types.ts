/** Issue types and the schemes which say what types a project has. */
import { z } from 'zod';
import { demandAdmin, projectOf } from '../access';
import { freshId } from '../admin/fresh-id';
import { bodyAs } from '../admin/read-body';
import type { IssueRow, IssueTypeRow } from '../entities';
import { namedItem } from '../issues/change-items';
import { commitIssue } from '../issues/commit';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderIssueType } from '../views/choices';
import { requireUser } from '../world';
import { seenProjects } from './projects';

export const issueTypeRoutes: readonly Route[] = [
  route('GET /rest/api/3/issuetype', (call) => ok(seenTypes(call).map((row) => typeInFull(call, row))), {
    open: true,
  }),
  route('POST /rest/api/3/issuetype', createType),
  route('GET /rest/api/3/issuetype/project', (call) => {
    const project = projectOf(call, call.query.get('projectId') ?? '');
    const level = call.query.get('level');
    const types = project.issueTypeIds.map((id) => call.store.issueTypes.must(id));
    const shown = types.filter((row) => level === null || row.hierarchyLevel === Number(level));
    call.cost.core(shown.length);
    return ok(shown.map((row) => renderIssueType(call, row)));
  }),
  route('GET /rest/api/3/issuetype/{id}', (call) => ok(typeInFull(call, seenType(call)))),
  route('PUT /rest/api/3/issuetype/{id}', updateType),
  route('DELETE /rest/api/3/issuetype/{id}', deleteType),
  route('GET /rest/api/3/issuetype/{id}/alternatives', (call) => {
    const type = seenType(call);
    return ok(alternativesOf(call, type).map((row) => renderIssueType(call, row)));
  }),
];

function typeInFull(call: Call, row: IssueTypeRow): Record<string, unknown> {
  return { ...renderIssueType(call, row), untranslatedName: row.name };
}

/** All types for administrators, those of their projects for everybody else. */
function seenTypes(call: Call): IssueTypeRow[] {
  const all = call.store.issueTypes.all();
  if (call.me?.admin === true) return all;
  const ids = new Set(seenProjects(call).flatMap((project) => project.issueTypeIds));
  return all.filter((row) => ids.has(row.id));
}

function seenType(call: Call): IssueTypeRow {
  requireUser(call);
  const type = seenTypes(call).find((row) => row.id === call.params['id']);
  if (type === undefined) throw refuse(404, 'The issue type does not exist.');
  return type;
}

function typeToChange(call: Call): IssueTypeRow {
  demandAdmin(call);
  const type = call.store.issueTypes.get(call.params['id']);
  if (type === undefined) throw refuse(404, 'The issue type does not exist.');
  return type;
}

function demandName(call: Call, name: string | undefined, exceptId?: string): void {
  if (name === undefined) return;
  if (name.length > 60) throw refuseFields({ name: 'The issue type name must not exceed 60 characters.' });
  const twin = call.store.issueTypes
    .all()
    .find((row) => row.name.toLowerCase() === name.toLowerCase() && row.id !== exceptId);
  if (twin !== undefined) throw refuse(409, 'An issue type with this name already exists.');
}

const name = z.string().trim().min(1);
const CreateBody = z.strictObject({
  name,
  description: z.string().optional(),
  type: z.enum(['subtask', 'standard']).optional(),
  hierarchyLevel: z.union([z.literal(-1), z.literal(0)]).optional(),
});

function createType(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, CreateBody);
  demandName(call, body.name);
  const hierarchyLevel = body.hierarchyLevel ?? (body.type === 'subtask' ? -1 : 0);
  const row = call.store.issueTypes.put({
    id: freshId(call.store, 'issueType', (id) => call.store.issueTypes.get(id) !== undefined),
    name: body.name,
    description: body.description ?? '',
    hierarchyLevel,
    avatarId: hierarchyLevel < 0 ? 10316 : 10300,
  });
  emitType(call, 'created', row);
  return created(typeInFull(call, row));
}

function emitType(call: Call, verb: 'created' | 'updated' | 'deleted', row: IssueTypeRow): void {
  call.emit(`avi:jira:${verb}:issuetype`, { issueType: renderIssueType(call, row) });
}

const UpdateBody = z.strictObject({
  name: name.optional(),
  description: z.string().optional(),
  avatarId: z.number().int().optional(),
});

function updateType(call: Call): Reply {
  const type = typeToChange(call);
  const body = bodyAs(call, UpdateBody);
  if (Object.keys(body).length === 0) throw refuse(400, 'At least one property must be given.');
  demandName(call, body.name, type.id);
  const next = call.store.issueTypes.put({
    ...type,
    name: body.name ?? type.name,
    description: body.description ?? type.description,
    avatarId: body.avatarId ?? type.avatarId,
  });
  emitType(call, 'updated', next);
  return ok(typeInFull(call, next));
}

/** Types that can take over everywhere: same level, and in each project that has both, the same workflow and screens. */
function alternativesOf(call: Call, type: IssueTypeRow): IssueTypeRow[] {
  const projects = call.store.projects.all().filter((row) => row.issueTypeIds.includes(type.id));
  return call.store.issueTypes
    .all()
    .filter((row) => row.id !== type.id && row.hierarchyLevel < 0 === type.hierarchyLevel < 0)
    .filter((row) =>
      projects.every((project) => {
        if (!project.issueTypeIds.includes(row.id)) return false;
        const { mappings } = call.store.typeScreenSchemes.must(project.screenSchemeId ?? '');
        const screens = (id: string) => mappings[id] ?? mappings.default;
        return (
          project.workflows[row.id] === project.workflows[type.id] && screens(row.id) === screens(type.id)
        );
      }),
    );
}

function deleteType(call: Call): Reply {
  const type = typeToChange(call);
  const wanted = call.query.get('alternativeIssueTypeId');
  const issues = call.store.issues.all().filter((issue) => issue.typeId === type.id);
  const alternative = wanted === null ? undefined : call.store.issueTypes.get(wanted);
  if (wanted !== null && alternative === undefined)
    throw refuse(404, 'The alternative issue type does not exist.');
  if (issues.length > 0) {
    if (alternative === undefined)
      throw refuse(404, 'The issue type is in use; an alternative issue type must be given.');
    replaceType(call, type, alternative, issues);
  }
  forgetType(call, type.id);
  call.store.issueTypes.remove(type.id);
  emitType(call, 'deleted', type);
  return NO_CONTENT;
}

function replaceType(call: Call, type: IssueTypeRow, to: IssueTypeRow, issues: readonly IssueRow[]): void {
  if (to.id === type.id) throw refuse(409, 'The issue type cannot replace itself.');
  if (type.hierarchyLevel >= 0 && to.hierarchyLevel < 0)
    throw refuse(409, 'A subtask type cannot replace a standard issue type.');
  if (!alternativesOf(call, type).includes(to))
    throw refuse(400, 'Some issues cannot be updated with the alternative issue type.');
  for (const issue of issues) {
    commitIssue(call, { ...issue, typeId: to.id }, [namedItem('issuetype', type, to)], { silent: true });
  }
}

/** Takes a type out of projects, schemes and contexts. */
function forgetType({ store }: Call, id: string): void {
  const without = <V>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
  for (const row of store.projects.all()) {
    const issueTypeIds = row.issueTypeIds.filter((other) => other !== id);
    store.projects.put({ ...row, issueTypeIds, workflows: without(row.workflows) });
  }
  for (const row of store.issueTypeSchemes.all()) {
    const { defaultIssueTypeId, ...rest } = row;
    const issueTypeIds = row.issueTypeIds.filter((other) => other !== id);
    const kept = defaultIssueTypeId === undefined || defaultIssueTypeId === id ? {} : { defaultIssueTypeId };
    store.issueTypeSchemes.put({ ...rest, issueTypeIds, ...kept });
  }
  for (const row of store.typeScreenSchemes.all()) {
    const mappings = { ...without(row.mappings), default: row.mappings.default };
    store.typeScreenSchemes.put({ ...row, mappings });
  }
  for (const row of store.workflowSchemes.all()) {
    store.workflowSchemes.put({ ...row, workflowIds: without(row.workflowIds) });
  }
  for (const row of store.contexts.all()) {
    if (!row.issueTypeIds.includes(id)) continue;
    const issueTypeIds = row.issueTypeIds.filter((other) => other !== id);
    // A context that was only for this type must not become one for all.
    if (issueTypeIds.length === 0) store.contexts.remove(row.id);
    else store.contexts.put({ ...row, issueTypeIds });
  }
}
