/** Fields, their contexts and options; issue types, priorities, resolutions, statuses. */

import { projectOf } from '../access';
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
import { renderField } from '../views/field';
import { siteUrl } from '../world';
import { seenProjects } from './projects';
import { listParam, page } from './read-query';

export const fieldRoutes: readonly Route[] = [
  route('GET /rest/api/3/field', (call) => {
    const fields = seenFields(call);
    call.cost.core(fields.length);
    return ok(fields.map(renderField));
  }),
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
