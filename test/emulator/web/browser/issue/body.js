// Summary and description of an issue, edited in place.
import { renderAdf } from '../adf/view.js';
import { h } from '../dom.js';
import { fieldEditor } from '../fields/edit.js';
import { rest } from '../rest.js';
import { inlineEdit } from './inline-edit.js';

function fieldInPlace(issue, page, { id, part, name, testId, view }) {
  const meta = issue.editmeta?.fields?.[id];
  const onEditing = page.editing(part);
  return inlineEdit({
    name,
    testId,
    editable: Boolean(meta),
    view,
    onEditing,
    editor: () =>
      fieldEditor({ ...meta, key: id }, issue.fields[id], {
        issueKey: issue.key,
        attachments: issue.fields.attachment,
      }),
    async save(value) {
      await rest.put(`/rest/api/3/issue/${issue.key}`, { fields: { [id]: value } });
      onEditing(false);
      await page.refresh();
    },
  });
}

export function summary(issue, page) {
  return fieldInPlace(issue, page, {
    id: 'summary',
    part: 'summary',
    name: 'Summary',
    testId: 'summary',
    view: () => h('h1', {}, issue.fields.summary),
  });
}

export function description(issue, page) {
  const empty = () => h('p', { class: 'subtle' }, 'Add a description…');
  return [
    h('h2', {}, 'Description'),
    fieldInPlace(issue, page, {
      id: 'description',
      part: 'description',
      name: 'Description',
      testId: 'description',
      view: () =>
        issue.fields.description
          ? renderAdf(issue.fields.description, { attachments: issue.fields.attachment })
          : empty(),
    }),
  ];
}
