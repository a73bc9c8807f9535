/** Puts back into a changed block what the site had there and cannot travel: mentions, smart links, emoji, files. */
import { canonicalJson } from '#core/merge/canonical-json';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { inlineNodes } from './portable-nodes';
import { portable, portableBlocks } from './to-portable';

/** A node of the local text, with the words that stand for it in the agreed text. */
interface Kept {
  node: AdfNode;
  words: string;
  marks: string;
}

/** Everything among the text of these blocks that only this site can show, in the order of reading. */
export function keptInline(blocks: readonly AdfNode[]): Kept[] {
  const kept: Kept[] = [];
  const waiting = [...blocks].reverse();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node === undefined) break;
    const shown = localInline.has(node.type) ? portable(node, 'inline', 0)[0] : undefined;
    const words = shown?.text ?? '';
    if (words !== '') kept.push({ node, words, marks: canonicalJson(shown?.marks ?? []) });
    waiting.push(...[...(node.content ?? [])].reverse());
  }
  return kept;
}

const localInline: ReadonlySet<string> = new Set([
  'mention',
  'emoji',
  'inlineCard',
  'mediaInline',
  'inlineExtension',
  'placeholder',
]);

/**
 * The block with local nodes where their words still stand; what is used is taken out of `kept`. The result says exactly
 * what the agreed block says, else the block stays as it is.
 */
export function restoreInline(block: AdfNode, kept: Kept[]): AdfNode {
  const left = [...kept];
  const restored = withLocal(block, left);
  if (left.length === kept.length || said(portableBlocks(restored)) !== said([block])) return block;
  kept.splice(0, kept.length, ...left);
  return restored;
}

function withLocal(node: AdfNode, kept: Kept[]): AdfNode {
  // In code there is only text.
  if (node.content === undefined || node.type === 'codeBlock') return node;
  const content = node.content.flatMap((child) =>
    child.type === 'text'
      ? splitText(child, kept)
      : [inlineNodes.has(child.type) ? child : withLocal(child, kept)],
  );
  return { ...node, content };
}

/** The text in pieces, with the first of the local nodes wherever its words are found. */
function splitText(text: AdfNode, kept: Kept[]): AdfNode[] {
  const pieces: AdfNode[] = [];
  let rest = text.text ?? '';
  const marks = canonicalJson(text.marks ?? []);
  for (;;) {
    const found = earliest(rest, marks, kept);
    if (found === undefined) break;
    const [one] = kept.splice(found.index, 1);
    if (one === undefined) break;
    if (found.at > 0) pieces.push({ ...text, text: rest.slice(0, found.at) });
    pieces.push(one.node);
    rest = rest.slice(found.at + one.words.length);
  }
  return rest === '' ? pieces : [...pieces, { ...text, text: rest }];
}

function earliest(
  rest: string,
  marks: string,
  kept: readonly Kept[],
): { at: number; index: number } | undefined {
  let best: { at: number; index: number; length: number } | undefined;
  for (const [index, one] of kept.entries()) {
    const at = one.marks === marks ? rest.indexOf(one.words) : -1;
    if (at < 0) continue;
    const isBetter = best === undefined || at < best.at || (at === best.at && one.words.length > best.length);
    if (isBetter) best = { at, index, length: one.words.length };
  }
  return best;
}

function said(content: AdfNode[]): string {
  return canonicalJson(
    normaliseAdf({ type: 'doc', version: 1, content: content as Adf['content'] })?.content ?? [],
  );
}
