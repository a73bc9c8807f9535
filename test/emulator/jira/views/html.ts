/** A document as HTML, for `renderedFields` and `renderedBody`. */
import type { Adf, Body } from '../entities';
import { wikiToAdf } from '../wiki';

interface Node {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  content?: Node[];
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

export function adfToHtml(text: Body | undefined): string {
  const document: Adf | undefined = typeof text === 'string' ? wikiToAdf(text) : text;
  return document === undefined ? '' : children(document as Node, '');
}

function children(node: Node, between = ''): string {
  return (node.content ?? []).map(html).join(between);
}

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
  taskList: 'ul',
  taskItem: 'li',
  decisionList: 'ul',
  decisionItem: 'li',
  expand: 'section',
  nestedExpand: 'section',
};

function html(node: Node): string {
  const tag = TAGS[node.type ?? ''];
  if (tag !== undefined) return `<${tag}>${children(node)}</${tag}>`;
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'hardBreak':
      return '<br/>';
    case 'rule':
      return '<hr/>';
    case 'heading': {
      const level = Number(node.attrs?.['level'] ?? 1);
      return `<h${level}>${children(node)}</h${level}>`;
    }
    case 'codeBlock':
      return `<pre><code>${children(node)}</code></pre>`;
    case 'panel':
      return `<div class="panel panel-${escapeHtml(String(node.attrs?.['panelType'] ?? 'info'))}">${children(node)}</div>`;
    case 'mention':
    case 'status':
    case 'emoji':
      return `<span>${escapeHtml(String(node.attrs?.['text'] ?? node.attrs?.['shortName'] ?? ''))}</span>`;
    case 'inlineCard':
      return link(String(node.attrs?.['url'] ?? ''), escapeHtml(String(node.attrs?.['url'] ?? '')));
    case 'media':
      return `<span class="media">${escapeHtml(String(node.attrs?.['alt'] ?? 'file'))}</span>`;
    default:
      return children(node);
  }
}

const MARKS: Readonly<Record<string, string>> = {
  strong: 'b',
  em: 'i',
  underline: 'u',
  strike: 'del',
  code: 'tt',
};

function marked(node: Node): string {
  let text = escapeHtml(node.text ?? '');
  for (const mark of node.marks ?? []) {
    const tag = MARKS[mark.type];
    if (tag !== undefined) text = `<${tag}>${text}</${tag}>`;
    else if (mark.type === 'link') text = link(String(mark.attrs?.['href'] ?? ''), text);
  }
  return text;
}

function link(href: string, label: string): string {
  return /^(https?|mailto):/i.test(href) ? `<a href="${escapeHtml(href)}">${label}</a>` : label;
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );
}
