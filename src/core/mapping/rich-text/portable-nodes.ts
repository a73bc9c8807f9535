/** Which parts of the Atlassian Document Format mean the same on every site, and how they are made safe. */
import type { AdfNode } from '#core/merge/normalise-adf';
import type { BlockPlace } from './block-places';

/** Where a node stands decides what may replace it. */
export type Place = BlockPlace | 'inline' | 'code';

interface NodeRule {
  /** What its children are; `none` has no children. `items`: only the named child types are possible. */
  children: Place | 'none' | { items: readonly string[] };
  /** Attributes that travel, with the test that keeps the document valid. */
  attrs: Readonly<Record<string, (value: unknown) => boolean>>;
  /** Attributes without which the node is not valid and is shown as text instead. */
  required?: readonly string[];
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isColour = (value: unknown): boolean => typeof value === 'string' && /^#[0-9a-fA-F]{6}$/.test(value);
const isOneOf =
  (...allowed: unknown[]) =>
  (value: unknown): boolean =>
    allowed.includes(value);
const isSpan = (value: unknown): boolean => typeof value === 'number' && value > 1 && value <= 1_000;
const cell: NodeRule = {
  children: 'cell',
  attrs: { colspan: isSpan, rowspan: isSpan, background: isColour, valign: isOneOf('middle', 'bottom') },
};

/** Attributes that only say the default are left out, so that they never look like an edit. */
export const nodeRules: Readonly<Record<string, NodeRule>> = {
  paragraph: { children: 'inline', attrs: {} },
  heading: { children: 'inline', attrs: { level: isOneOf(1, 2, 3, 4, 5, 6) }, required: ['level'] },
  bulletList: { children: { items: ['listItem'] }, attrs: {} },
  orderedList: {
    children: { items: ['listItem'] },
    attrs: { order: (value) => typeof value === 'number' && value >= 0 && value !== 1 },
  },
  listItem: { children: 'listItem', attrs: {} },
  blockquote: { children: 'blockquote', attrs: {} },
  codeBlock: { children: 'code', attrs: { language: isText, wrap: isOneOf(true) } },
  rule: { children: 'none', attrs: {} },
  hardBreak: { children: 'none', attrs: {} },
  panel: {
    children: 'panel',
    attrs: {
      panelType: isOneOf('info', 'note', 'tip', 'warning', 'error', 'success', 'custom'),
      panelColor: isColour,
    },
    required: ['panelType'],
  },
  table: {
    children: { items: ['tableRow'] },
    attrs: { isNumberColumnEnabled: isOneOf(true), layout: isOneOf('wide', 'full-width') },
  },
  tableRow: { children: { items: ['tableCell', 'tableHeader'] }, attrs: {} },
  tableCell: cell,
  tableHeader: cell,
  expand: { children: 'expand', attrs: { title: isText } },
  nestedExpand: { children: 'nestedExpand', attrs: { title: isText } },
  taskList: { children: { items: ['taskItem', 'taskList'] }, attrs: {} },
  taskItem: { children: 'inline', attrs: { state: isOneOf('TODO', 'DONE') }, required: ['state'] },
  decisionList: { children: { items: ['decisionItem'] }, attrs: {} },
  decisionItem: { children: 'inline', attrs: { state: isText }, required: ['state'] },
  status: {
    children: 'none',
    attrs: {
      text: isText,
      color: (value) =>
        isColour(value) || isOneOf('neutral', 'purple', 'blue', 'red', 'yellow', 'green')(value),
    },
    required: ['text', 'color'],
  },
  date: { children: 'none', attrs: { timestamp: isText }, required: ['timestamp'] },
};

/** Nodes that may stand among text. */
export const inlineNodes: ReadonlySet<string> = new Set(['text', 'hardBreak', 'status', 'date']);

/** Text marks that travel; `link` is checked on its own. */
const plainMarks: ReadonlySet<string> = new Set(['strong', 'em', 'strike', 'underline', 'code']);

/** The mark in its safe form, or undefined when it does not travel. */
export function portableMark(mark: AdfNode): AdfNode | undefined {
  const attrs = mark.attrs ?? {};
  if (plainMarks.has(mark.type)) return { type: mark.type };
  switch (mark.type) {
    case 'link':
      return isSafeLink(attrs['href']) ? { type: 'link', attrs: { href: attrs['href'] } } : undefined;
    case 'textColor':
    case 'backgroundColor':
      return isColour(attrs['color']) ? { type: mark.type, attrs: { color: attrs['color'] } } : undefined;
    case 'subsup':
      return isOneOf('sub', 'sup')(attrs['type'])
        ? { type: 'subsup', attrs: { type: attrs['type'] } }
        : undefined;
    default:
      return undefined;
  }
}

/** Web and mail addresses only: what comes from a partner is shown to people here. */
export function isSafeLink(href: unknown): boolean {
  return typeof href === 'string' && /^(https?:\/\/|mailto:)[^\s]+$/i.test(href);
}

/** How a paragraph or heading of the document itself is set; elsewhere the format allows it only in part. */
export function blockMarks(node: AdfNode): AdfNode[] {
  if (node.type !== 'paragraph' && node.type !== 'heading') return [];
  for (const { type, attrs = {} } of node.marks ?? []) {
    const { align, level } = attrs;
    if (type === 'alignment' && isOneOf('center', 'end')(align)) return [{ type, attrs: { align } }];
    if (type === 'indentation' && isOneOf(1, 2, 3, 4, 5, 6)(level)) return [{ type, attrs: { level } }];
  }
  return [];
}
