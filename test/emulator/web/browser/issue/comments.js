// Comments: read, add, edit, delete, and who may see them.
import { richEditor } from '../adf/editor.js';
import { renderAdf } from '../adf/view.js';
import { confirmDialog } from '../dialog.js';
import { fill, h } from '../dom.js';
import { moments, person } from '../fields/show.js';
import { allPages, rest } from '../rest.js';

export async function comments(issue, page) {
  const list = await allPages(`/rest/api/3/issue/${issue.key}/comment`, 'comments', 100);
  const add = h('div', { class: 'add-comment' });
  const button = h(
    'button',
    { type: 'button', class: 'comment-prompt', 'data-testid': 'add-comment' },
    'Add a comment…',
  );
  const closeEditor = () => {
    page.editing('activity')(false);
    fill(add, button);
  };
  button.addEventListener('click', async () => {
    page.editing('activity')(true);
    const editor = await commentEditor({ issue, page, close: closeEditor });
    fill(add, editor.element);
    editor.focus();
  });
  fill(add, button);
  return [
    h(
      'ol',
      { class: 'comments' },
      list.map((each) => comment(issue, page, each)),
    ),
    list.length === 0 ? h('p', { class: 'subtle' }, 'No comments yet.') : null,
    add,
  ];
}

function comment(issue, page, value) {
  const body = h('div', {});
  const show = () => {
    page.editing('activity')(false);
    fill(body, renderAdf(value.body, { attachments: issue.fields.attachment }), actions);
  };
  const edit = h('button', { type: 'button', class: 'link-button', 'data-testid': 'edit-comment' }, 'Edit');
  const remove = h(
    'button',
    { type: 'button', class: 'link-button', 'data-testid': 'delete-comment' },
    'Delete',
  );
  const actions = h('div', { class: 'button-row' }, edit, remove);
  edit.addEventListener('click', async () => {
    page.editing('activity')(true);
    const editor = await commentEditor({ issue, page, close: show, existing: value });
    fill(body, editor.element);
    editor.focus();
  });
  remove.addEventListener('click', async () => {
    const done = await confirmDialog({
      title: 'Delete comment?',
      text: 'It cannot be brought back.',
      action: 'Delete',
      testId: 'delete-comment-dialog',
      submit: async () => {
        await rest.delete(`/rest/api/3/issue/${issue.key}/comment/${value.id}`);
        return true;
      },
    });
    if (done) {
      await page.refresh();
    }
  });
  show();
  const edited = value.updated !== value.created ? h('span', { class: 'subtle' }, '(edited)') : null;
  const restricted = value.visibility
    ? h(
        'span',
        { class: 'lozenge lozenge-red', 'data-testid': 'comment-visibility' },
        `Only ${value.visibility.value ?? value.visibility.identifier}`,
      )
    : null;
  return h(
    'li',
    { class: 'comment', 'data-testid': 'comment', 'data-comment-id': value.id },
    h('div', { class: 'entry-head' }, person(value.author), moments(value.created), edited, restricted),
    body,
  );
}

/** Editor for a new comment or an existing one. */
async function commentEditor({ issue, page, close, existing }) {
  const editor = richEditor({
    value: existing?.body,
    testId: 'comment-body',
    label: 'Comment',
    attachments: issue.fields.attachment,
  });
  const visibility = await visibilityPicker(issue, existing?.visibility);
  const message = h('p', { class: 'error', role: 'alert', hidden: true });
  const form = h(
    'form',
    { class: 'inline-form' },
    editor.element,
    h('label', { class: 'check' }, 'Visible to ', visibility),
    message,
    h(
      'div',
      { class: 'inline-actions' },
      h('button', { type: 'submit', class: 'primary', 'data-testid': 'save-comment' }, 'Save'),
      h('button', { type: 'button', class: 'subtle-button', onclick: close }, 'Cancel'),
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = editor.read();
    if (!body) {
      message.textContent = 'Write something first.';
      message.hidden = false;
      return;
    }
    const limit = visibility.value ? { visibility: { type: 'role', value: visibility.value } } : {};
    const path = `/rest/api/3/issue/${issue.key}/comment`;
    try {
      await (existing
        ? rest.put(`${path}/${existing.id}`, { body, ...limit })
        : rest.post(path, { body, ...limit }));
      page.editing('activity')(false);
      await page.refresh();
    } catch (error) {
      message.textContent = error.message;
      message.hidden = false;
    }
  });
  return { element: form, focus: editor.focus };
}

async function visibilityPicker(issue, current) {
  const roles = await rest.get(`/rest/api/3/project/${issue.fields.project.key}/role`).catch(() => ({}));
  return h(
    'select',
    { 'data-testid': 'comment-visible-to' },
    h('option', { value: '' }, 'Everybody who sees the issue'),
    Object.keys(roles).map((name) =>
      h('option', { value: name, selected: name === current?.value }, `Role: ${name}`),
    ),
  );
}
