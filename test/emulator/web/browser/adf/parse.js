// Text that a person edited, as an Atlassian document. The notation is the one that print.js writes.

/** `kept` = the nodes behind `{{n ...}}` placeholders. Empty text gives undefined: the field is empty. */
export function parseAdf(source, kept = []) {
  const content = parseBlocks(source.replaceAll('\r\n', '\n').split('\n'), kept);
  return content.length === 0 ? undefined : { type: 'doc', version: 1, content };
}

function parseBlocks(lines, kept) {
  const out = [];
  let at = 0;
  while (at < lines.length) {
    if (lines[at].trim() === '') {
      at += 1;
      continue;
    }
    const [node, next] = parseBlock(lines, at, kept);
    out.push(node);
    at = next;
  }
  return out;
}

const BULLET = /^(\s*)(?:[-*+]|(\d+)\.)\s+(.*)$/;

function parseBlock(lines, at, kept) {
  const line = lines[at];
  if (/^```/.test(line)) return fenced(lines, at);
  if (/^:::\w+/.test(line)) return panel(lines, at, kept);
  if (/^#{1,6}\s/.test(line)) return [heading(line, kept), at + 1];
  if (/^\s*---+\s*$/.test(line)) return [{ type: 'rule' }, at + 1];
  if (/^>\s?/.test(line)) return quote(lines, at, kept);
  if (/^\|.*\|\s*$/.test(line) && /^\|[\s:|-]+\|\s*$/.test(lines[at + 1] ?? ''))
    return table(lines, at, kept);
  if (BULLET.test(line)) return list(lines, at, kept);
  const whole = /^\{\{(\d+)[^}]*\}\}\s*$/.exec(line);
  const node = whole && kept[Number(whole[1]) - 1];
  if (node && isBlock(node)) return [node, at + 1];
  return paragraph(lines, at, kept);
}

const INLINE_NODES = new Set([
  'text',
  'emoji',
  'date',
  'status',
  'inlineCard',
  'mediaInline',
  'mention',
  'hardBreak',
  'placeholder',
  'inlineExtension',
]);

function isBlock(node) {
  return !INLINE_NODES.has(node.type);
}

function fenced(lines, at) {
  const language = lines[at].slice(3).trim();
  let end = at + 1;
  while (end < lines.length && !/^```\s*$/.test(lines[end])) end += 1;
  const text = lines.slice(at + 1, end).join('\n');
  const node = { type: 'codeBlock', ...(language ? { attrs: { language } } : {}) };
  return [text ? { ...node, content: [{ type: 'text', text }] } : node, end + 1];
}

const PANELS = new Set(['info', 'note', 'warning', 'error', 'success']);

function panel(lines, at, kept) {
  let end = at + 1;
  while (end < lines.length && !/^:::\s*$/.test(lines[end])) end += 1;
  const named = lines[at].slice(3).trim();
  const inner = parseBlocks(lines.slice(at + 1, end), kept);
  const content = inner.length > 0 ? inner : [{ type: 'paragraph', content: [] }];
  return [{ type: 'panel', attrs: { panelType: PANELS.has(named) ? named : 'info' }, content }, end + 1];
}

function heading(line, kept) {
  const [, signs, text] = /^(#{1,6})\s+(.*)$/.exec(line) ?? ['', '#', line];
  return { type: 'heading', attrs: { level: signs.length }, content: parseInline(text, kept) };
}

function quote(lines, at, kept) {
  let end = at;
  while (end < lines.length && /^>\s?/.test(lines[end])) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(/^>\s?/, ''));
  return [{ type: 'blockquote', content: parseBlocks(inner, kept) }, end];
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((each) => each.trim().replaceAll('\\|', '|'));
}

function table(lines, at, kept) {
  let end = at + 2;
  while (end < lines.length && /^\|.*\|\s*$/.test(lines[end])) end += 1;
  const row = (line, type) => ({
    type: 'tableRow',
    content: cells(line).map((text) => ({
      type,
      content: [{ type: 'paragraph', content: parseInline(text, kept) }],
    })),
  });
  const body = lines.slice(at + 2, end).map((line) => row(line, 'tableCell'));
  return [{ type: 'table', content: [row(lines[at], 'tableHeader'), ...body] }, end];
}

