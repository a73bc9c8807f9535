/** Reads what stands in a line. Whatever is not closed or makes no sense stays the words that were written. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { isSafeLink } from '../rich-text/portable-nodes';
import { entityAt, isProtected } from './escape-text';
import { LineNodes } from './line-nodes';
import { canClose, canOpen, colourOf, emoticonAt, isWord, phraseSigns } from './wiki-signs';

/** Longest link or picture, characters: what is longer is no address. */
const longest = 2_000;

/** Takes time in proportion to the text. `isAlias`: the words of a link, where only marks and characters count. */
export function parseInline(text: string): AdfNode[] {
  const line = new LineNodes();
  let at = 0;
  while (at < text.length) {
    const read = readers[text[at] ?? ''];
    const length = read?.(text, at, line) ?? readAddress(text, at, line) ?? 0;
    if (length === 0) line.word(text[at] ?? '');
    at += Math.max(1, length);
  }
  return line.finish();
}

/** How many characters were read; undefined or 0 when nothing special begins there. */
type Reader = (text: string, at: number, line: LineNodes) => number | undefined;

const readers: Readonly<Record<string, Reader>> = {
  '\\': (text, at, line) => {
    if (text[at + 1] === '\\') {
      line.node({ type: 'hardBreak' });
      return 2;
    }
    if (!isProtected(text, at)) return undefined;
    line.word(text[at + 1] ?? '');
    return 2;
  },
  '\n': (_text, _at, line) => {
    line.newLine();
    return 1;
  },
  '&': (text, at, line) => {
    const entity = entityAt(text, at);
    if (entity !== undefined) line.word(entity.text);
    return entity?.length;
  },
  '{': readBraces,
  '}': (text, at, line) => (text[at + 1] === '}' && line.close('{{', { type: 'code' }) ? 2 : undefined),
  '[': readBrackets,
  '!': readPicture,
  '?': readCitation,
  ':': readFace,
  ';': readFace,
  '(': readFace,
  ...Object.fromEntries(Object.keys(phraseSigns).map((sign) => [sign, readPhrase])),
};

function readPhrase(text: string, at: number, line: LineNodes): number | undefined {
  const sign = text[at] ?? '';
  const mark = phraseSigns[sign];
  if (mark === undefined) return undefined;
  if (canClose(text, at, sign) && line.close(sign, mark)) return 1;
  return canOpen(text, at, sign) && line.open(sign, sign) ? 1 : undefined;
}

/** `??title??` is a citation, which Jira shows as emphasis. */
function readCitation(text: string, at: number, line: LineNodes): number | undefined {
  if (text[at + 1] !== '?') return undefined;
  if (canClose(text, at, '??') && line.close('??', { type: 'em' })) return 2;
  return canOpen(text, at, '??') && line.open('??', '??') ? 2 : undefined;
}

/** A phrase sign in braces counts between letters as well; besides: fixed width, colour, and anchors, which show nothing. */
function readBraces(text: string, at: number, line: LineNodes): number | undefined {
  const sign = text[at + 1] ?? '';
  const mark = phraseSigns[sign];
  if (mark !== undefined && text[at + 2] === '}') {
    return line.close(sign, mark) || line.open(sign, `{${sign}}`) ? 3 : undefined;
  }
  if (sign === '{') return line.open('{{', '{{') ? 2 : undefined;
  const macro = /^\{(color|anchor)(?::([^}\n]{1,100}))?\}/.exec(text.slice(at, at + 120));
  if (macro === null) return undefined;
  const [whole, name, said] = macro;
  if (name === 'color') line.colour(said === undefined ? undefined : colourOf(said), whole);
  return whole.length;
}

function readBrackets(text: string, at: number, line: LineNodes): number | undefined {
  const end = endOfBrackets(text, at);
  if (end === undefined) return undefined;
  const inner = text.slice(at + 1, end);
  const nodes = /^[~^]/.test(inner) ? namedNode(inner) : linkNodes(inner);
  if (nodes === undefined) return undefined;
  for (const node of nodes) line.node(node);
  return end + 1 - at;
}

