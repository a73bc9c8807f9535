// The status button: the transitions that are open now, and their screens.
import { formDialog } from '../dialog.js';
import { fill, h } from '../dom.js';
import { showFlag } from '../flags.js';
import { rest } from '../rest.js';
import { fieldRows } from './field-rows.js';

/** Test id of a transition's menu entry: `transition-start-work`. */
export function transitionTestId(name) {
  return `transition-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}

/** The button with its menu; `onDone` is called after a transition. */
export function statusButton(issue, onDone) {
  const status = issue.fields.status;
  const items = h('div', { class: 'menu-items', role: 'group', 'aria-label': 'Transitions' });
  const menu = h(
    'details',
    { class: 'menu status-menu' },
    h(
      'summary',
      {
        class: `status-button status-${status.statusCategory?.key}`,
        'data-testid': 'status-button',
        'aria-label': `Status: ${status.name}. Change`,
      },
      h('span', { 'data-testid': 'status-name' }, status.name),
      h('span', { 'aria-hidden': true }, ' ▾'),
    ),
    items,
  );
  menu.addEventListener('toggle', () => {
    if (menu.open) {
      void fillMenu();
    }
  });
  async function fillMenu() {
    fill(items, h('p', { class: 'subtle' }, 'Loading…'));
    const { transitions } = await rest.get(
      `/rest/api/3/issue/${issue.key}/transitions?expand=transitions.fields`,
    );
    fill(
      items,
      transitions.map((each) =>
        h(
          'button',
          {
            type: 'button',
            'data-testid': transitionTestId(each.name),
            onclick: () => {
              menu.open = false;
              void make(each);
            },
          },
          each.name === each.to.name ? each.name : `${each.name} → ${each.to.name}`,
        ),
      ),
      transitions.length === 0 ? h('p', { class: 'subtle' }, 'No transition is open to you.') : null,
    );
  }
  async function make(transition) {
    const done =
      Object.keys(transition.fields ?? {}).length > 0
        ? await withScreen(issue, transition)
        : await direct(issue, transition);
    if (done) {
      onDone();
    }
  }
  return menu;
}

async function direct(issue, transition) {
  try {
    await rest.post(`/rest/api/3/issue/${issue.key}/transitions`, { transition: { id: transition.id } });
    return true;
  } catch (error) {
    showFlag({ title: `${transition.name} failed`, description: error.message, type: 'error' });
    return false;
  }
}

async function withScreen(issue, transition) {
  const form = await fieldRows(Object.entries(transition.fields), issue.fields, { issueKey: issue.key });
  return formDialog({
    title: `${transition.name}: ${issue.key}`,
    content: form.rows,
    action: transition.name,
    testId: 'transition-dialog',
    async submit() {
      await rest.post(`/rest/api/3/issue/${issue.key}/transitions`, {
        transition: { id: transition.id },
        fields: form.read(),
      });
      return true;
    },
  });
}
