/** Writes what stands in a line: text with its marks, links, mentions, pictures and emoji. */
import { canonicalJson } from '#core/merge/canonical-json';
import type { AdfNode } from '#core/merge/normalise-adf';
import { isSafeLink } from '../rich-text/portable-nodes';
import { readableText } from '../rich-text/readable-text';
import { dayOf } from './civil-day';
import { escapeText } from './escape-text';
import { canClose, canOpen, emoticons, phraseSigns } from './wiki-signs';

/** A piece of a line: words and signs as they are, or a phrase sign whose form depends on its neighbours. */
type Piece = { text: string } | { sign: string; opens: boolean };

/** From the outside to the inside; links are innermost because their words hold no marks. */
const order = ['textColor', 'strong', 'em', 'underline', 'strike', 'subsup', 'code', 'link'];

/** `isOneLine`: the place ends with its line, so breaks are written as signs. */
export function printInline(nodes: readonly AdfNode[], isOneLine: boolean): string {
  return join(printLevel(spreadBreaks(nodes), 0, { open: new Set(), isOneLine }));
}

interface Around {
  /** Phrase signs that are open. */
  open: ReadonlySet<string>;
  isOneLine: boolean;
}

/** A single break between two texts is a new line; others are written as signs, because an empty line ends a paragraph. */
function spreadBreaks(nodes: readonly AdfNode[]): AdfNode[] {
  return nodes.map((node, at) => {
    if (node.type !== 'hardBreak') return node;
    const isPlain = [nodes[at - 1], nodes[at + 1]].every(
      (other) => other !== undefined && (other.type !== 'text' || (other.text ?? '').trim() !== ''),
    );
    const isSingle = nodes[at - 1]?.type !== 'hardBreak' && nodes[at + 1]?.type !== 'hardBreak';
    return isPlain && isSingle ? { type: 'hardBreak', text: '\n' } : { type: 'hardBreak' };
  });
}

function printLevel(nodes: readonly AdfNode[], level: number, around: Around): Piece[] {
  const type = order[level];
  if (type === undefined) return nodes.flatMap((node) => printLeaf(node, around));
  const pieces: Piece[] = [];
  let at = 0;
  while (at < nodes.length) {
    const key = markKey(nodes[at], type);
    let end = at + 1;
    while (end < nodes.length && markKey(nodes[end], type) === key) end += 1;
    const group = nodes.slice(at, end);
    const mark = key === '' ? undefined : markOf(group[0], type);
    pieces.push(
      ...(mark === undefined
        ? printLevel(group, level + 1, around)
        : printMarked(group, mark, level, around)),
    );
    at = end;
  }
  return pieces;
}

function markOf(node: AdfNode | undefined, type: string): AdfNode | undefined {
  return node?.type === 'hardBreak' ? undefined : node?.marks?.find((mark) => mark.type === type);
}

function markKey(node: AdfNode | undefined, type: string): string {
  const mark = markOf(node, type);
  if (mark === undefined) return '';
  return mark.attrs === undefined ? mark.type : canonicalJson(mark);
}

function printMarked(group: AdfNode[], mark: AdfNode, level: number, around: Around): Piece[] {
  if (mark.type === 'link') return printLink(group, mark, around);
  if (mark.type === 'textColor') {
    const inner = printLevel(group, level + 1, around);
    const color = String(mark.attrs?.['color'] ?? '');
    return /^#[0-9a-fA-F]{6}$/.test(color)
      ? [{ text: `{color:${color.toLowerCase()}}` }, ...inner, { text: '{color}' }]
      : inner;
  }
  const sign = signOf(mark);
  if (sign === undefined) return printLevel(group, level + 1, around);
  const [before, body, after] = trimmed(group);
  const inner = printLevel(body, level + 1, { ...around, open: new Set([...around.open, sign]) });
  const blank = (text: string): Piece[] => (text === '' ? [] : [{ text }]);
  if (body.length === 0) return blank(before + after);
  return [...blank(before), { sign, opens: true }, ...inner, { sign, opens: false }, ...blank(after)];
}

function signOf(mark: AdfNode): string | undefined {
  if (mark.type === 'code') return '{{';
  const key = canonicalJson(mark);
  return Object.entries(phraseSigns).find(([, known]) => canonicalJson(known) === key)?.[0];
}

