/** Contexts of custom fields: where a field exists and with which options. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { contextFor } from '../admin/contexts';
import { liveField } from '../admin/field-types';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { ContextRow, FieldRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { listParam, page } from './read-query';

const F = '/rest/api/3/field/{fieldId}';

export const contextRoutes: readonly Route[] = [
  route(`GET ${F}/context`, pageOfContexts),
  route(`POST ${F}/context`, createContext),
  route(`PUT ${F}/context/{contextId}`, updateContext),
  route(`DELETE ${F}/context/{contextId}`, deleteContext),
  route(`GET ${F}/contexts`, (call) => {
    const field = fieldAt(call);
    const shown = page(call, `field/${field.id}/contexts`, call.store.contexts.by('field', field.id));
    return ok({ ...shown, values: shown.values.map((row) => ({ id: Number(row.id), name: row.name })) });
  }),
  route(`GET ${F}/context/projectmapping`, (call) =>
    pageOfMappings(call, 'projectmapping', (row) =>
      row.projectIds.length === 0
        ? [{ contextId: row.id, isGlobalContext: true }]
        : row.projectIds.map((projectId) => ({ contextId: row.id, projectId })),
    ),
  ),
  route(`GET ${F}/context/issuetypemapping`, (call) =>
    pageOfMappings(call, 'issuetypemapping', (row) =>
      row.issueTypeIds.length === 0
        ? [{ contextId: row.id, isAnyIssueType: true }]
        : row.issueTypeIds.map((issueTypeId) => ({ contextId: row.id, issueTypeId })),
    ),
  ),
  route(`POST ${F}/context/mapping`, findContexts),
  route(`PUT ${F}/context/{contextId}/project`, addProjects),
  route(`POST ${F}/context/{contextId}/project/remove`, removeProjects),
  route(`PUT ${F}/context/{contextId}/issuetype`, addTypes),
  route(`POST ${F}/context/{contextId}/issuetype/remove`, removeTypes),
];

function fieldAt(call: Call): FieldRow {
  const field = liveField(call.store, call.params['fieldId']);
  if (field === undefined) throw refuse(404, 'The custom field was not found.');
  return field;
}

/** The context of the path, for administrators. */
export function contextAt(call: Call): ContextRow {
  demandAdmin(call);
  const field = fieldAt(call);
  const context = call.store.contexts.get(call.params['contextId']);
  if (context?.fieldId !== field.id) throw refuse(404, 'The context was not found.');
  return context;
}

function contextsOf(call: Call): ContextRow[] {
  demandAdmin(call);
  const ids = listParam(call, 'contextId');
  return call.store.contexts
    .by('field', fieldAt(call).id)
    .filter((row) => ids.length === 0 || ids.includes(row.id));
}

function flag(call: Call, name: string): boolean | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (text !== 'true' && text !== 'false') throw refuse(400, `Invalid value '${text}' for '${name}'.`);
  return text === 'true';
}

function pageOfContexts(call: Call): Reply {
  const anyType = flag(call, 'isAnyIssueType');
  const global = flag(call, 'isGlobalContext');
  const rows = contextsOf(call)
    .filter((row) => anyType === undefined || (row.issueTypeIds.length === 0) === anyType)
    .filter((row) => global === undefined || (row.projectIds.length === 0) === global);
  const shown = page(call, `field/${call.params['fieldId']}/context`, rows);
  return ok({
    ...shown,
    values: shown.values.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      isGlobalContext: row.projectIds.length === 0,
      isAnyIssueType: row.issueTypeIds.length === 0,
    })),
  });
}

function pageOfMappings(
  call: Call,
  path: string,
  rowsOf: (row: ContextRow) => Record<string, unknown>[],
): Reply {
  const rows = contextsOf(call).flatMap(rowsOf);
  return ok(page(call, `field/${call.params['fieldId']}/context/${path}`, rows));
}

function demandProjects(call: Call, ids: readonly string[]): void {
  const unknown = ids.filter((id) => call.store.projects.get(id) === undefined);
  if (unknown.length > 0) throw refuse(404, `These projects were not found: ${unknown.join(', ')}.`);
}

function demandTypes(call: Call, ids: readonly string[]): void {
  const unknown = ids.filter((id) => call.store.issueTypes.get(id) === undefined);
  if (unknown.length > 0) throw refuse(404, `These issue types were not found: ${unknown.join(', ')}.`);
}

/** A project has at most one context of a field, and a field at most one global context. */
function demandFree(call: Call, field: FieldRow, projectIds: readonly string[], exceptId?: string): void {
  const others = call.store.contexts.by('field', field.id).filter((row) => row.id !== exceptId);
  if (projectIds.length === 0 && others.some((row) => row.projectIds.length === 0)) {
    throw refuse(400, 'The field has a global context already.');
  }
  const taken = projectIds.filter((id) => others.some((row) => row.projectIds.includes(id)));
  if (taken.length > 0) {
    throw refuse(
      400,
      `These projects are associated with another context of the field: ${taken.join(', ')}.`,
    );
  }
}

const name = z.string().trim().min(1).max(255);
const ids = z.array(z.string());
const ContextBody = z.strictObject({
  name,
  description: z.string().optional(),
  projectIds: ids.optional(),
  issueTypeIds: ids.optional(),
  ...onlyAnswered('id'),
});

