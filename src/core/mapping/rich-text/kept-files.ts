/** Files that a new text would drop: they stay at its end, because Jira deletes a file that no text shows any more. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { isMedia, mediaIn, mediaKey } from './inline-files';

/** The line above them; where people remove it or the files, that is their decision. */
export const keptTitle = 'Files that were taken out of this text on the partner site:';

/** Blocks that hold what the text does not show, with the line above them; none where nothing is missing. */
export function keptSection(here: readonly AdfNode[], shown: readonly AdfNode[]): AdfNode[] {
  const seen = new Set(mediaIn(shown).map(mediaKey));
  const blocks: AdfNode[] = [];
  for (const node of mediaIn(here)) {
    const key = mediaKey(node);
    if (seen.has(key)) continue;
    seen.add(key);
    blocks.push(blockOf(node));
  }
  return blocks.length === 0 ? [] : [titleBlock, ...blocks];
}

const titleBlock: AdfNode = { type: 'paragraph', content: [{ type: 'text', text: keptTitle }] };

function blockOf({ attrs = {}, type }: AdfNode): AdfNode {
  const { data: _unknown, ...kept } = attrs;
  const media = { type: 'media', attrs: type === 'media' ? kept : { ...kept, type: 'file' } };
  return { type: 'mediaSingle', attrs: { layout: 'center' }, content: [media] };
}

export interface Parted {
  /** What the text says. */
  said: AdfNode[];
  /** Blocks behind the line. */
  kept: AdfNode[];
}

/** Takes the section out again: what people write behind it belongs to the text. */
export function partKept(blocks: readonly AdfNode[]): Parted {
  const parted: Parted = { said: [], kept: [] };
  let isKept = false;
  for (const block of blocks) {
    isKept = isTitle(block) || (isKept && isOnlyMedia(block));
    (isKept ? parted.kept : parted.said).push(block);
  }
  return parted;
}

function isTitle({ type, content = [] }: AdfNode): boolean {
  const [only] = content;
  return type === 'paragraph' && content.length === 1 && only?.text === keptTitle;
}

function isOnlyMedia({ type, content = [] }: AdfNode): boolean {
  return (type === 'mediaSingle' || type === 'mediaGroup') && content.every(isMedia);
}
