/** Documents as the wiki markup of Jira Data Center and back. Pure; never throws, whatever the text. */
import { canonicalJson } from '#core/merge/canonical-json';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { type Block, parseBlocks } from './parse-blocks';
import { printBlock } from './print-blocks';
import { restoreSaid } from './restore-said';

/**
 * The document that the markup says, always valid. `known`: documents that the text may have been written from, the likeliest
 * first: what markup cannot say is taken from there, block by block, as long as the rest of it stands.
 */
export function fromWiki(markup: string, known: readonly Adf[] = []): Adf | null {
  const read = parseBlocks(plainBreaks(markup)).map(({ node }) => node);
  return documentOf(restoreSaid(read, known, projected));
}

/** `current`: the text as it stands. Blocks of it that say what they shall say are written as they are, sign by sign. */
export function toWiki(doc: Adf | null, current = ''): string {
  const text = plainBreaks(current);
  const here = blocksByContent(parseBlocks(text));
  const parts = ((doc?.content ?? []) as AdfNode[]).map((node) => {
    const printed = printBlock(node);
    const block = here.get(contentKey(projectedText(printed)))?.shift();
    return block === undefined ? printed : text.slice(block.start, block.end);
  });
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

/** What comes back of a block that is written as markup. */
function projected(node: AdfNode): AdfNode[] {
  return projectedText(printBlock(node));
}

function projectedText(printed: string): AdfNode[] {
  return (
    (documentOf(parseBlocks(printed).map((block) => block.node))?.content as AdfNode[] | undefined) ?? []
  );
}

function blocksByContent(blocks: readonly Block[]): Map<string, Block[]> {
  const found = new Map<string, Block[]>();
  for (const block of blocks) {
    const key = contentKey((documentOf([block.node])?.content as AdfNode[] | undefined) ?? []);
    found.set(key, [...(found.get(key) ?? []), block]);
  }
  return found;
}

function contentKey(nodes: readonly AdfNode[]): string {
  return canonicalJson(nodes);
}

function documentOf(nodes: readonly AdfNode[]): Adf | null {
  return normaliseAdf({ type: 'doc', version: 1, content: nodes as Adf['content'] });
}

function plainBreaks(markup: string): string {
  return markup.replace(/\r\n?/g, '\n');
}
