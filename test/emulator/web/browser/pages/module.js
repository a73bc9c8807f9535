// A page of the app: the whole content area belongs to its frame.
import { fill, h } from '../dom.js';
import { embedModule } from '../host/custom-ui.js';

// `layout: basic` in the manifest leaves the whole page to the app, its heading too.
const { moduleKey, base, title, type, projectKey, bare } = window.emulator.page;
const TOP_BAR_AND_HEADING = 150;

const main = document.getElementById('main');
const place = h('div', { class: 'module-page' });
fill(main, breadcrumbs(), bare ? null : h('h1', {}, title), place);
try {
  const minHeight = Math.max(360, window.innerHeight - TOP_BAR_AND_HEADING);
  await embedModule(place, { moduleKey, projectKey }, { title, historyBase: base, minHeight });
} catch (error) {
  fill(place, h('p', { class: 'error', role: 'alert' }, error.message));
}

function breadcrumbs() {
  const trail =
    type === 'jira:projectSettingsPage'
      ? [h('a', { href: `/projects/${projectKey}` }, projectKey), h('span', {}, 'Project settings')]
      : [h('span', {}, 'Settings'), h('a', { href: '/jira/settings/apps' }, 'Apps')];
  return h('nav', { class: 'breadcrumbs', 'aria-label': 'Breadcrumbs' }, trail);
}
