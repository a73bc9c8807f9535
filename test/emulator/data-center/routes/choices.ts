/** What fields can hold on Data Center: fields, custom fields, issue types, statuses, priorities, resolutions, security levels. */
import { demandAdmin } from '../../jira/access';
import type { FieldRow, StatusRow } from '../../jira/entities';
import { refuse } from '../../jira/problem';
import { type Call, ok, type Reply, type Route, route } from '../../jira/router';
import { listParam, numberParam } from '../../jira/routes/read-query';
import {
  renderIssueType,
  renderPriority,
  renderResolution,
  renderSecurityLevel,
  renderStatus,
  renderStatusCategory,
  STATUS_CATEGORIES,
} from '../../jira/views/choices';
import { requireUser, selfUrl } from '../../jira/world';
import { pageBean } from '../page-bean';

const READ = { open: true } as const;

export const serverChoiceRoutes: readonly Route[] = [
  route('GET /rest/api/2/field', (call) => ok(seenFields(call).map(renderField)), READ),
  route('GET /rest/api/2/customFields', customFields),
  route('GET /rest/api/2/customFields/{customFieldId}/options', customFieldOptions),
  route('GET /rest/api/2/customFieldOption/{id}', readOption, READ),
  route(
    'GET /rest/api/2/issuetype',
    (call) => ok(call.store.issueTypes.all().map((row) => renderIssueType(call, row))),
    READ,
  ),
  route(
    'GET /rest/api/2/issuetype/{id}',
    (call) => {
      const row = call.store.issueTypes.get(call.params['id']);
      if (row === undefined)
        throw refuse(404, `The issue type with id '${call.params['id']}' does not exist`);
      return ok(renderIssueType(call, row));
    },
    READ,
  ),
  route(
    'GET /rest/api/2/status',
    (call) => ok(call.store.statuses.all().map((row) => renderStatus(call, row))),
    READ,
  ),
  route('GET /rest/api/2/status/{idOrName}', (call) => ok(renderStatus(call, statusAt(call))), READ),
  route(
    'GET /rest/api/2/statuscategory/{idOrKey}',
    (call) => {
      const asked = call.params['idOrKey'];
      const found = Object.entries(STATUS_CATEGORIES).find(([id, row]) => id === asked || row.key === asked);
      if (found === undefined)
        throw refuse(404, `The status category with id or key '${asked}' does not exist`);
      return ok(renderStatusCategory(call, Number(found[0]) as 2 | 3 | 4));
    },
    READ,
  ),
  route(
    'GET /rest/api/2/priority',
    (call) => ok(call.store.priorities.all().map((row) => priority(call, row.id))),
    READ,
  ),
  route(
    'GET /rest/api/2/priority/{id}',
    (call) => {
      const row = call.store.priorities.get(call.params['id']);
      if (row === undefined) throw refuse(404, `The priority with id '${call.params['id']}' does not exist`);
      return ok(priority(call, row.id));
    },
    READ,
  ),
  route(
    'GET /rest/api/2/resolution',
    (call) => ok(call.store.resolutions.all().map((row) => renderResolution(call, row.id))),
    READ,
  ),
  route(
    'GET /rest/api/2/resolution/{id}',
    (call) => {
      const row = call.store.resolutions.get(call.params['id']);
      if (row === undefined)
        throw refuse(404, `The resolution with id '${call.params['id']}' does not exist`);
      return ok(renderResolution(call, row.id));
    },
    READ,
  ),
  route('GET /rest/api/2/securitylevel/{id}', (call) => {
    requireUser(call);
    const row = call.store.securityLevels.get(call.params['id']);
    if (row === undefined)
      throw refuse(404, `The security level with id '${call.params['id']}' does not exist`);
    return ok(renderSecurityLevel(call, row.id));
  }),
];

function seenFields(call: Call): FieldRow[] {
  return call.store.fields.all().filter((row) => row.trashed !== true);
}

function renderField(field: FieldRow): Record<string, unknown> {
  return {
    id: field.id,
    name: field.name,
    custom: field.custom,
    orderable: field.orderable,
    navigable: field.navigable,
    searchable: field.searchable,
    clauseNames: [...field.clauseNames],
    ...(field.schema === undefined ? {} : { schema: field.schema }),
  };
}

