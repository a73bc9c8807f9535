// Atlassian documents as elements. What is not known is shown as a labelled box, never dropped.
import { h } from '../dom.js';
import { localAddress } from '../host/links.js';

const PANEL_NAMES = { info: 'Info', note: 'Note', warning: 'Warning', error: 'Error', success: 'Success' };

/** `options.attachments` lets media nodes find their file. */
export function renderAdf(document_, options = {}) {
  const root = h('div', { class: 'adf' });
  root.append(...children(document_ ?? {}, options));
  return root;
}

function children(node, options) {
  return (node.content ?? []).map((child) => render(child, options));
}

function element(tag, attributes) {
  return (node, options) => h(tag, attributes ?? {}, children(node, options));
}

const views = {
  paragraph: element('p'),
  heading: (node, options) => h(`h${Math.min(6, (node.attrs?.level ?? 1) + 1)}`, {}, children(node, options)),
  bulletList: element('ul'),
  orderedList: (node, options) => h('ol', { start: node.attrs?.order }, children(node, options)),
  listItem: element('li'),
  taskList: element('ul', { class: 'task-list' }),
  taskItem: (node, options) =>
    h(
      'li',
      {},
      h('span', { 'aria-hidden': true }, node.attrs?.state === 'DONE' ? '☑ ' : '☐ '),
      children(node, options),
    ),
  decisionList: element('ul', { class: 'task-list' }),
  decisionItem: (node, options) => h('li', {}, '◆ ', children(node, options)),
  blockquote: element('blockquote'),
  rule: () => h('hr'),
  codeBlock: (node, options) =>
    h('pre', {}, h('code', { 'data-language': node.attrs?.language }, children(node, options))),
  panel: (node, options) =>
    h(
      'div',
      { class: `adf-panel adf-panel-${node.attrs?.panelType ?? 'info'}`, role: 'note' },
      h('span', { class: 'hidden' }, PANEL_NAMES[node.attrs?.panelType] ?? 'Panel'),
      children(node, options),
    ),
  expand: (node, options) =>
    h('details', {}, h('summary', {}, node.attrs?.title || 'Details'), children(node, options)),
  nestedExpand: (node, options) => views.expand(node, options),
  table: (node, options) =>
    h('div', { class: 'adf-table' }, h('table', {}, h('tbody', {}, children(node, options)))),
  tableRow: element('tr'),
  tableHeader: (node, options) => cell('th', node, options),
  tableCell: (node, options) => cell('td', node, options),
  layoutSection: element('div', { class: 'adf-layout' }),
  layoutColumn: element('div'),
  text: (node) => marked(node),
  hardBreak: () => h('br'),
  mention: (node) => h('span', { class: 'mention', 'data-account': node.attrs?.id }, mentionText(node)),
  emoji: (node) => h('span', {}, node.attrs?.text ?? node.attrs?.shortName ?? ''),
  date: (node) =>
    h('time', { class: 'lozenge' }, new Date(Number(node.attrs?.timestamp)).toISOString().slice(0, 10)),
  status: (node) =>
    h('span', { class: `lozenge lozenge-${node.attrs?.color ?? 'neutral'}` }, node.attrs?.text ?? ''),
  inlineCard: (node) => link(node.attrs?.url ?? node.attrs?.data?.url ?? ''),
  blockCard: (node) => h('p', {}, link(node.attrs?.url ?? '')),
  embedCard: (node) => h('p', {}, link(node.attrs?.url ?? '')),
  mediaSingle: (node, options) => h('figure', {}, children(node, options)),
  mediaGroup: element('div', { class: 'media-group' }),
  media: (node, options) => media(node, options),
  mediaInline: (node, options) => media(node, options),
  caption: element('figcaption'),
};

function render(node, options) {
  const view = Object.hasOwn(views, node.type) ? views[node.type] : undefined;
  return view
    ? view(node, options)
    : h('div', { class: 'adf-unknown' }, `[${node.type}]`, children(node, options));
}

function cell(tag, node, options) {
  return h(tag, { colspan: node.attrs?.colspan, rowspan: node.attrs?.rowspan }, children(node, options));
}

function mentionText(node) {
  const text = node.attrs?.text ?? node.attrs?.id ?? '';
  return text.startsWith('@') ? text : `@${text}`;
}

function link(url, ...content) {
  const safe = /^(https?:|mailto:|\/|#)/i.test(url) ? localAddress(url) : undefined;
  return h('a', { href: safe, rel: 'noopener', title: url }, content.length > 0 ? content : url);
}

const marks = {
  strong: (inner) => h('strong', {}, inner),
  em: (inner) => h('em', {}, inner),
  code: (inner) => h('code', {}, inner),
  strike: (inner) => h('s', {}, inner),
  underline: (inner) => h('u', {}, inner),
  subsup: (inner, mark) => h(mark.attrs?.type === 'sup' ? 'sup' : 'sub', {}, inner),
  link: (inner, mark) => link(mark.attrs?.href ?? '', inner),
  textColor(inner, mark) {
    const span = h('span', {}, inner);
    span.style.color = mark.attrs?.color ?? '';
    return span;
  },
};

function marked(node) {
  let inner = node.text ?? '';
  for (const mark of node.marks ?? []) {
    inner = Object.hasOwn(marks, mark.type) ? marks[mark.type](inner, mark) : inner;
  }
  return inner instanceof Node ? inner : document.createTextNode(inner);
}

/** Documents name a file by an id that REST does not show, so the file's name decides. */
function media(node, { attachments = [] }) {
  if (node.attrs?.type === 'external') {
    return h('img', { src: node.attrs.url, alt: node.attrs.alt ?? '', loading: 'lazy' });
  }
  const name = node.attrs?.alt ?? node.attrs?.__fileName;
  const file = attachments.find((each) => each.filename === name);
  if (!file) {
    return h('span', { class: 'media-missing' }, `File: ${name ?? 'not found here'}`);
  }
  const address = `/rest/api/3/attachment/content/${file.id}?redirect=false`;
  return file.mimeType?.startsWith('image/')
    ? h('img', { src: address, alt: file.filename, loading: 'lazy', 'data-testid': 'media-image' })
    : h('a', { href: address }, `File: ${file.filename}`);
}
