// Search by JQL or by words.
import { fill, h } from '../dom.js';
import { issueTable } from '../issue/issue-table.js';
import { rest } from '../rest.js';

const LOOKS_LIKE_JQL = /[=~<>!]|\b(is|in|not|was|changed|order by)\b/i;
const PAGE = 50;

const main = document.getElementById('main');
const parameters = new URLSearchParams(location.search);
const typed = parameters.get('q');
const jql = h('input', {
  id: 'jql',
  name: 'jql',
  value: parameters.get('jql') ?? (typed === null ? 'created >= -365d ORDER BY updated DESC' : toJql(typed)),
  autocomplete: 'off',
  spellcheck: false,
  'data-testid': 'jql',
});
const form = h(
  'form',
  { class: 'jql-form', role: 'search' },
  h('label', { for: 'jql', class: 'hidden' }, 'JQL'),
  jql,
  h('button', { type: 'submit', class: 'primary', 'data-testid': 'run-search' }, 'Search'),
);
const results = h('div', { 'aria-live': 'polite', 'data-testid': 'results' });
fill(main, h('h1', {}, 'Issues'), form, results);

function toJql(text) {
  const words = text.trim();
  if (/^[a-z][a-z0-9_]*-\d+$/i.test(words)) return `key = ${words.toUpperCase()}`;
  return LOOKS_LIKE_JQL.test(words) ? words : `text ~ ${JSON.stringify(words)} ORDER BY updated DESC`;
}

async function search(nextPageToken, before = []) {
  try {
    const page = await rest.post('/rest/api/3/search/jql', {
      jql: jql.value,
      maxResults: PAGE,
      fields: ['summary', 'status', 'issuetype', 'priority', 'assignee', 'updated', 'created'],
      ...(nextPageToken ? { nextPageToken } : {}),
    });
    const found = [...before, ...page.issues];
    fill(
      results,
      found.length === 0 ? h('p', { class: 'subtle' }, 'No issues match.') : issueTable(found),
      page.nextPageToken
        ? h(
            'button',
            { type: 'button', class: 'subtle-button', onclick: () => search(page.nextPageToken, found) },
            'Show more',
          )
        : h('p', { class: 'subtle' }, `${found.length} issues`),
    );
  } catch (error) {
    fill(results, h('p', { class: 'error', role: 'alert', 'data-testid': 'search-error' }, error.message));
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  history.replaceState(null, '', `/issues/?jql=${encodeURIComponent(jql.value)}`);
  void search();
});

if (/^[a-z][a-z0-9_]*-\d+$/i.test(typed?.trim() ?? '')) {
  location.replace(`/browse/${typed.trim().toUpperCase()}`);
} else {
  await search();
}