/** Items of one list; deeper lines belong to the item above. */
function list(lines, at, kept) {
  const [, indent, number] = BULLET.exec(lines[at]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const found = BULLET.exec(lines[end]);
    if (!found || found[1].length !== indent.length || (found[2] === undefined) !== (number === undefined))
      break;
    const [item, next] = listItem(lines, end, found, kept);
    items.push(item);
    end = next;
  }
  const order = Number(number ?? 1);
  const type = number === undefined ? 'bulletList' : 'orderedList';
  return [{ type, ...(order > 1 ? { attrs: { order } } : {}), content: items }, end];
}

function listItem(lines, at, [, indent, , text], kept) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== '' && /^\s*/.exec(lines[end])[0].length > indent.length)
    end += 1;
  const inner = lines.slice(at + 1, end);
  const deeper = inner.length === 0 ? [] : parseBlocks(dedent(inner), kept);
  return [
    { type: 'listItem', content: [{ type: 'paragraph', content: parseInline(text, kept) }, ...deeper] },
    end,
  ];
}

function dedent(lines) {
  const depth = Math.min(...lines.map((line) => /^\s*/.exec(line)[0].length));
  return lines.map((line) => line.slice(depth));
}

function paragraph(lines, at, kept) {
  let end = at + 1;
  const starts = (line) => /^(```|:::\w|#{1,6}\s|>)/.test(line) || BULLET.test(line);
  while (end < lines.length && lines[end].trim() !== '' && !starts(lines[end])) end += 1;
  const text = lines.slice(at, end).join('\n').replaceAll('\\\n', '\n');
  return [{ type: 'paragraph', content: parseInline(text, kept) }, end];
}

const INLINE =
  /\\([\\`*~_[\]{}#>|.:-]|\d+\.)|`([^`]+)`|\{\{(\d+)[^}]*\}\}|@\[([^\]]+)\]\(([^)]+)\)|\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)|\*\*(?=\S)(.+?)(?<!\\)\*\*|~~(?=\S)(.+?)(?<!\\)~~|(?<!\w)_(?=\S)(.+?)(?<!\\)_(?!\w)|(https?:\/\/[^\s<>)]*[^\s<>).,;:!?])|(\n)/s;

function parseInline(source, kept, marks = []) {
  const out = [];
  let rest = source;
  while (rest !== '') {
    const found = INLINE.exec(rest);
    if (!found) break;
    add(out, rest.slice(0, found.index), marks);
    for (const node of inlineOf(found, kept, marks)) {
      addNode(out, node);
    }
    rest = rest.slice(found.index + found[0].length);
  }
  add(out, rest, marks);
  return out;
}

function inlineOf(found, kept, marks) {
  const [all, escaped, code, placeholder, name, account, linkText, linkUrl, strong, strike, em, url] = found;
  const within = (text, mark) => parseInline(text, kept, [...marks, mark]);
  if (escaped !== undefined) return textNodes(escaped, marks);
  if (code !== undefined)
    return textNodes(code, [{ type: 'code' }, ...marks.filter((mark) => mark.type === 'link')]);
  if (placeholder !== undefined) return placeholderNode(all, kept[Number(placeholder) - 1], marks);
  if (name !== undefined) return [{ type: 'mention', attrs: { id: account, text: `@${name}` } }];
  if (linkText !== undefined) return within(linkText, { type: 'link', attrs: { href: linkUrl } });
  if (strong !== undefined) return within(strong, { type: 'strong' });
  if (strike !== undefined) return within(strike, { type: 'strike' });
  if (em !== undefined) return within(em, { type: 'em' });
  if (url !== undefined) return textNodes(url, [...marks, { type: 'link', attrs: { href: url } }]);
  return [{ type: 'hardBreak' }];
}

function placeholderNode(all, node, marks) {
  return node && !isBlock(node) ? [node] : textNodes(all, marks);
}

function textNodes(text, marks) {
  return [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }];
}

function add(out, text, marks) {
  if (text !== '') {
    addNode(out, textNodes(text, marks)[0]);
  }
}

/** Neighbouring texts with the same marks become one node. */
function addNode(out, node) {
  const last = out.at(-1);
  const same =
    last?.type === 'text' &&
    node.type === 'text' &&
    JSON.stringify(last.marks) === JSON.stringify(node.marks);
  if (same) {
    out[out.length - 1] = { ...last, text: last.text + node.text };
  } else {
    out.push(node);
  }
}
