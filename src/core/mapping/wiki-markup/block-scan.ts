/** Finds where blocks of wiki markup begin and end. */
import type { AdfNode } from '#core/merge/normalise-adf';
import type { BlockPlace } from '../rich-text/block-places';
import { isProtected } from './escape-text';

/** The inside of a block, fitting its place. */
export type ParseInside = (text: string, place: BlockPlace) => AdfNode[];

/** A block in braces: `{code:java}...{code}`. Positions are those of the text. */
export interface Macro {
  name: 'code' | 'noformat' | 'quote' | 'panel';
  params: string;
  start: number;
  bodyStart: number;
  bodyEnd: number;
  end: number;
}

const heading = /^[ \t]*h([1-6])\.(?=[ \t]|$)[ \t]*(.*)$/i;
const quoted = /^[ \t]*bq\.(?=[ \t]|$)[ \t]*(.*)$/i;
const item = /^[ \t]*([*#]+|-)(?=[ \t]|$)[ \t]?/;

export type LineStart =
  | { kind: 'blank' | 'rule' | 'table' | 'words' }
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'quoted'; text: string }
  | { kind: 'item'; marker: string; length: number };

/** What the line is by its beginning. */
export function lineStart(line: string): LineStart {
  if (/^[ \t]*$/.test(line)) return { kind: 'blank' };
  if (/^[ \t]*-{4,}[ \t]*$/.test(line)) return { kind: 'rule' };
  if (/^[ \t]*\|/.test(line)) return { kind: 'table' };
  const title = heading.exec(line);
  if (title !== null) return { kind: 'heading', level: Number(title[1]), text: title[2] ?? '' };
  const quote = quoted.exec(line);
  if (quote !== null) return { kind: 'quoted', text: quote[1] ?? '' };
  const listed = item.exec(line);
  if (listed !== null) return { kind: 'item', marker: listed[1] ?? '', length: listed[0].length };
  return { kind: 'words' };
}

const opener = /\{(code|noformat|quote|panel)(?::([^}\n]{0,1000}))?\}/iy;
/** Openers without an end that are looked for in one text; a hostile one has thousands. */
const mostUnclosed = 50;

/** One text, with what is known of the blocks in it. */
export class BlockScan {
  readonly text: string;
  #unclosed = 0;
  /** The first brace from where somebody looked last. */
  #brace = { from: 0, at: -1 };

  constructor(text: string) {
    this.text = text;
  }

  /** End of the line: the position of its line break, or of the end. */
  lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }

  line(at: number): string {
    return this.text.slice(at, this.lineEnd(at));
  }

  /** The block in braces that begins exactly there; undefined when it is not closed. */
  macroAt(at: number): Macro | undefined {
    opener.lastIndex = at;
    const found = opener.exec(this.text);
    if (found === null || this.#unclosed >= mostUnclosed) return undefined;
    const name = (found[1] ?? '').toLowerCase() as Macro['name'];
    const bodyStart = at + found[0].length;
    const bodyEnd = name === 'panel' ? this.#endOfPanel(bodyStart) : this.#closer(name, bodyStart);
    if (bodyEnd === undefined) {
      this.#unclosed += 1;
      return undefined;
    }
    const end = bodyEnd + name.length + 2;
    return { name, params: found[2] ?? '', start: at, bodyStart, bodyEnd, end };
  }

  /** The first block in braces between two positions. */
  nextMacro(from: number, to: number): Macro | undefined {
    for (let at = this.#nextBrace(from); at < to; at = this.#nextBrace(at + 1)) {
      const isWords = at > 0 && isProtected(this.text, at - 1);
      const macro = isWords ? undefined : this.macroAt(at);
      if (macro !== undefined) return macro;
    }
    return undefined;
  }

  /** Past the end where there is none; no part of the text is looked through twice. */
  #nextBrace(from: number): number {
    const { from: lookedFrom, at } = this.#brace;
    if (from >= lookedFrom && from <= at) return at;
    const found = this.text.indexOf('{', from);
    this.#brace = { from, at: found < 0 ? Number.MAX_SAFE_INTEGER : found };
    return this.#brace.at;
  }

  #closer(name: string, from: number): number | undefined {
    const at = this.text.indexOf(`{${name}}`, from);
    return at < 0 ? undefined : at;
  }

  /** Panels may stand in panels when they have settings, as all of ours do. */
  #endOfPanel(from: number): number | undefined {
    const sign = /\{panel(:[^}\n]{0,1000})?\}/gi;
    sign.lastIndex = from;
    let open = 1;
    for (let found = sign.exec(this.text); found !== null; found = sign.exec(this.text)) {
      open += found[1] === undefined ? -1 : 1;
      if (open === 0) return found.index;
    }
    return undefined;
  }
}
