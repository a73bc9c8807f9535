/** Writes blocks as wiki markup. What it has no sign for is written as its words. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { readableText } from '../rich-text/readable-text';
import { escapeLine, keepBlanks } from './escape-text';
import { expandBorder } from './parse-macro';
import { printInline } from './print-inline';
import { boxes } from './task-lists';
import { panelColours } from './wiki-signs';

/** Deeper blocks are written as their words. */
const deepest = 24;

/** The block in one or more lines, without a line break at its end; empty when nothing of it can be shown. */
export function printBlock(node: AdfNode, depth = 0): string {
  if (depth > deepest) return printParagraph([{ type: 'text', text: readableText(node) }]);
  switch (node.type) {
    case 'paragraph':
      return printParagraph(node.content ?? []);
    case 'heading':
      return `h${level(node)}. ${keepBlanks(printInline(node.content ?? [], true))}`;
    case 'rule':
      return '----';
    case 'codeBlock':
      return printCode(node);
    case 'blockquote':
      return `{quote}\n${printAll(node, depth)}\n{quote}`;
    case 'panel':
      return `{panel:bgColor=${panelColour(node)}}\n${printAll(node, depth)}\n{panel}`;
    case 'expand':
    case 'nestedExpand':
      return printExpand(node, depth);
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'decisionList':
      return printList(node, '', depth);
    case 'table':
      return printTable(node, depth);
    default:
      return printOther(node, depth);
  }
}

/** Layouts and the like give way to what is in them. */
function printOther(node: AdfNode, depth: number): string {
  if (node.type === 'mediaSingle' || node.type === 'mediaGroup') {
    const files = (node.content ?? []).map(({ attrs }) => ({ type: 'mediaInline', attrs: asFile(attrs) }));
    return printParagraph(files);
  }
  const holdsBlocks = node.content?.some(({ type }) => type === 'paragraph' || type.startsWith('layout'));
  return holdsBlocks === true ? printAll(node, depth) : printParagraph([node]);
}

function asFile(attrs: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...attrs, type: 'image', id: attrs['url'] ?? attrs['id'] };
}

function printAll(node: AdfNode, depth: number): string {
  return (node.content ?? [])
    .map((child) => printBlock(child, depth + 1))
    .filter((text) => text !== '')
    .join('\n\n');
}

function printParagraph(content: readonly AdfNode[]): string {
  const lines = printInline(content, false).split('\n');
  return lines.map((line) => escapeLine(keepBlanks(line))).join('\n');
}

function level({ attrs }: AdfNode): number {
  const said = Number(attrs?.['level']);
  return Number.isInteger(said) && said >= 1 && said <= 6 ? said : 6;
}

/** Code cannot protect anything: signs that would end it get a character in between that nobody sees. */
function printCode(node: AdfNode): string {
  const text = (node.content ?? []).map(readableText).join('');
  const safe = text.replace(/\{(?=(code|noformat|quote|panel|color))/gi, '{\u200b');
  const language = node.attrs?.['language'];
  const isNamed = typeof language === 'string' && /^[\w+#.-]{1,40}$/.test(language);
  return isNamed ? `{code:${language}}\n${safe}\n{code}` : `{noformat}\n${safe}\n{noformat}`;
}

function panelColour({ attrs }: AdfNode): string {
  const { panelType, panelColor } = attrs ?? {};
  const known = typeof panelType === 'string' ? panelColours[panelType] : undefined;
  const own = typeof panelColor === 'string' && /^#[0-9a-fA-F]{6}$/.test(panelColor) ? panelColor : undefined;
  return (known ?? own ?? panelColours['info'] ?? '').toLowerCase();
}

function printExpand(node: AdfNode, depth: number): string {
  const title = String(node.attrs?.['title'] ?? '').replace(
    /[|{}&\\\s]/g,
    (sign) => `&#${sign === '\n' ? 32 : sign.charCodeAt(0)};`,
  );
  const border = `borderStyle=${expandBorder.style}|borderColor=${expandBorder.color}`;
  const settings = title === '' ? border : `title=${title.replaceAll('&#32;', ' ')}|${border}`;
  return `{panel:${settings}}\n${printAll(node, depth)}\n{panel}`;
}

const signs: Readonly<Record<string, string>> = { orderedList: '#' };

function printList(list: AdfNode, above: string, depth: number): string {
  const marker = `${above}${signs[list.type] ?? '*'}`;
  return (list.content ?? [])
    .map((child) => (isList(child) ? printList(child, marker, depth + 1) : printItem(child, marker, depth)))
    .join('\n');
}

function isList({ type }: AdfNode): boolean {
  return type === 'bulletList' || type === 'orderedList' || type === 'taskList' || type === 'decisionList';
}

function printItem(item: AdfNode, marker: string, depth: number): string {
  if (item.type !== 'listItem') {
    const box = boxes[String(item.attrs?.['state'])] ?? '';
    const words = printInline([{ type: 'text', text: box }, ...(item.content ?? [])], true);
    return `${marker} ${words}`;
  }
  const parts = (item.content ?? []).map((child) =>
    depth < deepest && isList(child) ? printList(child, marker, depth + 1) : printBlock(child, depth + 1),
  );
  const [first = '', ...rest] = parts;
  return [`${marker} ${first}`, ...rest.filter((part) => part !== '')].join('\n');
}

function printTable(table: AdfNode, depth: number): string {
  return (table.content ?? []).map((row) => printRow(row, depth)).join('\n');
}

function printRow(row: AdfNode, depth: number): string {
  const cells = (row.content ?? []).map((cell) => {
    const blocks = (cell.content ?? []).map((child) => printBlock(child, depth + 1));
    const text = withoutEmptyLines(blocks.filter((block) => block !== '').join('\n'));
    return { stroke: cell.type === 'tableHeader' ? '||' : '|', text: text === '' ? ' ' : text };
  });
  return `${cells.map(({ stroke, text }) => stroke + text).join('')}${cells.at(-1)?.stroke ?? '|'}`;
}

/** An empty line ends a table, but for those in code. */
function withoutEmptyLines(text: string): string {
  return /\{(code|noformat)/.test(text) ? text : text.replace(/\n{2,}/g, '\n');
}
