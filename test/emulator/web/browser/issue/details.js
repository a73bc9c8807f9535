// The column of fields beside an issue, each edited in place when its edit screen has it.
import { h } from '../dom.js';
import { fieldEditor } from '../fields/edit.js';
import { ELSEWHERE, kindOf } from '../fields/kinds.js';
import { moments, person, showValue } from '../fields/show.js';
import { rest } from '../rest.js';
import { inlineEdit } from './inline-edit.js';

const FIRST = [
  'assignee',
  'reporter',
  'priority',
  'labels',
  'duedate',
  'components',
  'fixVersions',
  'versions',
  'parent',
];
const ONLY_WHEN_SET = ['resolution', 'resolutiondate', 'security', 'environment', 'timetracking'];

export function details(issue, page) {
  const metas = issue.editmeta?.fields ?? {};
  const ids = [...FIRST, ...ONLY_WHEN_SET, ...customFields(issue)].filter((id) => isShown(issue, metas, id));
  const rows = [...new Set(ids)].map((id) => row(issue, page, id, metas[id]));
  return [
    h('h2', {}, 'Details'),
    h('dl', { class: 'details' }, rows),
    h(
      'p',
      { class: 'subtle moments' },
      'Created ',
      moments(issue.fields.created),
      h('br'),
      'Updated ',
      moments(issue.fields.updated),
    ),
  ];
}

function customFields(issue) {
  return Object.keys(issue.fields).filter(
    (id) => id.startsWith('customfield_') && kindOf(issue.schema?.[id]),
  );
}

function isShown(issue, metas, id) {
  if (ELSEWHERE.has(id)) return false;
  const value = issue.fields[id];
  const isSet = value !== null && value !== undefined && !isEmpty(value);
  return (
    isSet || (Boolean(metas[id]) && !ONLY_WHEN_SET.includes(id)) || (id === 'assignee' && value === null)
  );
}

function isEmpty(value) {
  return typeof value === 'object' && Object.keys(value).length === 0 && !Array.isArray(value);
}

function row(issue, page, id, meta) {
  const name = issue.names?.[id] ?? meta?.name ?? id;
  const schema = issue.schema?.[id] ?? meta?.schema;
  const value = issue.fields[id];
  const onEditing = page.editing('details');
  const control = inlineEdit({
    name,
    testId: id,
    editable: Boolean(meta && kindOf(meta.schema)),
    onEditing,
    view: () =>
      id === 'assignee' || id === 'reporter'
        ? person(value)
        : showValue(value, schema, { attachments: issue.fields.attachment }),
    editor: () =>
      fieldEditor({ ...meta, key: id }, value, { issueKey: issue.key, projectKey: issue.fields.project.key }),
    async save(next) {
      await rest.put(`/rest/api/3/issue/${issue.key}`, { fields: { [id]: next } });
      onEditing(false);
      await page.refresh();
    },
  });
  return h('div', { class: 'detail' }, h('dt', {}, name), h('dd', {}, control));
}
