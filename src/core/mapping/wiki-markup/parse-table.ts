/** Reads tables: `||` before a cell of the head, `|` before any other. A cell may go on in the next line. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { type BlockScan, lineStart, type ParseInside } from './block-scan';
import { isProtected } from './escape-text';

interface Cell {
  isHead: boolean;
  text: string;
}

/** To the first line after a row that begins no other row. */
export function parseTable(
  scan: BlockScan,
  at: number,
  inside: ParseInside,
): { node: AdfNode | undefined; end: number } {
  const rows: AdfNode[] = [];
  let end = at;
  for (
    let from = at;
    from < scan.text.length && lineStart(scan.line(from)).kind === 'table';
    from = end + 1
  ) {
    const row = readRow(scan.text, scan.text.indexOf('|', from));
    const content = row.cells.map(({ isHead, text }) => ({
      type: isHead ? 'tableHeader' : 'tableCell',
      content: inside(text.replace(/^[ \t\n]+|[ \t\n]+$/g, ''), 'cell'),
    }));
    if (content.length > 0) rows.push({ type: 'tableRow', content });
    end = row.end;
  }
  return { node: rows.length === 0 ? undefined : { type: 'table', content: rows }, end };
}

/** `at`: of the first stroke. */
function readRow(text: string, at: number): { cells: Cell[]; end: number } {
  const scan = new RowScan(text);
  const cells: Cell[] = [];
  let from = at;
  for (;;) {
    const isHead = text[from + 1] === '|';
    const start = from + (isHead ? 2 : 1);
    const { end, isOver } = scan.endOfCell(start);
    const words = text.slice(start, end);
    // Behind the last stroke of a row there is nothing.
    const isNothing = isOver && /^[ \t]*$/.test(words);
    if (!isNothing) cells.push({ isHead, text: words });
    if (isOver) return { cells, end };
    from = end;
  }
}

/** Looks for strokes that are no part of a link, a picture or a block in braces. */
class RowScan {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** `isOver`: the row ends there, not only the cell. */
  endOfCell(start: number): { end: number; isOver: boolean } {
    const text = this.#text;
    let at = start;
    while (at < text.length) {
      const sign = text[at];
      if (sign === '|') return { end: at, isOver: false };
      if (sign === '\n' && this.#endsRow(start, at)) return { end: at, isOver: true };
      at += this.#lengthAt(at, sign ?? '');
    }
    return { end: text.length, isOver: true };
  }

  #endsRow(start: number, at: number): boolean {
    const text = this.#text;
    if (/^[ \t]*$/.test(text.slice(start, at))) return true;
    const next = /^[ \t]*(\||\n|$)/.exec(text.slice(at + 1, at + 200));
    return next !== null;
  }

  /** What is passed over at once. */
  #lengthAt(at: number, sign: string): number {
    const text = this.#text;
    if (sign === '\\') return isProtected(text, at) ? 2 : 1;
    if (sign !== '{' && sign !== '[' && sign !== '!') return 1;
    const near = text.slice(at, at + 1_000);
    const whole =
      sign === '['
        ? /^\[[^[\]\n]*\]/
        : sign === '!'
          ? /^![^\s!|][^!|\n]*\|[^!|\n]*!/
          : /^\{(code|noformat)[^}\n]*\}[\s\S]*?\{\1\}|^\{[a-z]+:[^}\n]*\}/i;
    return whole.exec(sign === '{' ? text.slice(at, at + 40_000) : near)?.[0].length ?? 1;
  }
}
