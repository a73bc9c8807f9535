// Files of an issue: list with thumbnails, upload by button or drop, delete.
import { confirmDialog } from '../dialog.js';
import { h } from '../dom.js';
import { moments } from '../fields/show.js';
import { showFlag } from '../flags.js';
import { rest } from '../rest.js';

export function attachments(issue, page) {
  const files = issue.fields.attachment ?? [];
  const picker = h('input', {
    type: 'file',
    multiple: true,
    class: 'hidden',
    id: 'attach-files',
    'data-testid': 'attach-files',
    'aria-label': 'Attach files',
  });
  const upload = async (list) => {
    try {
      await rest.upload(`/rest/api/3/issue/${issue.key}/attachments`, [...list]);
      await page.refresh();
    } catch (error) {
      showFlag({ title: 'The files were not attached', description: error.message, type: 'error' });
    }
  };
  picker.addEventListener('change', () => void upload(picker.files));
  const area = h(
    'div',
    { class: 'drop-area' },
    h(
      'div',
      { class: 'section-head' },
      h('h2', {}, `Attachments (${files.length})`),
      attachButton(picker),
      picker,
    ),
    h(
      'ul',
      { class: 'files' },
      files.map((file) => fileCard(file, page)),
    ),
  );
  area.addEventListener('dragover', (event) => {
    event.preventDefault();
    area.classList.add('dropping');
  });
  area.addEventListener('dragleave', () => area.classList.remove('dropping'));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    area.classList.remove('dropping');
    void upload(event.dataTransfer.files);
  });
  return area;
}

function attachButton(picker) {
  return h(
    'button',
    { type: 'button', class: 'subtle-button', 'data-testid': 'attach-button', onclick: () => picker.click() },
    'Attach files',
  );
}

function fileCard(file, page) {
  const address = `/rest/api/3/attachment/content/${file.id}?redirect=false`;
  const picture = file.thumbnail
    ? h('img', {
        src: `/rest/api/3/attachment/thumbnail/${file.id}?redirect=false`,
        alt: '',
        loading: 'lazy',
      })
    : h('span', { class: 'file-icon', 'aria-hidden': true }, extension(file.filename));
  const remove = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': `Delete ${file.filename}` },
    '×',
  );
  remove.addEventListener('click', async () => {
    const done = await confirmDialog({
      title: 'Delete attachment',
      text: `Delete ${file.filename}? It cannot be brought back.`,
      action: 'Delete',
      testId: 'delete-attachment',
      submit: async () => {
        await rest.delete(`/rest/api/3/attachment/${file.id}`);
        return true;
      },
    });
    if (done) {
      await page.refresh();
    }
  });
  return h(
    'li',
    { class: 'file', 'data-testid': 'attachment' },
    h(
      'a',
      { href: address, download: file.filename, class: 'file-open' },
      picture,
      h('span', { class: 'file-name' }, file.filename),
    ),
    h('span', { class: 'subtle' }, `${size(file.size)} · `, moments(file.created)),
    remove,
  );
}

function extension(name) {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toUpperCase() : 'FILE';
}

function size(bytes) {
  const units = ['B', 'KB', 'MB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}
