// Form rows for a set of fields of a screen.
import { h, labelled } from '../dom.js';
import { fieldEditor } from '../fields/edit.js';

/**
 * Controls for the given metadata (by field id): `{rows, read()}`; `read()` gives `fields` as REST takes them, empty ones
 * left out. Fields that cannot be edited here are named in a note.
 */
export async function fieldRows(metas, values, context) {
  const editors = [];
  const rows = [];
  const unknown = [];
  for (const [id, meta] of metas) {
    const editor = await fieldEditor({ ...meta, key: id }, values[id], context);
    if (editor) {
      editors.push([id, editor]);
      rows.push(row(meta, editor));
    } else if (meta.required) {
      unknown.push(meta.name);
    }
  }
  if (unknown.length > 0) {
    rows.push(h('p', { class: 'hint' }, `Required, but not editable on these pages: ${unknown.join(', ')}`));
  }
  const read = () =>
    Object.fromEntries(
      editors
        .map(([id, editor]) => [id, editor.read()])
        .filter(([, value]) => value !== null && !isEmptyList(value)),
    );
  return { rows, read };
}

function isEmptyList(value) {
  return Array.isArray(value) && value.length === 0;
}

function row(meta, editor) {
  const name = meta.required ? `${meta.name} *` : meta.name;
  if (editor.labelSelf) {
    return h(
      'div',
      { class: 'form-row' },
      editor.title ? h('span', { class: 'label' }, name) : null,
      editor.element,
    );
  }
  const made = labelled(name, editor.element);
  if (editor.extra) {
    made.append(editor.extra);
  }
  return made;
}
