// The guided tour: what to do, a way to the right page, and a tick when it was seen to happen.
import { fill, h } from '../dom.js';
import { NotThisApp, observe } from './tour-observe.js';
import { STEPS } from './tour-steps.js';

const CHECK_MS = 1500;
const STORE = 'concord-tour';

let done = new Set(readStored());
let redraw = () => undefined;

function readStored() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '[]');
  } catch {
    return [];
  }
}

/** Begins again, after the sites were reset. */
export function forgetTour() {
  done = new Set();
  localStorage.removeItem(STORE);
  redraw();
}

export function startTour(place, panes) {
  let opened;
  redraw = () => {
    const current = STEPS.find((step) => !done.has(step.id));
    const unfolded = opened ?? current?.id;
    fill(
      place,
      h('h2', {}, 'Five minutes with Concord'),
      h('p', { class: 'subtle', 'data-testid': 'tour-progress' }, `${done.size} of ${STEPS.length} done`),
      h('progress', { max: STEPS.length, value: done.size, 'aria-label': 'Tour progress' }),
      h(
        'ol',
        { class: 'steps' },
        STEPS.map((step) => drawStep(step, { unfolded, current })),
      ),
      current
        ? null
        : h('p', { class: 'tour-end' }, 'That is all. Now switch on some trouble below and see what holds.'),
    );
  };
  const drawStep = (step, { unfolded, current }) => {
    const isDone = done.has(step.id);
    const isOpen = unfolded === step.id;
    return h(
      'li',
      {
        class: `step ${isDone ? 'step-done' : ''} ${isOpen ? 'step-open' : ''}`,
        'data-testid': `step-${step.id}`,
        'data-done': String(isDone),
      },
      h(
        'button',
        {
          type: 'button',
          class: 'step-title',
          'aria-expanded': String(isOpen),
          'aria-current': current?.id === step.id ? 'step' : undefined,
          onclick: () => {
            opened = isOpen ? '' : step.id;
            redraw();
          },
        },
        h('span', { class: 'tick', 'aria-hidden': true }, isDone ? '✓' : ''),
        h('span', {}, step.title),
        h('span', { class: 'hidden' }, isDone ? ' (done)' : ''),
      ),
      isOpen
        ? h(
            'div',
            { class: 'step-body' },
            step.text.map((text) => h('p', {}, text)),
            h(
              'div',
              { class: 'button-row' },
              step.show.map(({ site, path, text }) =>
                h(
                  'button',
                  {
                    type: 'button',
                    class: isDone ? 'subtle-button' : 'primary',
                    onclick: () => panes.show(site, path()),
                  },
                  text,
                ),
              ),
            ),
          )
        : null,
    );
  };
  const check = async () => {
    if (document.hidden || place.hidden) {
      return;
    }
    const seen = await observe();
    const news = STEPS.filter((step) => !done.has(step.id) && step.check(seen));
    if (news.length > 0) {
      for (const step of news) {
        done.add(step.id);
      }
      opened = undefined;
      localStorage.setItem(STORE, JSON.stringify([...done]));
      redraw();
    }
  };
  redraw();
  const look = () =>
    check().catch((error) => {
      // Anything else passes: the emulator may be starting again.
      if (error instanceof NotThisApp) {
        clearInterval(timer);
        fill(place, h('p', { class: 'subtle' }, 'The tour is for Concord; another app is installed here.'));
      }
    });
  const timer = setInterval(() => void look(), CHECK_MS);
  void look();
}
