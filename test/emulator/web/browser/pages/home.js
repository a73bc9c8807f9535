// Your work: projects, and the issues that changed last.
import { fill, h } from '../dom.js';
import { issueTable } from '../issue/issue-table.js';
import { allPages, rest } from '../rest.js';

const main = document.getElementById('main');
const { projectsOnly } = window.emulator.page;

async function recentIssues() {
  const { issues } = await rest.post('/rest/api/3/search/jql', {
    jql: 'updated >= -3650d ORDER BY updated DESC',
    maxResults: 15,
    fields: ['summary', 'status', 'issuetype', 'priority', 'assignee', 'updated'],
  });
  return issues;
}

function projectCard(project) {
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'card', href: `/projects/${project.key}`, 'data-testid': `project-${project.key}` },
      h('span', { class: 'project-avatar', 'aria-hidden': true }, project.key.slice(0, 2)),
      h('strong', {}, project.name),
      h('span', { class: 'subtle' }, project.key),
    ),
  );
}

async function draw() {
  const projects = await allPages('/rest/api/3/project/search?orderBy=name', 'values');
  const issues = projectsOnly ? [] : await recentIssues();
  fill(
    main,
    h('h1', {}, projectsOnly ? 'Projects' : 'Your work'),
    projectsOnly ? null : h('h2', {}, 'Projects'),
    h('ul', { class: 'card-list' }, projects.map(projectCard)),
    projectsOnly ? null : [h('h2', {}, 'Recently updated'), issueTable(issues)],
  );
}

document.addEventListener('emulator:created', () => void draw());
await draw().catch((error) => fill(main, h('p', { class: 'error', role: 'alert' }, error.message)));
