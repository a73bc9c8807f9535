// Short messages in the corner of the page.
import { h } from './dom.js';

const SECONDS_VISIBLE = 8;
const flags = new Map();

function region() {
  let found = document.querySelector('.flags');
  if (!found) {
    found = h('div', { class: 'flags', role: 'region', 'aria-label': 'Messages', 'aria-live': 'polite' });
    document.body.append(found);
  }
  return found;
}

/** Shows a message: {id, title, description, type, appearance, actions, isAutoDismiss}. The same id replaces it. */
export function showFlag(options) {
  const id = options.id ?? `flag-${Math.random()}`;
  hideFlag(id);
  const kind = options.appearance ?? options.type ?? 'info';
  const flag = h(
    'div',
    { class: `flag flag-${kind}`, role: kind === 'error' ? 'alert' : 'status', 'data-testid': 'flag' },
    h('strong', {}, options.title ?? ''),
    options.description ? h('p', {}, options.description) : null,
    h(
      'div',
      { class: 'flag-actions' },
      (options.actions ?? []).map((action) =>
        h('button', { type: 'button', class: 'link-button', onclick: action.onClick }, action.text),
      ),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button flag-close',
        'aria-label': 'Dismiss',
        onclick: () => hideFlag(id),
      },
      '×',
    ),
  );
  flags.set(id, flag);
  region().append(flag);
  if (options.isAutoDismiss || kind === 'success') {
    setTimeout(() => hideFlag(id), SECONDS_VISIBLE * 1000);
  }
}

export function hideFlag(id) {
  flags.get(id)?.remove();
  return flags.delete(id);
}
