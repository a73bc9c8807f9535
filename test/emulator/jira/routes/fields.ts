/** Fields, their contexts and options; issue types, priorities, resolutions, statuses. */

import type { FieldRow } from '../entities';
import { appliesTo } from '../issues/field-access';
import { refuse } from '../problem';
import { type Call, ok, type Route, route } from '../router';
import { renderOption } from '../views/choices';
import { renderField } from '../views/field';
import { seenProjects } from './projects';

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
