// Sub-tasks and links to other issues and pages.
import { formDialog } from '../dialog.js';
import { h, labelled } from '../dom.js';
import { statusLozenge } from '../fields/show.js';
import { showFlag } from '../flags.js';
import { rest } from '../rest.js';

export function subtasks(issue) {
  const list = issue.fields.subtasks ?? [];
  if (list.length === 0) {
    return null;
  }
  return [
    h('h2', {}, `Sub-tasks (${list.length})`),
    h(
      'ul',
      { class: 'issue-list' },
      list.map((each) => issueRow(each)),
    ),
  ];
}

function issueRow(issue, relation, remove) {
  return h(
    'li',
    { class: 'issue-row', 'data-testid': 'linked-issue' },
    relation ? h('span', { class: 'relation' }, relation) : null,
    h('a', { href: `/browse/${issue.key}` }, issue.key),
    h('span', { class: 'grow' }, issue.fields.summary),
    statusLozenge(issue.fields.status),
    remove,
  );
}

export function links(issue, page) {
  const list = issue.fields.issuelinks ?? [];
  const web = h('ul', { class: 'issue-list' });
  void fillRemoteLinks(issue, web);
  const rows = list.map((link) => {
    const other = link.outwardIssue ?? link.inwardIssue;
    const relation = link.outwardIssue ? link.type.outward : link.type.inward;
    return issueRow(other, relation, unlink(link, other, page));
  });
  return [
    rows.length > 0 ? h('h2', {}, `Linked issues (${rows.length})`) : null,
    h('ul', { class: 'issue-list' }, rows),
    web,
  ];
}

function unlink(link, other, page) {
  return h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': `Remove link to ${other.key}`,
      onclick: () =>
        rest
          .delete(`/rest/api/3/issueLink/${link.id}`)
          .then(page.refresh, (error) =>
            showFlag({ title: 'The link stays', description: error.message, type: 'error' }),
          ),
    },
    '×',
  );
}

async function fillRemoteLinks(issue, list) {
  const found = await rest.get(`/rest/api/3/issue/${issue.key}/remotelink`).catch(() => []);
  list.replaceChildren(
    ...found.map((each) =>
      h(
        'li',
        { class: 'issue-row', 'data-testid': 'remote-link' },
        h('span', { class: 'relation' }, each.relationship ?? 'web link'),
        h('a', { href: each.object.url, rel: 'noopener' }, each.object.title),
        h('span', { class: 'grow subtle' }, each.object.summary ?? ''),
      ),
    ),
  );
}

/** Dialog: how, and to which issue. */
export async function openLinkDialog(issue, page) {
  const { issueLinkTypes } = await rest.get('/rest/api/3/issueLinkType');
  const options = issueLinkTypes.flatMap((type) => [
    [`${type.id}:outward`, type.outward],
    [`${type.id}:inward`, type.inward],
  ]);
  const how = h(
    'select',
    { 'data-testid': 'link-type' },
    options.map(([value, text]) => h('option', { value }, text)),
  );
  const key = h('input', { 'data-testid': 'link-key', placeholder: 'KEY-1', required: true });
  const done = await formDialog({
    title: `Link ${issue.key}`,
    content: [labelled('This issue', how), labelled('Issue key', key)],
    action: 'Link',
    testId: 'link-dialog',
    async submit() {
      const [id, side] = how.value.split(':');
      const other = { key: key.value.trim() };
      const here = { key: issue.key };
      // Jira names the ends by what stands on the other one: an outward text is read from the inward issue.
      const ends =
        side === 'outward'
          ? { inwardIssue: here, outwardIssue: other }
          : { inwardIssue: other, outwardIssue: here };
      await rest.post('/rest/api/3/issueLink', { type: { id }, ...ends });
      return true;
    },
  });
  if (done) {
    await page.refresh();
  }
}
