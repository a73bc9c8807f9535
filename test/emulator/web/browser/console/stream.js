// The live list of what flowed, newest first, with filters.
import { h } from '../dom.js';

const KINDS = {
  change: 'Changes in Jira',
  webtrigger: 'Messages',
  function: 'Functions',
  write: 'Writes by the app',
  queue: 'Queue',
  event: 'Events',
  failure: 'Failures',
  lifecycle: 'App',
  emulator: 'Emulator',
};
const ICONS = {
  change: '✎',
  webtrigger: '✉',
  function: 'ƒ',
  write: '⇥',
  queue: '⋯',
  event: '⚡',
  failure: '✕',
  lifecycle: '◆',
  emulator: '⚠',
};
const HIDDEN_AT_FIRST = new Set(['function']);
const KEPT_LINES = 400;

export function startStream(place) {
  const list = h('ol', {
    class: 'stream',
    'data-testid': 'stream',
    'aria-label': 'What happened, newest first',
    tabindex: 0,
  });
  const words = h('input', {
    type: 'search',
    placeholder: 'Filter by words',
    'aria-label': 'Filter by words',
  });
  const boxes = Object.entries(KINDS).map(([kind, name]) => {
    const box = h('input', { type: 'checkbox', value: kind });
    box.checked = !HIDDEN_AT_FIRST.has(kind);
    return h('label', { class: 'check' }, box, name);
  });
  const fits = (line) => {
    const box = filters.querySelector(`input[value="${line.kind}"]`);
    return (
      (box?.checked ?? true) && `${line.site} ${line.text}`.toLowerCase().includes(words.value.toLowerCase())
    );
  };
  const clear = h('button', { type: 'button', class: 'subtle-button' }, 'Clear');
  const filters = h('div', { class: 'filters' }, words, boxes, clear);
  const lines = [];
  const redraw = () => {
    list.replaceChildren(...lines.filter(fits).map(drawLine).reverse());
    if (list.childElementCount === 0) {
      list.append(h('li', { class: 'subtle' }, 'Nothing yet. Change something on a site.'));
    }
  };
  clear.addEventListener('click', () => {
    lines.length = 0;
    redraw();
  });
  filters.addEventListener('input', redraw);
  place.append(filters, list);
  redraw();

  const source = new EventSource('/console/stream');
  // After a reconnection the server tells its last lines again.
  source.addEventListener('open', () => {
    lines.length = 0;
  });
  let due = false;
  source.addEventListener('message', (event) => {
    lines.push(JSON.parse(event.data));
    if (lines.length > KEPT_LINES) {
      lines.shift();
    }
    if (!due) {
      due = true;
      setTimeout(() => {
        due = false;
        redraw();
      }, 100);
    }
  });
}

function drawLine(line) {
  const where = line.from
    ? [siteTag(line.from), h('span', { class: 'arrow' }, '→'), siteTag(line.site)]
    : siteTag(line.site);
  return h(
    'li',
    { class: `line line-${line.kind}`, 'data-kind': line.kind },
    h('time', {}, new Date(line.at).toLocaleTimeString()),
    h('span', { class: 'kind', title: KINDS[line.kind] ?? line.kind }, ICONS[line.kind] ?? '·'),
    h('span', { class: 'where' }, where),
    h('span', { class: 'grow' }, plain(line)),
  );
}

function siteTag(key) {
  return h('span', { class: `site-tag site-${key}` }, key);
}

/** The timeline's own words for a message, made readable. */
function plain({ kind, text }) {
  const message = kind === 'webtrigger' ? /called (\S+): (\d+), (\d+) characters(.*)$/.exec(text) : null;
  if (!message) {
    return text;
  }
  const [, module, status, size, rest] = message;
  const answer = status.startsWith('2') ? '' : ` answered ${status}`;
  return `Sealed message to ${module}, ${Number(size).toLocaleString()} characters${answer}${rest}`;
}
