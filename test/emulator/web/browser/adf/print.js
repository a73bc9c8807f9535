// A document as text that a person can edit. What the text cannot say stays as a numbered placeholder, so that saving
// puts the very same node back.

/** `{text, kept}`: `kept` is the list of nodes that stand behind `{{1 panel}}` placeholders. */
export function printAdf(document_) {
  const kept = [];
  const text = blocks(document_?.content ?? [], kept).join('\n\n');
  return { text, kept };
}

function keep(node, kept) {
  kept.push(node);
  const label = node.attrs?.alt ?? node.attrs?.text ?? node.content?.[0]?.attrs?.alt ?? node.type;
  return `{{${kept.length} ${String(label).replace(/[{}\n]/g, '')}}}`;
}

function blocks(nodes, kept) {
  return nodes.map((node) => block(node, kept));
}

const printers = {
  paragraph: (node, kept) => inline(node, kept),
  heading: (node, kept) => `${'#'.repeat(node.attrs?.level ?? 1)} ${inline(node, kept)}`,
  rule: () => '---',
  codeBlock: (node) =>
    `\`\`\`${node.attrs?.language ?? ''}\n${(node.content ?? []).map((each) => each.text).join('')}\n\`\`\``,
  blockquote: (node, kept) => prefixed('> ', blocks(node.content ?? [], kept).join('\n\n')),
  bulletList: (node, kept) => list(node, kept, () => '- '),
  orderedList: (node, kept) => list(node, kept, (index) => `${index + (node.attrs?.order ?? 1)}. `),
  panel: (node, kept) =>
    `:::${node.attrs?.panelType ?? 'info'}\n${blocks(node.content ?? [], kept).join('\n\n')}\n:::`,
  table: (node, kept) => table(node, kept),
};

/** Nodes whose attributes or children the text cannot carry are kept whole. */
function block(node, kept) {
  const printer = Object.hasOwn(printers, node.type) ? printers[node.type] : undefined;
  return printer && sayable(node) ? printer(node, kept) : keep(node, kept);
}

const SAYABLE_ATTRIBUTES = {
  heading: ['level'],
  codeBlock: ['language'],
  orderedList: ['order'],
  panel: ['panelType'],
};
const LIST_CHILDREN = ['paragraph', 'bulletList', 'orderedList'];

function sayable(node) {
  const known = SAYABLE_ATTRIBUTES[node.type] ?? [];
  const attributes = Object.keys(node.attrs ?? {}).filter(
    (each) => !known.includes(each) && each !== 'localId',
  );
  if (attributes.length > 0 || (node.marks?.length ?? 0) > 0) {
    return node.type === 'table' && simpleTable(node);
  }
  if (node.type === 'table') {
    return simpleTable(node);
  }
  if (node.type === 'bulletList' || node.type === 'orderedList') {
    return node.content.every(
      (item) =>
        item.content?.[0]?.type === 'paragraph' &&
        item.content.every((each) => LIST_CHILDREN.includes(each.type) && sayable(each)) &&
        item.content.filter((each) => each.type === 'paragraph').length === 1,
    );
  }
  return true;
}

function simpleTable(node) {
  const rows = node.content ?? [];
  return (
    rows.length > 0 &&
    plainLook(node.attrs) &&
    rows[0].content.every((each) => each.type === 'tableHeader') &&
    rows.slice(1).every((row) => row.content.every((each) => each.type === 'tableCell')) &&
    rows.every((row) =>
      row.content.every((each) => simpleCell(each) && row.content.length === rows[0].content.length),
    )
  );
}

/** The text has no words for widths and layouts. */
function plainLook({ isNumberColumnEnabled = false, layout = 'default', localId: _localId, ...others } = {}) {
  return !isNumberColumnEnabled && layout === 'default' && Object.keys(others).length === 0;
}

function simpleCell(cell) {
  return (
    cell.content?.length === 1 &&
    cell.content[0].type === 'paragraph' &&
    (cell.attrs?.colspan ?? 1) === 1 &&
    (cell.attrs?.rowspan ?? 1) === 1 &&
    !(cell.content[0].content ?? []).some((each) => each.type === 'hardBreak')
  );
}

function table(node, kept) {
  const lines = node.content.map(
    (row) =>
      `| ${row.content.map((each) => inline(each.content[0], kept).replaceAll('|', '\\|')).join(' | ')} |`,
  );
  const rule = `|${node.content[0].content.map(() => ' --- |').join('')}`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function list(node, kept, bullet) {
  return node.content
    .map((item, index) => {
      const start = bullet(index);
      const [first, ...rest] = item.content;
      const inner = rest.map((each) => block(each, kept));
      return [
        start + inline(first, kept),
        ...inner.map((each) => prefixed(' '.repeat(start.length), each)),
      ].join('\n');
    })
    .join('\n');
}

function prefixed(prefix, text) {
  return text
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n');
}

function inline(node, kept) {
  return (node.content ?? []).map((child) => inlineNode(child, kept)).join('');
}

function inlineNode(node, kept) {
  if (node.type === 'text') {
    return text(node, kept);
  }
  if (node.type === 'hardBreak') {
    return '\\\n';
  }
  if (node.type === 'mention') {
    const name = String(node.attrs?.text ?? node.attrs?.id).replace(/^@/, '');
    return `@[${name}](${node.attrs?.id})`;
  }
  return keep(node, kept);
}

const WRAPS = { strong: '**', em: '_', strike: '~~' };

function text(node, kept) {
  const marks = node.marks ?? [];
  const types = marks.map((mark) => mark.type);
  if (
    types.some((type) => !(type in WRAPS) && type !== 'code' && type !== 'link') ||
    (/^\s|\s$/.test(node.text) && types.length > 0)
  ) {
    return keep(node, kept);
  }
  if (types.includes('code')) {
    return types.length > 1 || node.text.includes('`') ? keep(node, kept) : `\`${node.text}\``;
  }
  let inner = escapeText(node.text);
  for (const type of ['strike', 'em', 'strong']) {
    inner = types.includes(type) ? `${WRAPS[type]}${inner}${WRAPS[type]}` : inner;
  }
  const link = marks.find((mark) => mark.type === 'link');
  return link ? `[${inner}](${link.attrs.href})` : inner;
}

function escapeText(value) {
  return value
    .replace(/([\\`*~[\]{}])/g, '\\$1')
    .replace(/(?<!\w)_|_(?!\w)/g, '\\_')
    .replace(/(https?):\/\//g, '$1\\://')
    .replace(/^(\s*)(#|>|-|\d+\.|:::|\|)/gm, '$1\\$2');
}
