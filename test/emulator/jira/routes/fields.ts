/** Fields, their contexts and options; issue types, priorities, resolutions, statuses. */

import type { FieldRow, StatusRow } from '../entities';
import { appliesTo } from '../issues/field-access';
import { refuse } from '../problem';
import { type Call, ok, type Reply, type Route, route } from '../router';
import { renderOption, renderStatus, renderStatusCategory, STATUS_CATEGORIES } from '../views/choices';
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
