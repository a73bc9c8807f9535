/** Fields, their contexts and options; issue types, priorities, resolutions, statuses. */

import { demandAdmin, projectOf } from '../access';
import type { FieldRow, StatusRow } from '../entities';
import { appliesTo } from '../issues/field-access';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import {
  renderIssueType,
  renderOption,
  renderPriority,
  renderResolution,
  renderStatus,
  renderStatusCategory,
  STATUS_CATEGORIES,
} from '../views/choices';
import { siteUrl } from '../world';
import { seenProjects } from './projects';
import { listParam, objectBody, page } from './read-query';

export const fieldRoutes: readonly Route[] = [
  route('GET /rest/api/3/field', (call) => {
    const fields = seenFields(call);
    call.cost.core(fields.length);
    return ok(fields.map(renderField));
  }),
  route('GET /rest/api/3/field/search', searchFields),
  route('GET /rest/api/3/field/{fieldId}/context', readContexts),
  route('GET /rest/api/3/field/{fieldId}/contexts', (call) => {
    const shown = page(
      call,
      `field/${fieldAt(call).id}/contexts`,
      call.store.contexts.by('field', fieldAt(call).id),
    );
    return ok({ ...shown, values: shown.values.map((row) => ({ id: Number(row.id), name: row.name })) });
  }),
  route('GET /rest/api/3/field/{fieldId}/context/projectmapping', (call) => {
    demandAdmin(call);
    const rows = call.store.contexts
      .by('field', fieldAt(call).id)
      .flatMap((row): Record<string, unknown>[] =>
        row.projectIds.length === 0
          ? [{ contextId: row.id, isGlobalContext: true }]
          : row.projectIds.map((projectId) => ({ contextId: row.id, projectId })),
      );
    return ok(page(call, `field/${fieldAt(call).id}/context/projectmapping`, rows));
  }),
  route('GET /rest/api/3/field/{fieldId}/context/issuetypemapping', (call) => {
    demandAdmin(call);
    const rows = call.store.contexts
      .by('field', fieldAt(call).id)
      .flatMap((row): Record<string, unknown>[] =>
        row.issueTypeIds.length === 0
          ? [{ contextId: row.id, isAnyIssueType: true }]
          : row.issueTypeIds.map((issueTypeId) => ({ contextId: row.id, issueTypeId })),
      );
    return ok(page(call, `field/${fieldAt(call).id}/context/issuetypemapping`, rows));
  }),
  route('GET /rest/api/3/field/{fieldId}/context/{contextId}/option', readOptions),
  route('POST /rest/api/3/field/{fieldId}/context/{contextId}/option', createOptions),
  route('PUT /rest/api/3/field/{fieldId}/context/{contextId}/option', updateOptions),
  route('POST /rest/api/3/field/{id}/trash', (call) => moveField(call, true)),
  route('POST /rest/api/3/field/{id}/restore', (call) => moveField(call, false)),
  route('GET /rest/api/3/customFieldOption/{id}', (call) => {
    const option = call.store.options.get(call.params['id']);
    if (option === undefined) throw refuse(404, 'The custom field option does not exist.');
    const { self, value } = renderOption(call, option.id);
    return ok({ self, value });
  }),
  route('GET /rest/api/3/issuetype', (call) =>
    ok(call.store.issueTypes.all().map((row) => issueTypeRow(call, row.id))),
  ),
  route('GET /rest/api/3/issuetype/project', (call) => {
    const project = projectOf(call, call.query.get('projectId') ?? '');
    const level = call.query.get('level');
    const types = project.issueTypeIds.map((id) => call.store.issueTypes.must(id));
    const shown = types.filter((row) => level === null || row.hierarchyLevel === Number(level));
    call.cost.core(shown.length);
    return ok(shown.map((row) => renderIssueType(call, row)));
  }),
  route('GET /rest/api/3/issuetype/{id}', (call) => {
    const id = call.params['id'] ?? '';
    if (call.store.issueTypes.get(id) === undefined) throw refuse(404, 'The issue type does not exist.');
    return ok(issueTypeRow(call, id));
  }),
  route('GET /rest/api/3/priority', (call) =>
    ok(call.store.priorities.all().map((row) => priorityInFull(call, row.id))),
  ),
  route('GET /rest/api/3/priority/search', (call) => {
    const ids = listParam(call, 'id');
    const projectIds = listParam(call, 'projectId');
    const schemes = projectIds.map((id) => projectOf(call, id).priorityIds);
    const rows = call.store.priorities
      .all()
      .filter((row) => ids.length === 0 || ids.includes(row.id))
      .filter((row) => schemes.length === 0 || schemes.some((scheme) => scheme.includes(row.id)));
    const shown = page(call, 'priority/search', rows);
    return ok({
      ...shown,
      values: shown.values.map((row) => ({ ...priorityInFull(call, row.id), isDefault: false })),
    });
  }),
  route('GET /rest/api/3/priority/{id}', (call) => {
    const id = call.params['id'] ?? '';
    if (call.store.priorities.get(id) === undefined)
      throw refuse(404, `The priority with id '${id}' does not exist.`);
    return ok(priorityInFull(call, id));
  }),
  route('GET /rest/api/3/resolution', (call) =>
    ok(call.store.resolutions.all().map((row) => renderResolution(call, row.id))),
  ),
  route('GET /rest/api/3/resolution/search', (call) => {
    const shown = page(call, 'resolution/search', call.store.resolutions.all());
    return ok({
      ...shown,
      values: shown.values.map((row) => ({ ...renderResolution(call, row.id), default: false })),
    });
  }),
  route('GET /rest/api/3/resolution/{id}', (call) => {
    const id = call.params['id'] ?? '';
    if (call.store.resolutions.get(id) === undefined) throw refuse(404, 'The resolution does not exist.');
    return ok(renderResolution(call, id));
  }),
  route('GET /rest/api/3/status', (call) =>
    ok(seenStatuses(call).map((row) => ({ ...renderStatus(call, row), untranslatedName: row.name }))),
  ),
  route('GET /rest/api/3/status/{idOrName}', (call) => {
    const named = call.params['idOrName'] ?? '';
    const row = seenStatuses(call).find((status) => status.id === named || status.name === named);
    if (row === undefined) throw refuse(404, 'The status does not exist.');
    return ok(renderStatus(call, row));
  }),
  route('GET /rest/api/3/statuses', (call) => {
    const ids = listParam(call, 'id');
    if (ids.length === 0) throw refuse(400, "'id' is required.");
    return ok(
      call.store.statuses
        .all()
        .filter((row) => ids.includes(row.id))
        .map(modernStatus),
    );
  }),
  route('GET /rest/api/3/statuses/search', searchStatuses),
  route('GET /rest/api/3/statuscategory', (call) =>
    ok([
      {
        ...renderStatusCategory(call, 2),
        self: siteUrl(call, '/rest/api/3/statuscategory/1'),
        id: 1,
        key: 'undefined',
        colorName: 'medium-gray',
        name: 'No Category',
      },
      ...([2, 4, 3] as const).map((id) => renderStatusCategory(call, id)),
    ]),
  ),
];

