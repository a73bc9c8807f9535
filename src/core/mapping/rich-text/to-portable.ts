/** Turns a document of one site into a document that every site can show, the same input always into the same output. */
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { type BlockPlace, isBlockPlace, typeIn } from './block-places';
import { isMedia, portableFile, portableLayout } from './inline-files';
import { blockMarks, inlineNodes, isSafeLink, nodeRules, type Place, portableMark } from './portable-nodes';
import { readableText } from './readable-text';

/** Deeper nesting than any editor makes is shown as text. */
const deepest = 24;

/** Known nodes with known attributes stay; mentions, files that are not shared, smart links and extensions become readable text. */
export function toPortable(doc: Adf | null): Adf | null {
  if (doc === null) return null;
  const content = doc.content.flatMap((node) => portableBlocks(node as AdfNode));
  return normaliseAdf({ type: 'doc', version: 1, content: content as Adf['content'] });
}

/** One top-level block; none when nothing of it can be shown, several for a layout of columns. */
export function portableBlocks(node: AdfNode): AdfNode[] {
  return portable(node, 'doc', 0);
}

/** What is shown for a node in that place of a document. */
export function portable(node: AdfNode, place: Place, depth: number): AdfNode[] {
  if (!isBlockPlace(place)) return portableInline(node, place);
  if (node.type === 'text') return inParagraph([textNode(node)]);
  if (inlineNodes.has(node.type)) return inParagraph(portableInline(node, 'inline'));
  if (depth > deepest) return standIn(node, place);
  if (node.type === 'mediaSingle' || node.type === 'mediaGroup') return pictures(node, place);
  const type = typeIn(place, node.type);
  const kept = type === undefined ? undefined : known({ ...node, type }, place, depth);
  return kept ?? unfold(node, place, depth) ?? standIn(node, place);
}

function portableInline(node: AdfNode, place: 'inline' | 'code'): AdfNode[] {
  if (node.type === 'text') return [textNode(node)];
  const file = place === 'inline' && node.type === 'mediaInline' ? portableFile(node) : undefined;
  if (file !== undefined) return [file];
  const kept = place === 'inline' && inlineNodes.has(node.type) ? known(node, place, 0) : undefined;
  return kept ?? standIn(node, place);
}

/** Shared files as they are; what is shown for the others stands behind them. */
function pictures(node: AdfNode, place: BlockPlace): AdfNode[] {
  const content = node.content ?? [];
  const files =
    typeIn(place, node.type) === undefined ? [] : content.flatMap((one) => portableFile(one) ?? []);
  if (files.length === 0) return standIn(node, place);
  if (node.type === 'mediaSingle') {
    const [file] = files;
    const said = content.filter(({ type }) => type === 'caption').flatMap(captionOf);
    return file === undefined
      ? []
      : [{ type: node.type, attrs: portableLayout(node), content: [file, ...said] }];
  }
  const others = content.filter((one) => isMedia(one) && portableFile(one) === undefined);
  return [{ type: node.type, content: files }, ...others.flatMap((one) => standIn(one, place))];
}

function captionOf({ type, content = [] }: AdfNode): AdfNode[] {
  const said = content.flatMap((one) =>
    one.type === 'mediaInline' ? standIn(one, 'inline') : portableInline(one, 'inline'),
  );
  const filled = said.filter((one) => one.text !== '');
  return filled.length === 0 ? [] : [{ type, content: filled }];
}

/** The node itself with what travels of it; undefined when it would not be valid. */
function known(node: AdfNode, place: Place, depth: number): AdfNode[] | undefined {
  const rule = nodeRules[node.type];
  if (rule === undefined) return undefined;
  const attrs = Object.fromEntries(
    Object.entries(node.attrs ?? {}).filter(([name, value]) => rule.attrs[name]?.(value) === true),
  );
  if (rule.required?.some((name) => attrs[name] === undefined) === true) return undefined;
  const marks = place === 'doc' ? blockMarks(node) : [];
  const base = {
    type: node.type,
    ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
    ...(marks.length === 0 ? {} : { marks }),
  };
  if (rule.children === 'none') return [base];
  const content = portableChildren(node, rule.children, depth + 1);
  if (content.length > 0) return [{ ...base, content }];
  if (rule.children === 'inline' || rule.children === 'code') return [base];
  // Containers must have something in them; cells and items get an empty paragraph, lists without items vanish.
  return typeof rule.children === 'string' ? [{ ...base, content: [{ type: 'paragraph' }] }] : [];
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
  return content.flatMap((child) => portableItem(child, children.items, depth));
}

