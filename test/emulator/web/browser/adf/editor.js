// Editing rich text: a text area with a small notation, buttons that write it, and a preview.
import { fill, h } from '../dom.js';
import { q, rest } from '../rest.js';
import { parseAdf } from './parse.js';
import { printAdf } from './print.js';
import { renderAdf } from './view.js';

const BUTTONS = [
  ['B', 'Bold', '**', '**', 'bold'],
  ['I', 'Italic', '_', '_', 'italic'],
  ['S', 'Strike', '~~', '~~', 'text'],
  ['</>', 'Code', '`', '`', 'code'],
  ['H', 'Heading', '## ', '', 'Heading'],
  ['•', 'Bullet list', '- ', '', 'item'],
  ['1.', 'Numbered list', '1. ', '', 'item'],
  ['Link', 'Insert link', '[', '](https://)', 'text'],
  ['▤', 'Panel', ':::info\n', '\n:::', 'text'],
  ['▦', 'Table', '| A | B |\n| --- | --- |\n| ', ' | 2 |', '1'],
];

/** `{element, read(), focus()}`; `read()` gives the document, or undefined when empty. */
export function richEditor({ value, testId, label, attachments }) {
  const { text, kept } = printAdf(value);
  const area = h('textarea', {
    rows: Math.min(24, Math.max(8, text.split('\n').length + 2)),
    'aria-label': label,
    'data-testid': testId,
    value: text,
    spellcheck: false,
  });
  const preview = h('div', { class: 'preview', hidden: true });
  const read = () => parseAdf(area.value, kept);
  const previewButton = h(
    'button',
    { type: 'button', class: 'subtle-button', 'aria-pressed': 'false' },
    'Preview',
  );
  previewButton.addEventListener('click', () => {
    const show = preview.hidden;
    preview.hidden = !show;
    area.hidden = show;
    previewButton.setAttribute('aria-pressed', String(show));
    fill(preview, renderAdf(read(), { attachments }));
  });
  const mention = h('button', { type: 'button', class: 'subtle-button', title: 'Mention somebody' }, '@');
  mention.addEventListener('click', () => void insertMention(area));
  const tools = h(
    'div',
    { class: 'editor-tools', role: 'toolbar', 'aria-label': `Formatting: ${label}` },
    BUTTONS.map(([face, name, before, after, sample]) =>
      h(
        'button',
        {
          type: 'button',
          class: 'subtle-button',
          title: name,
          'aria-label': name,
          onclick: () => wrap(area, before, after, sample),
        },
        face,
      ),
    ),
    mention,
    previewButton,
  );
  return {
    element: h('div', { class: 'rich-editor' }, tools, area, preview),
    read,
    focus: () => area.focus(),
  };
}

function wrap(area, before, after, sample) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inner = value.slice(start, end) || sample;
  area.setRangeText(`${before}${inner}${after}`, start, end, 'end');
  area.focus();
  area.setSelectionRange(start + before.length, start + before.length + inner.length);
}

async function insertMention(area) {
  const users = await rest.get(q('/rest/api/3/users/search', { maxResults: 50 })).catch(() => []);
  const people = users.filter((user) => user.accountType === 'atlassian');
  const pick = h(
    'select',
    { 'aria-label': 'Whom to mention', 'data-testid': 'mention-user' },
    h('option', { value: '' }, 'Mention…'),
    people.map((user) => h('option', { value: user.accountId }, user.displayName)),
  );
  area.before(pick);
  pick.focus();
  pick.addEventListener('change', () => {
    const user = people.find((each) => each.accountId === pick.value);
    if (user) {
      area.setRangeText(
        `@[${user.displayName}](${user.accountId}) `,
        area.selectionStart,
        area.selectionEnd,
        'end',
      );
    }
    pick.remove();
    area.focus();
  });
}
