/** A document out of plain text, and the plain text of a document. */
import type { Adf } from '#core/model/value';

/** One paragraph for each line; undefined for a text with nothing in it. */
export function documentOf(text: string): Adf | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  const content = lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] }));
  return { type: 'doc', version: 1, content };
}

interface Node {
  type?: unknown;
  text?: unknown;
  attrs?: { text?: unknown } | undefined;
  content?: unknown;
}

/** What a person reads, one line for each block. */
export function textOf(doc: Adf | null): string {
  return doc === null ? '' : doc.content.map(lineOf).join('\n').trim();
}

function lineOf(node: Node): string {
  if (node.type === 'text' && typeof node.text === 'string') return node.text;
  if (node.type === 'hardBreak') return '\n';
  if (typeof node.attrs?.text === 'string') return node.attrs.text;
  const inner: Node[] = Array.isArray(node.content) ? node.content : [];
  const isLine = inner.some(({ type }) => type === 'text' || type === 'hardBreak' || type === 'mention');
  return inner.map(lineOf).join(isLine ? '' : '\n');
}