function endOfBrackets(text: string, at: number): number | undefined {
  for (let end = at + 1; end < Math.min(text.length, at + longest); end += 1) {
    const sign = text[end];
    // No bracket opens within another, so that no text is looked through twice.
    if (sign === '\n' || sign === '[') return undefined;
    if (sign === ']') return end;
    if (isProtected(text, end)) end += 1;
  }
  return undefined;
}

/** `[~name]` mentions somebody, `[^name]` shows a file. */
function namedNode(inner: string): AdfNode[] | undefined {
  const name = inner.slice(1).trim();
  if (name === '' || /[[\\|{}]/.test(name)) return undefined;
  if (inner.startsWith('^')) {
    return [{ type: 'mediaInline', attrs: { id: name, collection: 'attachments', type: 'file', alt: name } }];
  }
  const id = name.replace(/^accountid:/, '');
  return id === '' ? undefined : [{ type: 'mention', attrs: { id, text: `@${id}` } }];
}

/** `[words|address]` or `[address]`; what follows a second stroke is only a hint on screen. */
function linkNodes(inner: string): AdfNode[] | undefined {
  const stroke = unprotected(inner, '|');
  const words = stroke < 0 ? inner : inner.slice(0, stroke);
  const address = (stroke < 0 ? inner : inner.slice(stroke + 1).split('|')[0])?.trim() ?? '';
  if (!isSafeLink(address)) return undefined;
  const shown = stroke < 0 ? [{ type: 'text', text: address }] : wordsOf(words);
  const mark: AdfNode = { type: 'link', attrs: { href: address } };
  return (shown.length === 0 ? [{ type: 'text', text: address }] : shown).map((node) => ({
    ...node,
    marks: [...(node.marks ?? []), mark],
  }));
}

/** Only text: the words of a link show neither links nor people. */
function wordsOf(words: string): AdfNode[] {
  const line = new LineNodes();
  let at = 0;
  while (at < words.length) {
    const sign = words[at] ?? '';
    const read = sign === '\\' || sign === '&' || sign in phraseSigns ? readers[sign] : undefined;
    const length = read?.(words, at, line) ?? 0;
    if (length === 0) line.word(sign);
    at += Math.max(1, length);
  }
  return line.finish().filter(({ type, text }) => type === 'text' && (text ?? '') !== '');
}

function unprotected(text: string, sign: string): number {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === sign) return at;
    if (isProtected(text, at)) at += 1;
  }
  return -1;
}

/** `!name.png!`, with or without settings behind a stroke; a web address is shown as a link. */
function readPicture(text: string, at: number, line: LineNodes): number | undefined {
  if (!canOpen(text, at, '!')) return undefined;
  const found = /^!([^\s!|\\{}[\]][^!|\n\\{}[\]]*)(\|[^!\n{}[\]]*)?!/.exec(text.slice(at, at + longest));
  if (found === null || isWord(text[at + found[0].length])) return undefined;
  const [whole, name = '', settings = ''] = found;
  if (isSafeLink(name)) {
    line.node({ type: 'text', text: name, marks: [{ type: 'link', attrs: { href: name } }] });
    return whole.length;
  }
  if (!/\.\w{1,8}$/.test(name)) return undefined;
  // With its settings, so that they are written again.
  const id = `${name}${settings}`;
  line.node({ type: 'mediaInline', attrs: { id, collection: 'attachments', type: 'image', alt: name } });
  return whole.length;
}

function readFace(text: string, at: number, line: LineNodes): number | undefined {
  const face = emoticonAt(text, at);
  if (face === undefined) return undefined;
  line.node({ type: 'emoji', attrs: { shortName: face.shortName, text: face.text } });
  return face.sign.length;
}

/** A web address among words is a link without brackets. */
function readAddress(text: string, at: number, line: LineNodes): number | undefined {
  if (text[at]?.toLowerCase() !== 'h' || isWord(text[at - 1])) return undefined;
  const found = /^https?:\/\/[^\s|[\]{}<>"\\!*^~]+/i.exec(text.slice(at, at + longest));
  const address = found?.[0].replace(/[.,;:)'?_+-]+$/, '');
  if (address === undefined || !isSafeLink(address)) return undefined;
  line.node({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] });
  return address.length;
}
