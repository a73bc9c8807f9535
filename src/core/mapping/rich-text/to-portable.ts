/** Turns a document of one site into a document that every site can show, the same input always into the same output. */
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { inlineNodes, isSafeLink, itemNodes, nodeRules, type Place, portableMark } from './portable-nodes';
import { readableText } from './readable-text';

/** Deeper nesting than any editor makes is shown as text. */
const deepest = 24;

/** Known nodes with known attributes stay; mentions, media, smart links and extensions become readable text. */
export function toPortable(doc: Adf | null): Adf | null {
  if (doc === null) return null;
  const content = doc.content.flatMap((node) => portableBlocks(node as AdfNode));
  return normaliseAdf({ type: 'doc', version: 1, content: content as Adf['content'] });
}

/** One top-level block; none when nothing of it can be shown, several for a layout of columns. */
export function portableBlocks(node: AdfNode): AdfNode[] {
  return portable(node, 'doc', 0);
}

function portable(node: AdfNode, place: Place, depth: number): AdfNode[] {
  if (node.type === 'text')
    return place === 'doc' || place === 'block' ? inParagraph([textNode(node)]) : [textNode(node)];
  const fits =
    place === 'inline' || place === 'code' ? inlineNodes.has(node.type) : !inlineNodes.has(node.type);
  if (!fits || itemNodes.has(node.type) || depth > deepest || place === 'code') {
    return standIn(node, place, depth);
  }
  return known(node, depth) ?? standIn(node, place, depth);
}

/** The node itself with what travels of it; undefined when it would not be valid. */
function known(node: AdfNode, depth: number): AdfNode[] | undefined {
  const rule = nodeRules[node.type];
  if (rule === undefined) return undefined;
  const attrs = Object.fromEntries(
    Object.entries(node.attrs ?? {}).filter(([name, value]) => rule.attrs[name]?.(value) === true),
  );
  if (rule.required?.some((name) => attrs[name] === undefined) === true) return undefined;
  const base = { type: node.type, ...(Object.keys(attrs).length === 0 ? {} : { attrs }) };
  if (rule.children === 'none') return [base];
  const content = portableChildren(node, rule.children, depth + 1);
  if (content.length === 0 && rule.children !== 'inline' && rule.children !== 'code') {
    // Containers must have something in them; cells and items get an empty paragraph, lists without items vanish.
    return rule.children === 'block' ? [{ ...base, content: [{ type: 'paragraph' }] }] : [];
  }
  return [content.length === 0 ? base : { ...base, content }];
}

function portableChildren(
  node: AdfNode,
  children: Place | { items: readonly string[] },
  depth: number,
): AdfNode[] {
  const content = node.content ?? [];
  if (children === 'code') {
    const text = content.map(readableText).join('');
    return text === '' ? [] : [{ type: 'text', text }];
  }
  if (typeof children === 'string') return content.flatMap((child) => portable(child, children, depth));
  return content.flatMap((child) => (children.items.includes(child.type) ? (known(child, depth) ?? []) : []));
}

/** What is shown instead of a node that does not travel. */
function standIn(node: AdfNode, place: Place, depth: number): AdfNode[] {
  if (place === 'doc' && holdsBlocks(node) && depth < deepest) {
    return (node.content ?? []).flatMap((child) => portable(child, 'doc', depth + 1));
  }
  const text = readableText(node);
  if (text === '') return [];
  const url = node.attrs?.['url'];
  const isLink = place !== 'code' && isSafeLink(url) && node.type.endsWith('Card');
  const marks = isLink ? { marks: [{ type: 'link', attrs: { href: url } }] } : {};
  const shown: AdfNode = { type: 'text', text, ...marks };
  return place === 'inline' || place === 'code' ? [shown] : inParagraph([shown]);
}

/** Layouts and extensions with a body: their content is shown in their place. */
function holdsBlocks(node: AdfNode): boolean {
  return ['layoutSection', 'layoutColumn', 'bodiedExtension', 'bodiedSyncBlock'].includes(node.type);
}

function inParagraph(content: AdfNode[]): AdfNode[] {
  const filled = content.filter((node) => node.text !== '');
  return filled.length === 0 ? [] : [{ type: 'paragraph', content: filled }];
}

function textNode(node: AdfNode): AdfNode {
  const marks = (node.marks ?? []).flatMap((mark) => portableMark(mark) ?? []);
  const isCode = marks.some(({ type }) => type === 'code');
  // Code may be a link but nothing else.
  const allowed = isCode ? marks.filter(({ type }) => type === 'code' || type === 'link') : marks;
  const text = node.text ?? '';
  return { type: 'text', text, ...(allowed.length === 0 ? {} : { marks: allowed }) };
}
