// Switches that make the world unkind.
import { h } from '../dom.js';
import { showFlag } from '../flags.js';
import { control } from './control.js';

const SWITCHES = [
  [
    'webtriggerLoss',
    { rate: 1 },
    'Lose every message',
    'Messages between the sites do not arrive. Nothing is lost: they are sent again later.',
  ],
  ['webtriggerDelay', { ms: 4000 }, 'Slow messages', 'Each message takes 4 seconds more.'],
  ['webtriggerDuplication', { rate: 1 }, 'Double messages', 'Each message arrives twice.'],
  ['eventDelay', { ms: 10_000 }, 'Late events', 'Jira tells the app about changes 10 seconds late.'],
  [
    'eventLoss',
    { rate: 1 },
    'Lost events',
    'Jira tells the app nothing. The five-minute sweep finds changes.',
  ],
  ['eventDuplication', { rate: 1, copies: 2 }, 'Double events', 'Jira tells everything twice.'],
  ['indexLag', { ms: 60_000 }, 'Old search index', 'Search knows changes only after a minute.'],
  [
    'errors',
    { rate: 0.3, status: 503 },
    'Jira fails now and then',
    'Three of ten calls are answered with 503.',
  ],
  ['queueDelay', { ms: 5000 }, 'Slow queue', 'Queued work starts 5 seconds late.'],
];

export function startFaults(place) {
  const boxes = SWITCHES.map(([kind, , name, text]) => {
    const box = h('input', {
      type: 'checkbox',
      value: kind,
      role: 'switch',
      'data-testid': `fault-${kind}`,
      'aria-describedby': `about-${kind}`,
    });
    return [
      box,
      h(
        'div',
        { class: 'fault' },
        h('label', { class: 'check' }, box, h('strong', {}, name)),
        h('p', { class: 'hint', id: `about-${kind}` }, text),
      ),
    ];
  });
  const apply = async () => {
    const wanted = SWITCHES.filter(([kind]) => boxes.find(([box]) => box.value === kind)[0].checked);
    try {
      await control.post('/faults', {
        clear: true,
        ...Object.fromEntries(wanted.map(([kind, settings]) => [kind, settings])),
      });
      document.querySelector('[data-testid="tab-faults"]').textContent =
        wanted.length > 0 ? `Trouble (${wanted.length})` : 'Trouble';
    } catch (error) {
      showFlag({ title: 'The fault was not set', description: error.message, type: 'error' });
    }
  };
  place.append(
    h(
      'div',
      { class: 'faults' },
      boxes.map(([, row]) => row),
    ),
  );
  place.addEventListener('change', () => void apply());
  void control.get('/faults').then(({ active }) => {
    for (const [box] of boxes) {
      box.checked = active.some(({ kind }) => kind === box.value);
    }
  });
}
