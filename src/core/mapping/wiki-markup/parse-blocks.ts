/** Reads wiki markup as blocks: paragraphs, headings, quotations, code, panels, lists and tables. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { BlockScan, lineStart, type Macro, type ParseInside } from './block-scan';
import { fitPlace } from './fit-place';
import { parseInline } from './parse-inline';
import { parseList } from './parse-list';
import { macroNode } from './parse-macro';
import { parseTable } from './parse-table';

/** Blocks in blocks beyond this are words: no editor makes more, and a hostile text may have thousands. */
const deepest = 6;

/** A block with where it stands in the text. */
export interface Block {
  node: AdfNode;
  start: number;
  end: number;
}

/** Line breaks must be plain. Takes time in proportion to the text. */
export function parseBlocks(text: string, depth = 0): Block[] {
  const scan = new BlockScan(text);
  const inside: ParseInside = (inner, place) =>
    fitPlace(
      place,
      parseBlocks(inner, depth + 1).map(({ node }) => node),
    );
  const blocks: Block[] = [];
  let at = 0;
  while (at < text.length) {
    const read = depth > deepest ? readWords(scan, at) : readBlock(scan, at, inside);
    if (read.node !== undefined) blocks.push({ node: read.node, start: at, end: read.end });
    at = Math.max(at + 1, read.end);
  }
  return blocks;
}

interface ReadBlock {
  /** Undefined: an empty line. */
  node: AdfNode | undefined;
  end: number;
}

function readBlock(scan: BlockScan, at: number, inside: ParseInside): ReadBlock {
  const end = scan.lineEnd(at);
  const line = scan.text.slice(at, end);
  const start = lineStart(line);
  switch (start.kind) {
    case 'blank':
      return { node: undefined, end: end + 1 };
    case 'rule':
      return { node: { type: 'rule' }, end };
    case 'heading':
      return { node: lineNode({ type: 'heading', attrs: { level: start.level } }, start.text), end };
    case 'quoted':
      return { node: { type: 'blockquote', content: [lineNode({ type: 'paragraph' }, start.text)] }, end };
    case 'table':
      return parseTable(scan, at, inside);
    case 'item':
      return parseList(scan, at, inside);
    case 'words': {
      const macro = scan.macroAt(at + line.search(/[^ \t]/));
      return macro === undefined
        ? readParagraph(scan, at)
        : { node: macroNode(scan.text, macro, inside), end: macro.end };
    }
  }
}

/** To the next empty line, line that begins something, or block in braces. */
function readParagraph(scan: BlockScan, at: number): ReadBlock {
  let end = at;
  for (let from = at; from <= scan.text.length; ) {
    const lineEnd = scan.lineEnd(from);
    if (from > at && lineStart(scan.text.slice(from, lineEnd)).kind !== 'words') break;
    const macro: Macro | undefined = scan.nextMacro(from, lineEnd);
    end = macro === undefined ? lineEnd : macro.start;
    if (macro !== undefined) break;
    from = lineEnd + 1;
  }
  const text = scan.text.slice(at, end).replace(/\n$/, '');
  // Nothing but a line break before a block in braces.
  return { node: text.trim() === '' ? undefined : lineNode({ type: 'paragraph' }, text), end };
}

/** As it is written, up to the next empty line. */
function readWords(scan: BlockScan, at: number): ReadBlock {
  const empty = scan.text.indexOf('\n\n', at);
  const end = empty < 0 ? scan.text.length : empty;
  const text = scan.text.slice(at, end).trim();
  return { node: text === '' ? undefined : lineNode({ type: 'paragraph' }, text), end: end + 1 };
}

function lineNode(node: AdfNode, text: string): AdfNode {
  const content = parseInline(text);
  return content.length === 0 ? node : { ...node, content };
}
