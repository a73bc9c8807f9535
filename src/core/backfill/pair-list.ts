/** Reads a list of pairs: two issue keys on each line, mine first. */

export interface KeyPair {
  mine: string;
  theirs: string;
}

export type PairList =
  | { ok: true; pairs: KeyPair[] }
  /** `lines`: the first ones that are no pair of keys, counted from 1. */
  | { ok: false; lines: number[] };

const keyPattern = /^[A-Z][A-Z0-9_]{0,40}-[0-9]{1,12}$/;
const mostTold = 5;

/** Comma, semicolon, tab or spaces between the keys, with or without quotes; the first line may be a heading. */
export function readPairList(text: string): PairList {
  const pairs: KeyPair[] = [];
  const wrong: number[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const pair = readLine(line);
    if (pair !== undefined) pairs.push(pair);
    else if (pairs.length > 0 || wrong.length > 0 || !isHeading(line)) wrong.push(index + 1);
  }
  return wrong.length === 0 ? { ok: true, pairs } : { ok: false, lines: wrong.slice(0, mostTold) };
}

function readLine(line: string): KeyPair | undefined {
  const [mine = '', theirs = '', ...more] = line
    .trim()
    .split(/\s*[,;\t]\s*|\s+/)
    .map((part) => part.replace(/^"|"$/g, '').trim().toUpperCase());
  const isPair = keyPattern.test(mine) && keyPattern.test(theirs) && more.every((part) => part === '');
  return isPair ? { mine, theirs } : undefined;
}

/** Words without a number. */
function isHeading(line: string): boolean {
  return !/[0-9]/.test(line);
}
