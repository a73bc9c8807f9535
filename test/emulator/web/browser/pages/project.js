// One project: its issues as a list or a board, and its details.
import { fill, h } from '../dom.js';
import { person, statusLozenge } from '../fields/show.js';
import { issueTable } from '../issue/issue-table.js';
import { rest } from '../rest.js';

const POLL_MS = 3000;
const { projectKey, view } = window.emulator.page;
const main = document.getElementById('main');
const body = h('div', {});

async function readIssues() {
  const found = [];
  let nextPageToken;
  do {
    const page = await rest.post('/rest/api/3/search/jql', {
      jql: `project = "${projectKey}" ORDER BY created DESC`,
      maxResults: 100,
      fields: ['summary', 'status', 'issuetype', 'priority', 'assignee', 'updated'],
      ...(nextPageToken ? { nextPageToken } : {}),
    });
    found.push(...page.issues);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken);
  return found;
}

async function boardOf(issues) {
  const byType = await rest.get(`/rest/api/3/project/${projectKey}/statuses`);
  const statuses = new Map(byType.flatMap((type) => type.statuses.map((status) => [status.id, status])));
  return h(
    'div',
    { class: 'board', role: 'list', 'aria-label': 'Board' },
    [...statuses.values()].map((status) => {
      const here = issues.filter((each) => each.fields.status.id === status.id);
      return h(
        'section',
        { class: 'board-column', role: 'listitem', 'aria-label': status.name },
        h('h2', {}, statusLozenge(status), ` ${here.length}`),
        here.map(({ key, fields }) =>
          h(
            'a',
            { class: 'card board-card', href: `/browse/${key}` },
            h('span', {}, fields.summary),
            h(
              'span',
              { class: 'board-foot' },
              h('span', { class: 'subtle' }, `${key} · ${fields.issuetype.name}`),
              person(fields.assignee),
            ),
          ),
        ),
      );
    }),
  );
}

let shown = '';
async function draw() {
  const issues = await readIssues();
  const version = JSON.stringify(issues.map((each) => [each.key, each.fields.updated]));
  if (version === shown) {
    return;
  }
  shown = version;
  fill(
    body,
    h('p', { class: 'subtle' }, `${issues.length} issues`),
    view === 'board' ? await boardOf(issues) : issueTable(issues),
  );
}

function detailsOf(project) {
  const rows = [
    ['Name', project.name],
    ['Key', project.key],
    ['Type', project.projectTypeKey],
    ['Lead', project.lead?.displayName],
    ['Issue types', project.issueTypes?.map((each) => each.name).join(', ')],
  ];
  return h(
    'dl',
    { class: 'details' },
    rows.map(([name, value]) => h('div', { class: 'detail' }, h('dt', {}, name), h('dd', {}, value ?? ''))),
  );
}

try {
  const project = await rest.get(`/rest/api/3/project/${projectKey}`);
  for (const place of document.querySelectorAll(`[data-project-name="${CSS.escape(projectKey)}"]`)) {
    place.textContent = project.name;
  }
  fill(main, h('h1', {}, view === 'settings' ? `${project.name}: details` : project.name), body);
  if (view === 'settings') {
    fill(body, detailsOf(project));
  } else {
    await draw();
    setInterval(() => {
      if (!document.hidden) {
        void draw().catch(() => undefined);
      }
    }, POLL_MS);
    document.addEventListener('emulator:created', () => void draw());
  }
} catch (error) {
  fill(main, h('h1', {}, projectKey), h('p', { class: 'error', role: 'alert' }, error.message));
}
