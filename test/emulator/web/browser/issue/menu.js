// What else can be done with an issue: sub-task, link, work, watch, delete.
import { confirmDialog, formDialog } from '../dialog.js';
import { h, labelled } from '../dom.js';
import { rest } from '../rest.js';
import { openCreateDialog } from './create-dialog.js';
import { openLinkDialog } from './links.js';

export function issueActions(issue, page) {
  const button = (testId, text, onclick) =>
    h('button', { type: 'button', class: 'subtle-button', 'data-testid': testId, onclick }, text);
  return h(
    'div',
    { class: 'button-row' },
    issue.fields.issuetype.subtask
      ? null
      : button('create-subtask', 'Create sub-task', () =>
          openCreateDialog({ projectKey: issue.fields.project.key, parentKey: issue.key }),
        ),
    button('link-issue', 'Link issue', () => openLinkDialog(issue, page)),
    button('log-work', 'Log work', () => openWorkDialog(issue, page)),
    button('delete-issue', 'Delete', () => openDeleteDialog(issue)),
  );
}

async function openWorkDialog(issue, page) {
  const spent = h('input', { 'data-testid': 'work-spent', placeholder: '1h 30m', required: true });
  const comment = h('textarea', { rows: 3, 'data-testid': 'work-comment' });
  const done = await formDialog({
    title: `Log work on ${issue.key}`,
    content: [labelled('Time spent', spent, 'For example 2d 4h 30m'), labelled('Comment', comment)],
    action: 'Log work',
    testId: 'work-dialog',
    async submit() {
      const text = comment.value.trim();
      const document_ = {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
      };
      await rest.post(`/rest/api/3/issue/${issue.key}/worklog`, {
        timeSpent: spent.value.trim(),
        ...(text ? { comment: document_ } : {}),
      });
      return true;
    },
  });
  if (done) {
    await page.refresh();
  }
}

async function openDeleteDialog(issue) {
  const subtasks = issue.fields.subtasks?.length ?? 0;
  const done = await confirmDialog({
    title: `Delete ${issue.key}?`,
    text: `"${issue.fields.summary}"${subtasks > 0 ? ` and its ${subtasks} sub-tasks` : ''} will be gone for good.`,
    action: 'Delete',
    testId: 'delete-dialog',
    async submit() {
      await rest.delete(`/rest/api/3/issue/${issue.key}${subtasks > 0 ? '?deleteSubtasks=true' : ''}`);
      return true;
    },
  });
  if (done) {
    location.assign(`/projects/${issue.fields.project.key}`);
  }
}