/** A phrase neither begins nor ends with a blank. */
function trimmed(group: readonly AdfNode[]): [string, AdfNode[], string] {
  const body = [...group];
  let before = '';
  let after = '';
  for (let first = body[0]; first?.type === 'text'; first = body[0]) {
    const rest = (first.text ?? '').trimStart();
    before += (first.text ?? '').slice(0, (first.text ?? '').length - rest.length);
    if (rest !== '') {
      body[0] = { ...first, text: rest };
      break;
    }
    body.shift();
  }
  for (let last = body.at(-1); last?.type === 'text'; last = body.at(-1)) {
    const rest = (last.text ?? '').trimEnd();
    after = (last.text ?? '').slice(rest.length) + after;
    if (rest !== '') {
      body[body.length - 1] = { ...last, text: rest };
      break;
    }
    body.pop();
  }
  return [before, body, after];
}

/** In a link everything is words; an address that would break out of the brackets is written with numbers. */
function printLink(group: readonly AdfNode[], mark: AdfNode, around: Around): Piece[] {
  const href = mark.attrs?.['href'];
  if (!isSafeLink(href)) return group.flatMap((node) => printLeaf(node, around));
  const address = encodeSigns(String(href));
  const words = group.map((node) => (node.type === 'text' ? (node.text ?? '') : readableText(node))).join('');
  if (words === address) return [{ text: `[${address}]` }];
  const alias = escapeText(words.replaceAll('\n', ' '), around.open);
  return [{ text: alias.trim() === '' ? `[${address}]` : `[${alias}|${address}]` }];
}

function encodeSigns(address: string): string {
  return address.replace(/[|[\]{}\\\s]/g, encodeURIComponent);
}

function printLeaf(node: AdfNode, { open, isOneLine }: Around): Piece[] {
  if (node.type === 'status' && !open.has('*')) {
    const words = { text: leafText(node, new Set([...open, '*']), isOneLine) };
    return [{ sign: '*', opens: true }, words, { sign: '*', opens: false }];
  }
  return [{ text: leafText(node, open, isOneLine) }];
}

function leafText(node: AdfNode, open: ReadonlySet<string>, isOneLine: boolean): string {
  const attrs = node.attrs ?? {};
  switch (node.type) {
    case 'text':
      return escapeText((node.text ?? '').replaceAll('\n', ' '), open);
    case 'hardBreak':
      return node.text === '\n' && !isOneLine ? '\n' : '\\\\';
    case 'mention':
      return nameIn('~', attrs['id']) ?? escapeText(readableText(node), open);
    case 'mediaInline':
      return mediaText(attrs) ?? escapeText(readableText(node), open);
    case 'emoji':
      return (
        emoticons.find(({ shortName }) => shortName === attrs['shortName'])?.sign ??
        escapeText(readableText(node), open)
      );
    case 'status':
      return `\\[${escapeText(readableText(node), open)}\\]`;
    case 'date':
      return escapeText(dayOf(attrs['timestamp']), open);
    default:
      return escapeText(readableText(node).replaceAll('\n', ' '), open);
  }
}

function nameIn(sign: '~' | '^', name: unknown): string | undefined {
  return typeof name === 'string' && /^[^\s[\]|{}\\][^[\]|{}\\\n]*$/.test(name)
    ? `[${sign}${name}]`
    : undefined;
}

function mediaText(attrs: Record<string, unknown>): string | undefined {
  const { id, type } = attrs;
  if (type !== 'image') return nameIn('^', id);
  return typeof id === 'string' && /^[^\s!{}[\]\\][^!{}[\]\\\n]*$/.test(id) ? `!${id}!` : undefined;
}

/** Between letters a phrase sign counts only in braces. */
function join(pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let last = '';
  for (const [at, piece] of pieces.entries()) {
    const part = 'text' in piece ? piece.text : printSign(last, piece, pieces[at + 1]);
    if (part === '') continue;
    parts.push(part);
    last = part.slice(-1);
  }
  return parts.join('');
}

/** `previous`: the last character of the line so far. */
function printSign(
  previous: string,
  { sign, opens }: { sign: string; opens: boolean },
  after: Piece | undefined,
): string {
  if (sign === '{{') return opens ? '{{' : '}}';
  const next = after === undefined ? '' : 'text' in after ? after.text : after.sign;
  const around = `${previous}${sign}${next.slice(0, 1)}`;
  const at = previous.length;
  const isClear = opens ? canOpen(around, at, sign) : canClose(around, at, sign);
  // The same sign right before would read as two, and a backslash would protect it.
  return isClear && previous !== sign && previous !== '\\' ? sign : `{${sign}}`;
}
