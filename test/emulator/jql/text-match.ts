/** Text search by words, as `~` does it: all words, phrases in quotes, `*` and `?` inside words. No stemming. */

type Term = { words: RegExp[] };

export type TextQuery =
  | { ok: true; matches(texts: readonly string[]): boolean }
  | { ok: false; problem: string };

/** `text` begins a word, its rest may follow: what `word*` means; no wildcard means the whole word. */
function wordPattern(word: string): RegExp {
  const escaped = word
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 'u');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Reads the right side of `~`. */
export function readTextQuery(written: string): TextQuery {
  if (/(^|\s)(AND|OR|NOT)(\s|$)|(^|\s)[+\-!](?=\S)|[\^]\d|~\d|\b\w+:\w/.test(written))
    return { ok: false, problem: 'search operators inside a text are not emulated' };
  const terms: Term[] = [];
  for (const [whole, phrase] of written.matchAll(/"([^"]*)"|\S+/g)) {
    if (phrase === undefined && /^[*?]/.test(whole))
      return { ok: false, problem: "The '*' and '?' are not allowed as first character in wildcard query." };
    // A word such as ACME-12 is two words that stand together.
    const words = (phrase ?? whole).toLowerCase().match(/[\p{L}\p{N}_*?]+/gu) ?? [];
    if (words.length > 0) terms.push({ words: words.map(wordPattern) });
  }
  if (terms.length === 0) return { ok: false, problem: 'there is no word to search for' };
  return { ok: true, matches: (texts) => matchesAll(terms, texts.map(wordsOf)) };
}

/** Every term somewhere, not all of them in the same text. */
function matchesAll(terms: readonly Term[], texts: readonly string[][]): boolean {
  return terms.every(({ words }) => texts.some((text) => containsRun(text, words)));
}

function containsRun(text: readonly string[], words: readonly RegExp[]): boolean {
  for (let start = 0; start + words.length <= text.length; start += 1)
    if (words.every((word, at) => word.test(text[start + at] as string))) return true;
  return false;
}
