// Issues as a table.
import { h } from '../dom.js';
import { moments, person, statusLozenge } from '../fields/show.js';

export function issueTable(issues) {
  return h(
    'div',
    { class: 'table-scroll' },
    h(
      'table',
      { class: 'issue-table' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Type', 'Key', 'Summary', 'Status', 'Priority', 'Assignee', 'Updated'].map((name) =>
            h('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h('tbody', {}, issues.map(row)),
    ),
  );
}

function row({ key, fields }) {
  return h(
    'tr',
    { 'data-testid': `row-${key}` },
    h('td', { class: 'subtle' }, fields.issuetype?.name),
    h('td', { class: 'nowrap' }, h('a', { href: `/browse/${key}` }, key)),
    h(
      'td',
      { class: 'wide' },
      h('a', { class: 'quiet', href: `/browse/${key}`, tabindex: -1 }, fields.summary),
    ),
    h('td', {}, statusLozenge(fields.status)),
    h('td', {}, fields.priority?.name ?? ''),
    h('td', {}, person(fields.assignee)),
    h('td', { class: 'subtle nowrap' }, moments(fields.updated)),
  );
}