function createContext(call: Call): Reply {
  demandAdmin(call);
  const field = fieldAt(call);
  const body = bodyAs(call, ContextBody);
  const projectIds = [...new Set(body.projectIds ?? [])];
  const issueTypeIds = [...new Set(body.issueTypeIds ?? [])];
  demandProjects(call, projectIds);
  demandTypes(call, issueTypeIds);
  demandFree(call, field, projectIds);
  const row = call.store.contexts.put({
    id: call.store.nextId('context'),
    fieldId: field.id,
    name: body.name,
    description: body.description ?? '',
    projectIds,
    issueTypeIds,
  });
  emitContext(call, 'created', field, row);
  const { id, description } = row;
  return created({ id, name: row.name, description, projectIds, issueTypeIds });
}

function emitContext(
  call: Call,
  verb: 'created' | 'updated' | 'deleted',
  field: FieldRow,
  row: ContextRow,
): void {
  call.emit(`avi:jira:${verb}:field:context`, {
    fieldId: field.id,
    fieldKey: field.id,
    configurationId: row.id,
    name: row.name,
    description: row.description,
    projectIds: row.projectIds,
    issueTypeIds: row.issueTypeIds,
  });
}

/** Stores the changed context and tells of it. */
function putContext(call: Call, row: ContextRow): Reply {
  call.store.contexts.put(row);
  emitContext(call, 'updated', fieldAt(call), row);
  return NO_CONTENT;
}

function updateContext(call: Call): Reply {
  const context = contextAt(call);
  const body = bodyAs(call, z.strictObject({ name: name.optional(), description: z.string().optional() }));
  return putContext(call, {
    ...context,
    name: body.name ?? context.name,
    description: body.description ?? context.description,
  });
}

function deleteContext(call: Call): Reply {
  const context = contextAt(call);
  if (context.projectIds.length === 0) throw refuse(400, 'The global context cannot be deleted.');
  call.store.contexts.remove(context.id);
  emitContext(call, 'deleted', fieldAt(call), context);
  return NO_CONTENT;
}

const MappingBody = z.strictObject({
  mappings: z.array(z.strictObject({ projectId: z.string(), issueTypeId: z.string() })),
});

/** The context that rules each pair: that of the project first, then the global one, if it has the type. */
function findContexts(call: Call): Reply {
  demandAdmin(call);
  const field = fieldAt(call);
  const { mappings } = bodyAs(call, MappingBody);
  const pairs = mappings.map((row) => `${row.projectId} ${row.issueTypeId}`);
  if (new Set(pairs).size < pairs.length)
    throw refuse(400, 'Duplicate project and issue type mappings cannot be provided.');
  demandProjects(
    call,
    mappings.map((row) => row.projectId),
  );
  demandTypes(
    call,
    mappings.map((row) => row.issueTypeId),
  );
  const rows = mappings.map(({ projectId, issueTypeId }) => {
    const context = contextFor(call.store, field.id, projectId, issueTypeId);
    return { projectId, issueTypeId, contextId: context?.id ?? null };
  });
  return ok(page(call, `field/${field.id}/context/mapping`, rows));
}

const ProjectIdsBody = z.strictObject({ projectIds: ids.min(1) });
const TypeIdsBody = z.strictObject({ issueTypeIds: ids.min(1) });

function addProjects(call: Call): Reply {
  const context = contextAt(call);
  const { projectIds } = bodyAs(call, ProjectIdsBody);
  demandProjects(call, projectIds);
  // A global context cannot be narrowed to projects since April 2026.
  if (context.projectIds.length === 0) throw refuse(400, 'The global context applies to all projects.');
  if (projectIds.some((id) => context.projectIds.includes(id)))
    throw refuse(400, 'Some of the projects are in the context already.');
  demandFree(call, fieldAt(call), projectIds, context.id);
  return putContext(call, { ...context, projectIds: [...context.projectIds, ...projectIds] });
}

function removeProjects(call: Call): Reply {
  const context = contextAt(call);
  const { projectIds } = bodyAs(call, ProjectIdsBody);
  demandProjects(call, projectIds);
  if (projectIds.some((id) => !context.projectIds.includes(id)))
    throw refuse(400, 'Some of the projects are not in the context.');
  const left = context.projectIds.filter((id) => !projectIds.includes(id));
  demandFree(call, fieldAt(call), left, context.id);
  return putContext(call, { ...context, projectIds: left });
}

function addTypes(call: Call): Reply {
  const context = contextAt(call);
  const { issueTypeIds } = bodyAs(call, TypeIdsBody);
  demandTypes(call, issueTypeIds);
  if (context.projectIds.length === 0)
    throw refuse(400, 'Issue types cannot be added to the global context.');
  if (issueTypeIds.some((id) => context.issueTypeIds.includes(id)))
    throw refuse(400, 'Some of the issue types are in the context already.');
  return putContext(call, { ...context, issueTypeIds: [...context.issueTypeIds, ...issueTypeIds] });
}

function removeTypes(call: Call): Reply {
  const context = contextAt(call);
  const { issueTypeIds } = bodyAs(call, TypeIdsBody);
  demandTypes(call, issueTypeIds);
  if (issueTypeIds.some((id) => !context.issueTypeIds.includes(id)))
    throw refuse(400, 'Some of the issue types are not in the context.');
  const left = context.issueTypeIds.filter((id) => !issueTypeIds.includes(id));
  return putContext(call, { ...context, issueTypeIds: left });
}
