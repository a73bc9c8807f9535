// Building elements by hand, without a framework.

/** `h('button', {class: 'x', onclick: f, disabled: true}, 'text', child)`; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(element, name, value);
  }
  element.append(
    ...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

function setAttribute(element, name, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (name.startsWith('on')) {
    element.addEventListener(name.slice(2), value);
  } else if (name === 'value' && 'value' in element) {
    element.value = value;
  } else {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/** Replaces everything in `parent`. */
export function fill(parent, ...children) {
  parent.replaceChildren(
    ...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return parent;
}

/** A form label with its control, tied together. */
export function labelled(text, control, hint) {
  const id = control.id || `f-${Math.random().toString(36).slice(2, 9)}`;
  control.id = id;
  return h(
    'div',
    { class: 'form-row' },
    h('label', { for: id }, text),
    control,
    hint ? h('p', { class: 'hint' }, hint) : null,
  );
}

/** The one element with this test id under `root`. */
export function byTestId(id, root = document) {
  return root.querySelector(`[data-testid="${CSS.escape(id)}"]`);
}