function renderField(field: FieldRow): Record<string, unknown> {
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    ...(field.custom ? { untranslatedName: field.name } : {}),
    custom: field.custom,
    orderable: field.orderable,
    navigable: field.navigable,
    searchable: field.searchable,
    clauseNames: field.clauseNames,
    ...(field.schema === undefined ? {} : { schema: field.schema }),
  };
}

/** System fields, and custom fields that reach a project the caller may browse. */
function seenFields(call: Call): FieldRow[] {
  const projects = seenProjects(call);
  return call.store.fields
    .all()
    .filter(
      (field) =>
        !field.custom ||
        projects.some((project) =>
          project.issueTypeIds.some((typeId) => appliesTo(call, field, project, typeId)),
        ),
    );
}

function fieldAt(call: Call): FieldRow {
  const field = call.store.fields.get(call.params['fieldId']);
  if (field?.custom !== true || field.trashed === true) throw refuse(404, 'The custom field was not found.');
  return field;
}

function searchFields(call: Call): Reply {
  const ids = listParam(call, 'id');
  const types = listParam(call, 'type');
  const text = (call.query.get('query') ?? '').toLowerCase();
  const found = call.store.fields
    .all()
    .filter((field) => field.schema !== undefined && field.trashed !== true)
    .filter((field) => ids.length === 0 || ids.includes(field.id))
    .filter((field) => types.length === 0 || types.includes(field.custom ? 'custom' : 'system'))
    .filter((field) => text === '' || field.name.toLowerCase().includes(text));
  const shown = page(call, 'field/search', found);
  call.cost.core(shown.values.length);
  return ok({
    ...shown,
    values: shown.values.map((field) => ({
      id: field.id,
      name: field.name,
      key: field.id,
      schema: field.schema,
      description: field.description,
      isLocked: field.kind === 'rank',
      contextsCount: call.store.contexts.by('field', field.id).length,
    })),
  });
}

