/** The signs of wiki markup that both directions need: phrase marks, emoticons, colours, and what counts as a word. */
import type { AdfNode } from '#core/merge/normalise-adf';

/** Phrase marks that are written with the same sign before and after. */
export const phraseSigns: Readonly<Record<string, AdfNode>> = {
  '*': { type: 'strong' },
  _: { type: 'em' },
  '+': { type: 'underline' },
  '-': { type: 'strike' },
  '^': { type: 'subsup', attrs: { type: 'sup' } },
  '~': { type: 'subsup', attrs: { type: 'sub' } },
};

/** Emoticons of Jira, with the emoji that shows the same. */
export const emoticons: readonly { sign: string; shortName: string; text: string }[] = [
  { sign: ':)', shortName: ':slight_smile:', text: '🙂' },
  { sign: ':(', shortName: ':disappointed:', text: '😞' },
  { sign: ':P', shortName: ':stuck_out_tongue:', text: '😛' },
  { sign: ':D', shortName: ':smiley:', text: '😃' },
  { sign: ';)', shortName: ':wink:', text: '😉' },
  { sign: '(y)', shortName: ':thumbsup:', text: '👍' },
  { sign: '(n)', shortName: ':thumbsdown:', text: '👎' },
  { sign: '(i)', shortName: ':info:', text: 'ℹ' },
  { sign: '(/)', shortName: ':check_mark:', text: '✅' },
  { sign: '(x)', shortName: ':cross_mark:', text: '❌' },
  { sign: '(!)', shortName: ':warning:', text: '⚠' },
  { sign: '(+)', shortName: ':plus:', text: '➕' },
  { sign: '(-)', shortName: ':minus:', text: '➖' },
  { sign: '(?)', shortName: ':question:', text: '❓' },
  { sign: '(on)', shortName: ':light_bulb_on:', text: '💡' },
  { sign: '(*)', shortName: ':yellow_star:', text: '⭐' },
  { sign: '(flag)', shortName: ':flag_on:', text: '🚩' },
];

/** The emoticon that begins there; it never begins inside a word. */
export function emoticonAt(text: string, at: number): (typeof emoticons)[number] | undefined {
  if (isWord(text[at - 1])) return undefined;
  const found = emoticons.find(({ sign }) => text.startsWith(sign, at));
  // ":Dave" and ":Pile" are no faces.
  return found !== undefined && /\w$/.test(found.sign) && isWord(text[at + found.sign.length])
    ? undefined
    : found;
}

/** Letters and digits: a phrase sign between two of them is only a character. */
export function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

export function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

/** True where a phrase may begin with the sign at that place. */
export function canOpen(text: string, at: number, sign: string): boolean {
  const next = text[at + sign.length];
  return !(isWord(text[at - 1]) || isBlank(next) || next === sign);
}

/** True where a phrase may end with it. */
export function canClose(text: string, at: number, sign: string): boolean {
  return !(isBlank(text[at - 1]) || isWord(text[at + sign.length]));
}

/** Names of colours as browsers know them; others are written as numbers. */
const colours: Readonly<Record<string, string>> = {
  black: '#000000',
  blue: '#0000ff',
  brown: '#a52a2a',
  cyan: '#00ffff',
  gray: '#808080',
  green: '#008000',
  grey: '#808080',
  lime: '#00ff00',
  magenta: '#ff00ff',
  navy: '#000080',
  olive: '#808000',
  orange: '#ffa500',
  purple: '#800080',
  red: '#ff0000',
  silver: '#c0c0c0',
  teal: '#008080',
  white: '#ffffff',
  yellow: '#ffff00',
};

/** Six hexadecimal digits behind `#`; undefined for what is no colour. */
export function colourOf(said: string): string | undefined {
  const text = said.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  if (/^#[0-9a-f]{3}$/.test(text)) return `#${[...text.slice(1)].map((digit) => digit + digit).join('')}`;
  return Object.hasOwn(colours, text) ? colours[text] : undefined;
}

/** What stands for kinds of panels: wiki markup has only one, with a background. */
export const panelColours: Readonly<Record<string, string>> = {
  info: '#deebff',
  note: '#eae6ff',
  success: '#e3fcef',
  tip: '#d3f1e0',
  warning: '#fffae6',
  error: '#ffebe6',
};