/** Something that is no item of its list or table is put into one, so that it is not lost. */
function portableItem(child: AdfNode, items: readonly string[], depth: number): AdfNode[] {
  if (depth > deepest) return [];
  const kept = items.includes(child.type) ? known(child, 'inline', depth) : undefined;
  return kept ?? inItem(child, items[0] ?? '', depth);
}

function inItem(child: AdfNode, type: string, depth: number): AdfNode[] {
  switch (type) {
    case 'taskItem':
      return inLine(child, { type, attrs: { state: child.attrs?.['state'] === 'DONE' ? 'DONE' : 'TODO' } });
    case 'decisionItem':
      return inLine(child, { type, attrs: { state: 'DECIDED' } });
    case 'tableRow': {
      const cells = inItem(child, 'tableCell', depth + 1);
      return cells.length === 0 ? [] : [{ type, content: cells }];
    }
    default: {
      const content = portable(child, type === 'listItem' ? 'listItem' : 'cell', depth + 1);
      return content.length === 0 ? [] : [{ type, content }];
    }
  }
}

function inLine(child: AdfNode, item: AdfNode): AdfNode[] {
  const text = readableText(child.content === undefined ? child : { ...child, type: 'unknown' });
  return text === '' ? [] : [{ ...item, content: [{ type: 'text', text }] }];
}

/** A block that has no place there gives way to what is in it; undefined when it holds no blocks or lines. */
function unfold(node: AdfNode, place: BlockPlace, depth: number): AdfNode[] | undefined {
  const inner = node.content ?? [];
  switch (node.type) {
    case 'heading':
    case 'decisionItem':
      return paragraphOf(inner);
    case 'taskItem':
      return paragraphOf([
        { type: 'text', text: node.attrs?.['state'] === 'DONE' ? '[x] ' : '[ ] ' },
        ...inner,
      ]);
    case 'rule':
      return inParagraph([{ type: 'text', text: '---' }]);
    case 'expand':
    case 'nestedExpand': {
      const title = node.attrs?.['title'];
      const named = typeof title === 'string' ? inParagraph([{ type: 'text', text: title }]) : [];
      return [...named, ...inner.flatMap((child) => portable(child, place, depth + 1))];
    }
    default:
      return holdsBlocks(node) ? inner.flatMap((child) => portable(child, place, depth + 1)) : undefined;
  }
}

function paragraphOf(content: AdfNode[]): AdfNode[] {
  const inline = content.flatMap((child) => portableInline(child, 'inline'));
  return inline.length === 0 ? [] : [{ type: 'paragraph', content: inline }];
}

/** Layouts, extensions with a body, and known blocks out of place: their content is shown instead. */
function holdsBlocks(node: AdfNode): boolean {
  const rule = nodeRules[node.type];
  if (rule !== undefined)
    return rule.children !== 'none' && rule.children !== 'inline' && rule.children !== 'code';
  return ['layoutSection', 'layoutColumn', 'bodiedExtension', 'bodiedSyncBlock', 'blockTaskItem'].includes(
    node.type,
  );
}

/** The text that is shown instead of a node that does not travel. */
function standIn(node: AdfNode, place: Place): AdfNode[] {
  const text = readableText(node);
  if (text === '') return [];
  const url = node.attrs?.['url'];
  const isLink = place !== 'code' && isSafeLink(url) && node.type.endsWith('Card');
  const marks = isLink ? { marks: [{ type: 'link', attrs: { href: url } }] } : {};
  const shown: AdfNode = { type: 'text', text, ...marks };
  return isBlockPlace(place) ? inParagraph([shown]) : [shown];
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