function readContexts(call: Call): Reply {
  demandAdmin(call);
  const shown = page(
    call,
    `field/${fieldAt(call).id}/context`,
    call.store.contexts.by('field', fieldAt(call).id),
  );
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

function contextAt(call: Call) {
  demandAdmin(call);
  const context = call.store.contexts.get(call.params['contextId']);
  if (context === undefined || context.fieldId !== fieldAt(call).id)
    throw refuse(404, 'The context was not found.');
  return context;
}

function optionsOf(call: Call) {
  const context = contextAt(call);
  return call.store.options.by('field', context.fieldId).filter((row) => row.contextId === context.id);
}

function renderContextOption(row: { id: string; value: string; disabled: boolean; parentId?: string }) {
  return {
    id: row.id,
    value: row.value,
    ...(row.parentId === undefined ? {} : { optionId: row.parentId }),
    disabled: row.disabled,
  };
}

function readOptions(call: Call): Reply {
  const context = contextAt(call);
  const only = call.query.get('optionId');
  const rows = optionsOf(call).filter((row) => only === null || row.id === only || row.parentId === only);
  const shown = page(call, `field/${context.fieldId}/context/${context.id}/option`, rows, 100);
  call.cost.core(shown.values.length);
  return ok({ ...shown, values: shown.values.map(renderContextOption) });
}

function createOptions(call: Call): Reply {
  const context = contextAt(call);
  const wanted = objectBody(call)['options'];
  if (!Array.isArray(wanted) || wanted.length === 0) throw refuse(400, 'options must not be empty.');
  const made = (wanted as { value?: unknown; disabled?: unknown; optionId?: unknown }[]).map((input) => {
    const value = typeof input.value === 'string' ? input.value.trim() : '';
    if (value === '') throw refuse(400, 'The option value must not be empty.');
    const parentId = input.optionId === undefined ? undefined : String(input.optionId);
    if (optionsOf(call).some((row) => row.value === value && row.parentId === parentId)) {
      throw refuse(400, `Option '${value}' already exists in the context.`);
    }
    return call.store.options.put({
      id: call.store.nextId('option'),
      fieldId: context.fieldId,
      contextId: context.id,
      value,
      disabled: input.disabled === true,
      ...(parentId === undefined ? {} : { parentId }),
    });
  });
  return ok({ options: made.map(renderContextOption) });
}

/** Renames, disables or enables options. */
function updateOptions(call: Call): Reply {
  const known = optionsOf(call);
  const wanted = objectBody(call)['options'];
  if (!Array.isArray(wanted)) throw refuse(400, 'options must be an array.');
  const changed = (wanted as { id?: unknown; value?: unknown; disabled?: unknown }[]).map((input) => {
    const option = known.find((row) => row.id === String(input.id));
    if (option === undefined) throw refuse(404, `The option with id '${String(input.id)}' was not found.`);
    return call.store.options.put({
      ...option,
      ...(typeof input.value === 'string' ? { value: input.value } : {}),
      ...(typeof input.disabled === 'boolean' ? { disabled: input.disabled } : {}),
    });
  });
  return ok({ options: changed.map(({ id, value, disabled }) => ({ id, value, disabled })) });
}

/** Into the trash or out of it. */
function moveField(call: Call, trashed: boolean): Reply {
  demandAdmin(call);
  const field = call.store.fields.get(call.params['id']);
  if (field?.custom !== true) throw refuse(404, 'The custom field was not found.');
  call.store.fields.put({ ...field, trashed });
  call.emit(`avi:jira:${trashed ? 'trashed' : 'restored'}:field`, {
    id: field.id,
    key: field.id,
    type: field.schema?.custom,
    name: field.name,
  });
  return ok({});
}

function issueTypeRow(call: Call, id: string): Record<string, unknown> {
  const type = call.store.issueTypes.must(id);
  return { ...renderIssueType(call, type), untranslatedName: type.name };
}

function priorityInFull(call: Call, id: string): Record<string, unknown> {
  const { description, statusColor } = call.store.priorities.must(id);
  return { ...renderPriority(call, id), description, statusColor };
}

/** Statuses of workflows in projects the caller may browse. */
function seenStatuses(call: Call): StatusRow[] {
  const workflows = new Set(seenProjects(call).flatMap((project) => Object.values(project.workflows)));
  const ids = new Set([...workflows].flatMap((id) => call.store.workflows.must(id).statusIds));
  return call.store.statuses.all().filter((row) => ids.has(row.id));
}

function modernStatus(row: StatusRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    statusCategory: STATUS_CATEGORIES[row.categoryId].modern,
    scope: { type: 'GLOBAL' },
    description: row.description,
  };
}

function searchStatuses(call: Call): Reply {
  const text = (call.query.get('searchString') ?? '').toLowerCase();
  const category = call.query.get('statusCategory');
  const rows = seenStatuses(call)
    .filter((row) => text === '' || row.name.toLowerCase().includes(text))
    .filter((row) => category === null || STATUS_CATEGORIES[row.categoryId].modern === category);
  const shown = page(call, 'statuses/search', rows, 200);
  return ok({ ...shown, values: shown.values.map(modernStatus) });
}
