/** Workflow schemes: which workflow each issue type has, and which project has which scheme. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { withSchemes, workflowsFor } from '../admin/project-schemes';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { WorkflowSchemeRow } from '../admin/rows';
import type { ProjectRow } from '../entities';
import { refuse, refuseFields } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { renderIssueType } from '../views/choices';
import { selfUrl } from '../world';
import { listParam, page } from './read-query';

const S = '/rest/api/3/workflowscheme';
const DRAFTS = { level: 'partial', note: 'there are no drafts: active schemes cannot be edited' } as const;

export const workflowSchemeRoutes: readonly Route[] = [
  route(`GET ${S}`, (call) => {
    demandAdmin(call);
    const shown = page(call, 'workflowscheme', call.store.workflowSchemes.all());
    return ok({ ...shown, values: shown.values.map((row) => schemeView(call, row)) });
  }),
  route(`POST ${S}`, createScheme),
  route(`GET ${S}/project`, schemesOfProjects),
  route(`PUT ${S}/project`, assignToProject),
  route(`GET ${S}/{id}`, (call) => ok(schemeView(call, schemeAt(call)))),
  route(`PUT ${S}/{id}`, updateScheme, DRAFTS),
  route(`DELETE ${S}/{id}`, deleteScheme),
  route(`GET ${S}/{id}/default`, (call) => ok({ workflow: nameOf(call, schemeAt(call).defaultWorkflowId) })),
  route(`PUT ${S}/{id}/default`, setDefault, DRAFTS),
  route(`GET ${S}/{id}/issuetype/{issueType}`, (call) => {
    const issueType = typeAt(call);
    const scheme = schemeAt(call);
    return ok({ issueType, workflow: nameOf(call, workflowOf(scheme, issueType)) });
  }),
  route(`PUT ${S}/{id}/issuetype/{issueType}`, setType, DRAFTS),
  route(`DELETE ${S}/{id}/issuetype/{issueType}`, removeType, DRAFTS),
  route(`GET ${S}/{id}/workflow`, typesOfWorkflows),
];

function schemeAt(call: Call, id = call.params['id'] ?? ''): WorkflowSchemeRow {
  demandAdmin(call);
  const scheme = call.store.workflowSchemes.get(id);
  if (scheme === undefined) throw refuse(404, 'The workflow scheme was not found.');
  return scheme;
}

function nameOf(call: Call, workflowId: string): string {
  return call.store.workflows.must(workflowId).name;
}

function workflowOf(scheme: WorkflowSchemeRow, typeId: string): string {
  return scheme.workflowIds[typeId] ?? scheme.defaultWorkflowId;
}

function schemeView(call: Call, row: WorkflowSchemeRow): Record<string, unknown> {
  const mapped = Object.entries(row.workflowIds);
  const types = mapped.map(([id]) => [id, renderIssueType(call, call.store.issueTypes.must(id))]);
  return {
    id: Number(row.id),
    name: row.name,
    description: row.description,
    defaultWorkflow: nameOf(call, row.defaultWorkflowId),
    issueTypeMappings: Object.fromEntries(mapped.map(([id, workflow]) => [id, nameOf(call, workflow)])),
    draft: false,
    issueTypes: Object.fromEntries(types),
    self: selfUrl(call, `workflowscheme/${row.id}`),
  };
}

function workflowNamed(call: Call, name: string): string {
  const row = call.store.workflows.all().find((workflow) => workflow.name === name);
  if (row === undefined) throw refuse(400, `The workflow '${name}' does not exist.`);
  return row.id;
}

function projectsWith(call: Call, row: WorkflowSchemeRow): ProjectRow[] {
  return call.store.projects.all().filter((project) => project.workflowSchemeId === row.id);
}

const SchemeBody = z.strictObject({
  name: z.string().trim().min(1).max(255).optional(),
  description: z.string().optional(),
  defaultWorkflow: z.string().optional(),
  issueTypeMappings: z.record(z.string(), z.string()).optional(),
  updateDraftIfNeeded: z.boolean().optional(),
  ...onlyAnswered('draft', 'id', 'issueTypes', 'lastModified', 'lastModifiedUser'),
  ...onlyAnswered('originalDefaultWorkflow', 'originalIssueTypeMappings', 'self'),
});

function demandFreeName(call: Call, name: string, exceptId?: string): void {
  if (call.store.workflowSchemes.all().some((row) => row.name === name && row.id !== exceptId))
    throw refuse(400, `A workflow scheme with the name '${name}' already exists.`);
}

/** Workflow ids by issue type id, of names as a body gives them. */
function readMappings(call: Call, mappings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mappings).map(([typeId, name]) => {
      if (call.store.issueTypes.get(typeId) === undefined)
        throw refuse(400, `The issue type with id '${typeId}' does not exist.`);
      return [typeId, workflowNamed(call, name)];
    }),
  );
}

function createScheme(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, SchemeBody);
  if (body.name === undefined) throw refuseFields({ name: 'The name of the scheme must be given.' });
  demandFreeName(call, body.name);
  // Without one Jira takes its system workflow; here the oldest workflow of the site stands for it.
  const standard =
    body.defaultWorkflow === undefined
      ? call.store.workflows.all()[0]?.id
      : workflowNamed(call, body.defaultWorkflow);
  const row = call.store.workflowSchemes.put({
    id: call.store.nextId('workflowScheme'),
    name: body.name,
    description: body.description ?? '',
    defaultWorkflowId: standard ?? '',
    workflowIds: readMappings(call, body.issueTypeMappings ?? {}),
  });
  return created(schemeView(call, row));
}

