// A value that turns into a control when it is clicked, and back when it is saved.
import { fill, h } from '../dom.js';
import { RestError } from '../rest.js';

/**
 * `view()` makes the shown element, `editor()` (async) the control `{element, extra?, read()}`, `save(value)` stores it.
 * With `editable: false` only the view is there. Enter saves in one-line controls, Escape gives up.
 */
export function inlineEdit({
  name,
  testId,
  view,
  editor,
  save,
  editable = true,
  onEditing = () => undefined,
}) {
  const place = h('div', { class: 'inline-edit' });
  const show = (focus = false) => {
    onEditing(false);
    const button = h(
      'button',
      {
        type: 'button',
        class: 'edit-button',
        'aria-label': `Edit ${name}`,
        'data-testid': `edit-${testId}`,
      },
      '✎',
    );
    button.addEventListener('click', () => void edit());
    const shown = h('div', { class: 'inline-view', 'data-testid': `value-${testId}` }, view());
    if (editable) {
      shown.addEventListener('click', (event) => {
        if (!event.target.closest('a, button, summary, img')) {
          void edit();
        }
      });
    }
    fill(place, shown, editable ? button : null);
    if (focus) {
      button.focus();
    }
  };
  const edit = async () => {
    onEditing(true);
    const control = await editor();
    const message = h('p', { class: 'error', role: 'alert', hidden: true });
    const form = h(
      'form',
      { class: 'inline-form', novalidate: true },
      control.element,
      control.extra,
      message,
      h(
        'div',
        { class: 'inline-actions' },
        h('button', { type: 'submit', class: 'primary', 'data-testid': `save-${testId}` }, 'Save'),
        h('button', { type: 'button', class: 'subtle-button', onclick: () => show(true) }, 'Cancel'),
      ),
    );
    if (!control.labelSelf) {
      control.element.setAttribute('aria-label', name);
    }
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        show(true);
      }
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await save(control.read());
      } catch (error) {
        message.textContent = error instanceof RestError ? error.message : String(error);
        message.hidden = false;
      }
    });
    fill(place, form);
    (control.focus ?? (() => control.element.focus?.()))();
  };
  show();
  return place;
}
