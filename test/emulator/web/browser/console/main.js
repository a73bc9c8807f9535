// The console page: starts its parts.

import { confirmDialog } from '../dialog.js';
import { byTestId } from '../dom.js';
import { showFlag } from '../flags.js';
import { control } from './control.js';
import { startCounters } from './counters.js';
import { startFaults } from './faults.js';
import { startPanes } from './panes.js';
import { startStream } from './stream.js';
import { forgetTour, startTour } from './tour.js';

const panes = startPanes();
const tabs = [...document.querySelectorAll('.drawer [role="tab"]')];

function chooseTab(chosen) {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = !isChosen;
  }
}

for (const tab of tabs) {
  tab.addEventListener('click', () => chooseTab(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      chooseTab(next);
      next.focus();
    }
  });
}

byTestId('theme-toggle').addEventListener('click', () => {
  const choice = document.documentElement.dataset.colorMode === 'dark' ? 'light' : 'dark';
  window.chooseTheme(choice);
  panes.tellTheme(choice);
});

const toggle = byTestId('toggle-tour');
toggle.addEventListener('click', () => {
  const tour = document.getElementById('tour');
  tour.hidden = !tour.hidden;
  toggle.setAttribute('aria-expanded', String(!tour.hidden));
});

byTestId('reset').addEventListener('click', async () => {
  const done = await confirmDialog({
    title: 'Reset everything?',
    text: 'Both sites go back to their first day: issues, synchronizations and keys that were made here are forgotten.',
    action: 'Reset',
    testId: 'reset-dialog',
    async submit() {
      await control.post('/reset', {});
      return true;
    },
  });
  if (done) {
    forgetTour();
    panes.home();
    showFlag({ title: 'Both sites are new again', type: 'success' });
  }
});

const state = byTestId('activity');
async function showActivity() {
  try {
    const { running } = await control.get('/pending');
    const count = Object.values(running).length;
    state.textContent = count === 0 ? '● quiet' : `◌ ${count} under way`;
    state.classList.toggle('busy', count > 0);
  } catch {
    state.textContent = 'not running';
    state.classList.add('busy');
  }
}

startStream(document.getElementById('drawer-stream'));
startCounters(document.getElementById('drawer-counters'));
startFaults(document.getElementById('drawer-faults'));
startTour(document.getElementById('tour'), panes);
await showActivity();
setInterval(() => {
  if (!document.hidden) {
    void showActivity();
  }
}, 1000);
