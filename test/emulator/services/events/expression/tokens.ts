/** Cuts a filter expression into tokens; a character that begins none of them is refused. */
import { ExpressionSyntaxError } from './syntax-error';

export type Token =
  | { kind: 'number'; value: number; at: number }
  | { kind: 'string'; value: string; at: number }
  | { kind: 'name'; value: string; at: number }
  | { kind: 'sign'; value: string; at: number }
  | { kind: 'end'; value: ''; at: number };

/** Longest first, so that `===` is not read as `==` and `=`. */
const SIGNS = [
  '===',
  '!==',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '?.',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<',
  '>',
  '!',
  '?',
  ':',
  '.',
  ',',
  '(',
  ')',
  '[',
  ']',
];

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** Every token of `text`, an `end` last. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = /^\s+/.exec(text.slice(at));
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const { token, length } = readToken(text, at);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: 'end', value: '', at: text.length }];
}

function readToken(text: string, at: number): { token: Token; length: number } {
  const rest = text.slice(at);
  const number = /^\d+(\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined)
    return { token: { kind: 'number', value: Number(number), at }, length: number.length };
  const name = /^[A-Za-z_$][\w$]*/.exec(rest)?.[0];
  if (name !== undefined) return { token: { kind: 'name', value: name, at }, length: name.length };
  if (rest.startsWith("'") || rest.startsWith('"')) return readString(text, at);
  const sign = SIGNS.find((candidate) => rest.startsWith(candidate));
  if (sign === undefined) throw new ExpressionSyntaxError(`"${rest.charAt(0)}" is not known here`, at);
  return { token: { kind: 'sign', value: sign, at }, length: sign.length };
}

function readString(text: string, at: number): { token: Token; length: number } {
  const quote = text.charAt(at);
  let value = '';
  for (let next = at + 1; next < text.length; next += 1) {
    const char = text.charAt(next);
    if (char === quote) return { token: { kind: 'string', value, at }, length: next + 1 - at };
    if (char !== '\\') {
      value += char;
      continue;
    }
    next += 1;
    const escaped = ESCAPES[text.charAt(next)];
    if (escaped === undefined) throw new ExpressionSyntaxError(`\\${text.charAt(next)} is not known`, next);
    value += escaped;
  }
  throw new ExpressionSyntaxError('a string is not closed', at);
}
