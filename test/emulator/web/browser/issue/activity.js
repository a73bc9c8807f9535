// Comments, history and work of an issue, as tabs.
import { renderAdf } from '../adf/view.js';
import { fill, h } from '../dom.js';
import { moments, person } from '../fields/show.js';
import { allPages } from '../rest.js';
import { comments } from './comments.js';

const TABS = { comments: 'Comments', history: 'History', work: 'Work log' };
let chosen = 'comments';

const contents = { comments, history, work };

export function activity(issue, page) {
  const body = h('div', { role: 'tabpanel', class: 'activity', id: 'activity-panel' });
  const tabs = Object.entries(TABS).map(([id, text]) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        'data-testid': `tab-${id}`,
        'aria-controls': 'activity-panel',
      },
      text,
    ),
  );
  const show = async (id) => {
    chosen = id;
    for (const tab of tabs) {
      const isChosen = tab.id === `tab-${id}`;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    body.setAttribute('aria-labelledby', `tab-${id}`);
    fill(body, await contents[id](issue, page).catch((error) => h('p', { class: 'error' }, error.message)));
  };
  for (const tab of tabs) {
    tab.addEventListener('click', () => void show(tab.id.slice('tab-'.length)));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
        next.focus();
        next.click();
      }
    });
  }
  void show(chosen);
  return [
    h('h2', {}, 'Activity'),
    h('div', { role: 'tablist', class: 'tabs', 'aria-label': 'Activity' }, tabs),
    body,
  ];
}

async function history(issue) {
  const entries = await allPages(`/rest/api/3/issue/${issue.key}/changelog`, 'values', 100);
  if (entries.length === 0) {
    return h('p', { class: 'subtle' }, 'Nothing has changed since it was created.');
  }
  return h(
    'ol',
    { class: 'history' },
    entries.toReversed().map((entry) =>
      h(
        'li',
        { 'data-testid': 'history-entry' },
        h('div', { class: 'entry-head' }, person(entry.author), moments(entry.created)),
        h(
          'ul',
          {},
          entry.items.map((item) =>
            h(
              'li',
              {},
              h('strong', {}, item.field),
              ': ',
              h('span', { class: 'from' }, item.fromString || 'None'),
              ' → ',
              h('span', { class: 'to' }, (Object.hasOwn(item, 'toString') && item.toString) || 'None'),
            ),
          ),
        ),
      ),
    ),
  );
}

async function work(issue) {
  const entries = await allPages(`/rest/api/3/issue/${issue.key}/worklog`, 'worklogs', 100);
  if (entries.length === 0) {
    return h('p', { class: 'subtle' }, 'No work logged.');
  }
  return h(
    'ol',
    { class: 'history' },
    entries.map((entry) =>
      h(
        'li',
        { 'data-testid': 'worklog' },
        h('div', { class: 'entry-head' }, person(entry.author), moments(entry.started)),
        h('strong', {}, entry.timeSpent),
        entry.comment ? renderAdf(entry.comment) : null,
      ),
    ),
  );
}
