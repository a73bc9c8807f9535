/** Reads lists. Signs say the depth: `*#` is an item of a numbered list within a list. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { type BlockScan, lineStart, type ParseInside } from './block-scan';
import { asTasks } from './task-lists';

/** Deeper items stand at this depth. */
const deepest = 12;

/** To the next empty line, or line that begins another block. Blocks in braces belong to the item in which they begin. */
export function parseList(scan: BlockScan, at: number, inside: ParseInside): { node: AdfNode; end: number } {
  const items: { marker: string; content: AdfNode[] }[] = [];
  let from = at;
  while (from < scan.text.length) {
    const start = lineStart(scan.line(from));
    if (start.kind !== 'item') break;
    // The first sign decides what the list is; another one begins another list.
    if (items[0] !== undefined && kindOf(items[0].marker) !== kindOf(start.marker)) break;
    const bodyStart = from + start.length;
    const end = endOfItem(scan, bodyStart);
    const content = inside(scan.text.slice(bodyStart, end).replace(/^[ \t]+/, ''), 'listItem');
    items.push({ marker: start.marker.slice(0, deepest), content });
    from = end + 1;
  }
  return { node: asTasks(assemble(items)), end: Math.min(from - 1, scan.text.length) };
}

function endOfItem(scan: BlockScan, at: number): number {
  let end = at;
  for (let from = at; from < scan.text.length; from = end + 1) {
    const macro = scan.nextMacro(from, scan.lineEnd(from));
    end = macro === undefined ? scan.lineEnd(from) : scan.lineEnd(macro.end);
    const isOver = end >= scan.text.length || lineStart(scan.line(end + 1)).kind !== 'words';
    if (isOver) return end;
  }
  return Math.max(end, scan.lineEnd(at));
}

function kindOf(marker: string): string {
  return marker.startsWith('#') ? 'orderedList' : 'bulletList';
}

/** A list that is being filled, with its lists within. */
interface Level {
  type: string;
  items: { content: AdfNode[] }[];
}

function assemble(items: readonly { marker: string; content: AdfNode[] }[]): AdfNode {
  const root: Level = { type: kindOf(items[0]?.marker ?? '*'), items: [] };
  const levels = [root];
  for (const { marker, content } of items) {
    const signs = [...marker];
    while (levels.length > signs.length) closeLevel(levels);
    // Another sign at the same depth is another list under the same item.
    if (levels.length > 1 && levels.at(-1)?.type !== kindOf(signs[levels.length - 1] ?? '*'))
      closeLevel(levels);
    while (levels.length < signs.length) {
      const level = levels.at(-1);
      if (level?.items.length === 0) level.items.push({ content: [{ type: 'paragraph' }] });
      levels.push({ type: kindOf(signs[levels.length] ?? '*'), items: [] });
    }
    levels.at(-1)?.items.push({ content: [...content] });
  }
  while (levels.length > 1) closeLevel(levels);
  return listNode(root);
}

function closeLevel(levels: Level[]): void {
  const closed = levels.pop();
  if (closed !== undefined) levels.at(-1)?.items.at(-1)?.content.push(listNode(closed));
}

function listNode({ type, items }: Level): AdfNode {
  return { type, content: items.map(({ content }) => ({ type: 'listItem', content })) };
}