/** The scheme, unless a project works by it: those can be changed only in a draft. */
function schemeToEdit(call: Call, updateDraft: boolean | undefined): WorkflowSchemeRow {
  const scheme = schemeAt(call);
  if (projectsWith(call, scheme).length === 0) return scheme;
  if (updateDraft === true) throw refuse(400, 'The emulator knows no drafts of workflow schemes.');
  throw refuse(400, 'An active workflow scheme cannot be edited. Set updateDraftIfNeeded to edit its draft.');
}

function updateScheme(call: Call): Reply {
  const body = bodyAs(call, SchemeBody);
  const scheme = schemeToEdit(call, body.updateDraftIfNeeded);
  if (body.name !== undefined) demandFreeName(call, body.name, scheme.id);
  const row = call.store.workflowSchemes.put({
    ...scheme,
    name: body.name ?? scheme.name,
    description: body.description ?? scheme.description,
    defaultWorkflowId:
      body.defaultWorkflow === undefined
        ? scheme.defaultWorkflowId
        : workflowNamed(call, body.defaultWorkflow),
    workflowIds:
      body.issueTypeMappings === undefined ? scheme.workflowIds : readMappings(call, body.issueTypeMappings),
  });
  return ok(schemeView(call, row));
}

function deleteScheme(call: Call): Reply {
  const scheme = schemeAt(call);
  if (projectsWith(call, scheme).length > 0) throw refuse(400, 'The workflow scheme is active.');
  call.store.workflowSchemes.remove(scheme.id);
  return NO_CONTENT;
}

const MappingBody = z.strictObject({
  workflow: z.string(),
  updateDraftIfNeeded: z.boolean().optional(),
  ...onlyAnswered('issueType'),
});

function setDefault(call: Call): Reply {
  const body = bodyAs(call, MappingBody);
  const scheme = schemeToEdit(call, body.updateDraftIfNeeded);
  const defaultWorkflowId = workflowNamed(call, body.workflow);
  return ok(schemeView(call, call.store.workflowSchemes.put({ ...scheme, defaultWorkflowId })));
}

function typeAt(call: Call): string {
  const id = call.params['issueType'] ?? '';
  if (call.store.issueTypes.get(id) === undefined) throw refuse(404, 'The issue type was not found.');
  return id;
}

function setType(call: Call): Reply {
  const body = bodyAs(call, MappingBody);
  const scheme = schemeToEdit(call, body.updateDraftIfNeeded);
  const workflowIds = { ...scheme.workflowIds, [typeAt(call)]: workflowNamed(call, body.workflow) };
  return ok(schemeView(call, call.store.workflowSchemes.put({ ...scheme, workflowIds })));
}

function removeType(call: Call): Reply {
  const scheme = schemeToEdit(call, call.query.get('updateDraftIfNeeded') === 'true');
  const { [typeAt(call)]: _, ...workflowIds } = scheme.workflowIds;
  return ok(schemeView(call, call.store.workflowSchemes.put({ ...scheme, workflowIds })));
}

function typesOfWorkflows(call: Call): Reply {
  const scheme = schemeAt(call);
  const wanted = call.query.get('workflowName');
  const ids = [...new Set([scheme.defaultWorkflowId, ...Object.values(scheme.workflowIds)])];
  const rows = ids.map((id) => ({
    workflow: nameOf(call, id),
    issueTypes: Object.entries(scheme.workflowIds)
      .filter(([, workflowId]) => workflowId === id)
      .map(([typeId]) => typeId),
    defaultMapping: id === scheme.defaultWorkflowId,
  }));
  if (wanted === null) return ok(rows[0]);
  const found = rows.find((row) => row.workflow === wanted);
  if (found === undefined) throw refuse(404, `The workflow '${wanted}' is not in the scheme.`);
  return ok(found);
}

function schemesOfProjects(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'projectId');
  if (ids.length === 0) throw refuseFields({ projectId: 'The ID of a project has to be provided.' });
  const values = call.store.workflowSchemes
    .all()
    .map((row) => ({
      projectIds: projectsWith(call, row)
        .map((project) => project.id)
        .filter((id) => ids.includes(id)),
      workflowScheme: schemeView(call, row),
    }))
    .filter((row) => row.projectIds.length > 0);
  return ok({ values });
}

const AssignBody = z.strictObject({ projectId: z.string(), workflowSchemeId: z.string() });

/** Only a project without issues takes another scheme this way: others would need their statuses migrated. */
function assignToProject(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, AssignBody);
  const project = call.store.projects.get(body.projectId);
  if (project === undefined) throw refuse(404, 'The project was not found.');
  const scheme = schemeAt(call, body.workflowSchemeId);
  if (call.store.issues.by('project', project.id).length > 0)
    throw refuse(400, 'The project has issues, so another workflow scheme cannot be assigned to it.');
  const workflows = workflowsFor(project.issueTypeIds, scheme);
  call.store.projects.put({ ...withSchemes(call.store, project, { workflow: scheme.id }), workflows });
  return NO_CONTENT;
}
