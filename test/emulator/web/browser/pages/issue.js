// One issue: everything about it, kept current while somebody looks at it.
import { fill, h } from '../dom.js';
import { embedModule } from '../host/custom-ui.js';
import { activity } from '../issue/activity.js';
import { attachments } from '../issue/attachments.js';
import { description, summary } from '../issue/body.js';
import { details } from '../issue/details.js';
import { links, subtasks } from '../issue/links.js';
import { issueActions } from '../issue/menu.js';
import { statusButton } from '../issue/transition.js';
import { RestError, rest } from '../rest.js';

const POLL_MS = 2000;

const { issueKey } = window.emulator.page;
const main = document.getElementById('main');
const places = {
  head: h('div', {}),
  summary: h('div', {}),
  actions: h('div', { class: 'issue-actions' }),
  description: h('section', { 'aria-label': 'Description' }),
  attachments: h('section', { 'aria-label': 'Attachments' }),
  subtasks: h('section', { 'aria-label': 'Sub-tasks' }),
  links: h('section', { 'aria-label': 'Linked issues' }),
  panels: h('div', { class: 'issue-panels' }),
  activity: h('section', { 'aria-label': 'Activity' }),
  details: h('aside', { class: 'issue-details', 'aria-label': 'Details' }),
};

/** Parts that somebody edits are left alone by a refresh. */
const editing = new Set();
const page = {
  refresh,
  editing: (part) => (on) => (on ? editing.add(part) : editing.delete(part)),
};

let shownVersion = '';

async function load() {
  return rest.get(`/rest/api/3/issue/${issueKey}?fields=*all&expand=names,schema,editmeta`);
}

async function refresh() {
  const issue = await load();
  shownVersion = issue.fields.updated;
  draw(issue);
}

const parts = {
  head: breadcrumbs,
  summary,
  actions: (issue) => [statusButton(issue, refresh), issueActions(issue, page)],
  description,
  attachments,
  subtasks,
  links,
  activity,
  details,
};

function draw(issue) {
  for (const place of document.querySelectorAll('[data-project-name]')) {
    place.textContent = issue.fields.project.name;
  }
  document.title = `${issue.key} ${issue.fields.summary} - ${window.emulator.siteName}`;
  for (const [name, part] of Object.entries(parts)) {
    const busy = editing.has(name) || places[name].querySelector('details.menu[open]');
    if (!busy) {
      fill(places[name], part(issue, page));
    }
  }
}

function breadcrumbs(issue) {
  const { project, parent, issuetype } = issue.fields;
  return h(
    'nav',
    { class: 'breadcrumbs', 'aria-label': 'Breadcrumbs' },
    h('a', { href: `/projects/${project.key}` }, project.name),
    parent ? h('a', { href: `/browse/${parent.key}` }, parent.key) : null,
    h('span', { class: 'type-name' }, issuetype.name),
    h('a', { href: `/browse/${issue.key}`, 'data-testid': 'issue-key', 'aria-current': 'page' }, issue.key),
  );
}

async function embedPanels(issue) {
  const panels = window.emulator.modules.filter((each) => each.type === 'jira:issuePanel');
  for (const { key, title } of panels) {
    const body = h('div', { class: 'panel-body' });
    places.panels.append(
      h(
        'section',
        { class: 'app-panel', 'aria-label': title, 'data-testid': `panel-${key}` },
        h('h2', {}, title),
        body,
      ),
    );
    try {
      await embedModule(body, { moduleKey: key, issueKey: issue.key }, { title, minHeight: 40 });
      document.dispatchEvent(new CustomEvent('emulator:panel'));
    } catch (error) {
      fill(body, h('p', { class: 'error', role: 'alert' }, error.message));
    }
  }
}

async function poll() {
  if (document.hidden || document.querySelector('dialog[open]')) {
    return;
  }
  try {
    const { fields } = await rest.get(`/rest/api/3/issue/${issueKey}?fields=updated`);
    if (fields.updated !== shownVersion) {
      await refresh();
    }
  } catch (error) {
    if (error instanceof RestError && error.status === 404) {
      clearInterval(timer);
      notFound(error);
    }
  }
}

function notFound(error) {
  fill(main, h('h1', {}, issueKey), h('p', { class: 'error', role: 'alert' }, error.message));
}

let timer;
try {
  const issue = await load();
  shownVersion = issue.fields.updated;
  const { head, details: side, ...left } = places;
  fill(
    main,
    head,
    h('div', { class: 'issue-columns' }, h('div', { class: 'issue-main' }, Object.values(left)), side),
  );
  draw(issue);
  timer = setInterval(() => void poll(), POLL_MS);
  document.addEventListener('emulator:refresh', () => void refresh());
  document.addEventListener('emulator:created', () => void refresh());
  await embedPanels(issue);
} catch (error) {
  notFound(error);
}
