// Counters of each site since the last reset.
import { fill, h } from '../dom.js';
import { control } from './control.js';

const REFRESH_MS = 2000;

const sum = (group) => Object.values(group ?? {}).reduce((total, value) => total + value, 0);
const bytes = (value = 0) => (value < 1024 ? `${value} B` : `${(value / 1024).toFixed(1)} KB`);
const whole = (value = 0) => value.toLocaleString();

const ROWS = [
  ['Calls of Jira by the app', (site) => whole(sum(site.restCalls))],
  ['API points', (site) => whole(Math.round(site.points ?? 0))],
  ['Refused with 429', (site) => whole(site.rateLimited)],
  ['Writes that changed nothing', (site) => whole(sum(site.unchangedWrites))],
  ['Messages received', (site) => whole(sum(site.webtriggerCalls))],
  ['Functions run', (site) => whole(sum(site.invocations))],
  ['Functions failed', (site) => whole(sum(site.failedInvocations))],
  ['GB-seconds', (site) => (site.gbSeconds ?? 0).toFixed(2)],
  ['Storage read', (site) => bytes(site.kvsReadBytes)],
  ['Storage written', (site) => bytes(site.kvsWriteBytes)],
  ['Queue pushes', (site) => whole(site.queuePushes)],
  ['Log', (site) => bytes(site.logBytes)],
  ['Not emulated', (site) => whole(sum(site.notEmulated))],
];

const DETAILS = {
  restCalls: 'Calls of Jira',
  invocations: 'Functions',
  kvsCalls: 'Storage calls',
  failedInvocations: 'Failures',
};

export function startCounters(place) {
  const table = h('div', { class: 'counter-tables', 'data-testid': 'counters' });
  const reset = h('button', { type: 'button', class: 'subtle-button' }, 'Count from now');
  reset.addEventListener('click', async () => {
    await control.post('/stats/reset', {});
    await draw();
  });
  place.append(h('div', { class: 'filters' }, reset), table);
  async function draw() {
    const { sites } = await control.get('/stats');
    const keys = window.emulatorConsole.sites.map((each) => each.key);
    const open = new Set([...table.querySelectorAll('details[open]')].map((each) => each.dataset.group));
    fill(
      table,
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'Since the last reset'),
            keys.map((key) => h('th', { scope: 'col' }, key)),
          ),
        ),
        h(
          'tbody',
          {},
          ROWS.map(([name, read]) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, name),
              keys.map((key) => h('td', {}, read(sites[key] ?? {}))),
            ),
          ),
        ),
      ),
      h(
        'div',
        {},
        Object.entries(DETAILS).map(([group, name]) => detail(group, name, keys, sites, open.has(group))),
      ),
    );
  }
  setInterval(() => {
    if (!place.hidden && !document.hidden) {
      void draw();
    }
  }, REFRESH_MS);
  void draw();
}

function detail(group, name, keys, sites, isOpen) {
  const labels = [...new Set(keys.flatMap((key) => Object.keys(sites[key]?.[group] ?? {})))].sort();
  return h(
    'details',
    { open: isOpen, 'data-group': group },
    h('summary', {}, `${name} (${labels.length} kinds)`),
    h(
      'table',
      {},
      h(
        'tbody',
        {},
        labels.map((label) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, label),
            keys.map((key) => h('td', {}, whole(sites[key]?.[group]?.[label]))),
          ),
        ),
      ),
    ),
  );
}