/** The page of administration: custom fields by name. */
function customFields(call: Call): Reply {
  demandAdmin(call);
  const text = (call.query.get('search') ?? '').toLowerCase();
  const types = listParam(call, 'types');
  const down = call.query.get('sortOrder') === 'DESC';
  const found = seenFields(call)
    .filter((row) => row.custom && row.name.toLowerCase().includes(text))
    .filter((row) => types.length === 0 || types.includes(row.schema?.custom ?? ''))
    .sort((left, right) => left.name.localeCompare(right.name, 'en') * (down ? -1 : 1));
  return ok(pageBean(call, found, (row) => renderCustomField(call, row)));
}

function renderCustomField(call: Call, field: FieldRow): Record<string, unknown> {
  const contexts = call.store.contexts.by('field', field.id);
  const global = contexts.some((row) => row.projectIds.length === 0);
  const projectIds = global ? [] : [...new Set(contexts.flatMap((row) => row.projectIds))];
  return {
    id: field.id,
    numericId: Number(field.id.slice('customfield_'.length)),
    name: field.name,
    description: field.description,
    type: typeName(field),
    self: selfUrl(call, `customFields/${field.id}`),
    searcherKey: `${field.schema?.custom ?? ''}searcher`,
    isAllProjects: global,
    isLocked: false,
    isManaged: false,
    isTrusted: true,
    projectIds: projectIds.map(Number),
    projectsCount: projectIds.length,
    issueTypeIds: [...new Set(contexts.flatMap((row) => row.issueTypeIds))],
    screensCount: call.store.screens
      .all()
      .filter((row) => row.tabs.some((tab) => tab.fieldIds.includes(field.id))).length,
  };
}

function typeName(field: FieldRow): string {
  const custom = field.schema?.custom ?? '';
  return custom.slice(custom.indexOf(':') + 1);
}

function customFieldOptions(call: Call): Reply {
  requireUser(call);
  const number = call.params['customFieldId'] ?? '';
  const field = call.store.fields.get(number.startsWith('customfield_') ? number : `customfield_${number}`);
  if (field === undefined) throw refuse(404, `The custom field with id '${number}' does not exist`);
  const text = (call.query.get('query') ?? '').toLowerCase();
  const all = call.store.options
    .by('field', field.id)
    .filter((row) => row.value.toLowerCase().includes(text));
  const size = numberParam(call, 'maxResults', 100);
  const page = Math.max(1, numberParam(call, 'page', 1));
  const shown = all.slice((page - 1) * size, page * size);
  return ok({ total: all.length, options: shown.map((row) => optionBean(call, row.id)) });
}

function optionBean(call: Call, id: string): Record<string, unknown> {
  const row = call.store.options.must(id);
  const children = call.store.options.by('field', row.fieldId).filter((child) => child.parentId === id);
  return {
    self: selfUrl(call, `customFieldOption/${id}`),
    value: row.value,
    id: Number(id),
    disabled: row.disabled,
    childrenIds: children.map((child) => Number(child.id)),
  };
}

function readOption(call: Call): Reply {
  const row = call.store.options.get(call.params['id']);
  if (row === undefined)
    throw refuse(404, `A custom field option with id '${call.params['id']}' does not exist`);
  return ok({
    self: selfUrl(call, `customFieldOption/${row.id}`),
    value: row.value,
    disabled: row.disabled,
  });
}

function statusAt(call: Call): StatusRow {
  const asked = call.params['idOrName'] ?? '';
  const found =
    call.store.statuses.get(asked) ??
    call.store.statuses.all().find((row) => row.name.toLowerCase() === asked.toLowerCase());
  if (found === undefined) throw refuse(404, `The status with id or name '${asked}' does not exist`);
  return found;
}

function priority(call: Call, id: string): Record<string, unknown> {
  const { statusColor, description } = call.store.priorities.must(id);
  return { ...renderPriority(call, id), statusColor, description };
}
