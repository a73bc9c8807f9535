/** Writes words so that nothing in them is taken for markup, and reads what was written so. */
import { canClose, canOpen, emoticonAt, isWord } from './wiki-signs';

/** Signs that are never only a character, wherever they stand. */
const always: ReadonlySet<string> = new Set(['{', '}', '[', ']', '|']);
const phrase: ReadonlySet<string> = new Set(['*', '_', '-', '+', '^', '~']);

/** `open`: phrase signs around the text, which would end there. */
export function escapeText(text: string, open: ReadonlySet<string>): string {
  let result = '';
  for (let at = 0; at < text.length; at += 1) result += escapeAt(text, at, open);
  return result;
}

function escapeAt(text: string, at: number, open: ReadonlySet<string>): string {
  const sign = text[at] ?? '';
  if (always.has(sign)) return `\\${sign}`;
  if (phrase.has(sign)) return escapePhrase(text, at, open);
  return escapes[sign]?.(text, at) ?? sign;
}

/** What comes before and after the text is not known here. */
function isEdge(text: string, at: number): boolean {
  return at === 0 || at === text.length - 1;
}

function escapePhrase(text: string, at: number, open: ReadonlySet<string>): string {
  const sign = text[at] ?? '';
  // Of several in a row each stands beside a backslash afterwards.
  const isRow = text[at - 1] === sign || text[at + 1] === sign;
  const isClosing = open.has(sign) && canClose(text, at, sign);
  const isTaken = isRow || isClosing || isEdge(text, at) || canOpen(text, at, sign);
  return isTaken ? `\\${sign}` : sign;
}

/** Signs that are only sometimes more than a character. */
const escapes: Readonly<Record<string, (text: string, at: number) => string>> = {
  // Before a letter it is only a character, as in the path of a file; else it would protect what follows.
  '\\': (text, at) => (/[a-zA-Z0-9]/.test(text[at + 1] ?? '') ? '\\' : '&#92;'),
  '&': (text, at) =>
    isEdge(text, at) || /^&(#\d+|#x[0-9a-f]+|[a-z]+);/i.test(text.slice(at, at + 12)) ? '&amp;' : '&',
  '!': (text, at) => (canOpen(text, at, '!') || (isEdge(text, at) && !isWord(text[at - 1])) ? '\\!' : '!'),
  '?': (text, at) => (text[at - 1] === '?' ? '\\?' : '?'),
  '/': (text, at) => (isAddress(text, at) ? '\\/' : '/'),
  // Behind one of our own signs at the beginning of a line it would be an item of a list.
  '#': (text, at) => (at === 0 && /[\s*#-]/.test(text[1] ?? ' ') ? '\\#' : '#'),
  ':': (text, at) => escapeFace(text, at, ':'),
  ';': (text, at) => escapeFace(text, at, ';'),
  '(': (text, at) => escapeFace(text, at, '('),
};

function escapeFace(text: string, at: number, sign: string): string {
  return emoticonAt(text, at) === undefined ? sign : `\\${sign}`;
}

/** The first of the two strokes of a web address: without it nobody makes a link of the words. */
function isAddress(text: string, at: number): boolean {
  return text[at + 1] === '/' && /https?:$/i.test(text.slice(Math.max(0, at - 6), at));
}

/**
 * What stands at the beginning of a line and would make a list, a heading, a quotation or a rule of it. Our own signs are never
 * followed by a blank, so what is found are words.
 */
export function escapeLine(line: string): string {
  if (/^\s*([*#]+|-)(\s|$)/.test(line) || /^\s*-{4,}\s*$/.test(line)) return line.replace(/[*#-]/, '\\$&');
  if (/^\s*(h[1-6]|bq)\.(\s|$)/i.test(line)) return line.replace('.', '\\.');
  return line;
}

/** Blanks at the ends of a line are lost otherwise. */
export function keepBlanks(line: string): string {
  return line.replace(/^[ \t]/, '&#32;').replace(/[ \t]$/, '&#32;');
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** A character that is written by its number or name; undefined where none begins there. */
export function entityAt(text: string, at: number): { length: number; text: string } | undefined {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/i.exec(text.slice(at, at + 12));
  if (found === null) return undefined;
  const [whole, decimal, hexadecimal, name] = found;
  const character =
    name === undefined
      ? characterOf(decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal))
      : Object.hasOwn(named, name)
        ? named[name]
        : undefined;
  return character === undefined ? undefined : { length: whole.length, text: character };
}

function characterOf(code: number): string | undefined {
  const isCharacter = code >= 32 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** A backslash protects any sign but itself: two of them are a line break. */
export function isProtected(text: string, at: number): boolean {
  const next = text[at + 1];
  return text[at] === '\\' && next !== undefined && /[\p{P}\p{S}]/u.test(next) && !isWord(next);
}
