// A form in a modal dialog.
import { h } from './dom.js';
import { RestError } from './rest.js';

/**
 * Opens a dialog around `content`. `submit()` does the work; an error is shown and keeps the dialog open, messages for a
 * field beside it. Resolves with what `submit` gave, or undefined when it was cancelled.
 */
export function formDialog({ title, content, action, submit, testId, danger = false }) {
  return new Promise((resolve) => {
    const message = h('p', { class: 'error', role: 'alert', hidden: true });
    const ok = h(
      'button',
      { type: 'submit', class: danger ? 'danger' : 'primary', 'data-testid': `${testId}-submit` },
      action,
    );
    const cancel = h('button', { type: 'button', class: 'subtle-button' }, 'Cancel');
    const form = h(
      'form',
      { novalidate: true },
      h('h2', { id: `${testId}-title` }, title),
      h('div', { class: 'dialog-content' }, content, message),
      h('div', { class: 'dialog-actions' }, cancel, ok),
    );
    const dialog = h(
      'dialog',
      { class: 'dialog', 'data-testid': testId, 'aria-labelledby': `${testId}-title` },
      form,
    );
    const end = (value) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    cancel.addEventListener('click', () => end(undefined));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(undefined);
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      ok.disabled = true;
      try {
        end(await submit());
      } catch (error) {
        ok.disabled = false;
        showProblems(form, message, error);
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Puts messages of Jira beside their fields, the rest below the form. */
export function showProblems(form, message, error) {
  for (const old of form.querySelectorAll('.field-error')) {
    old.remove();
  }
  const general = error instanceof RestError ? [...error.messages] : [error.message];
  for (const [field, text] of Object.entries(error.fields ?? {})) {
    const control = form.querySelector(`[data-testid="field-${CSS.escape(field)}"]`);
    if (control) {
      control.after(h('p', { class: 'field-error error', role: 'alert' }, text));
      control.setAttribute('aria-invalid', 'true');
    } else {
      general.push(text);
    }
  }
  message.textContent = general.join(' ') || (error.fields ? '' : `${error.message}`);
  message.hidden = message.textContent === '';
}

/** A yes-or-no question. */
export function confirmDialog({ title, text, action, submit, testId }) {
  return formDialog({ title, content: h('p', {}, text), action, submit, testId, danger: true });
}
