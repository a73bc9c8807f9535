// Settings > Apps: the pages that installed apps bring for administrators.
import { fill, h } from '../dom.js';

const pages = window.emulator.modules.filter((each) => each.type === 'jira:adminPage');
const main = document.getElementById('main');
fill(
  main,
  h('nav', { class: 'breadcrumbs', 'aria-label': 'Breadcrumbs' }, h('span', {}, 'Settings')),
  h('h1', {}, 'Apps'),
  pages.length === 0 ? h('p', {}, 'No app with a settings page is installed on this site.') : null,
  h(
    'ul',
    { class: 'card-list' },
    pages.map((each) =>
      h(
        'li',
        {},
        h(
          'a',
          {
            class: 'card',
            href: `/jira/settings/apps/${encodeURIComponent(each.key)}`,
            'data-testid': `app-page-${each.key}`,
          },
          h('strong', {}, each.title),
          h('span', { class: 'subtle' }, 'Page of the installed app'),
        ),
      ),
    ),
  ),
);
