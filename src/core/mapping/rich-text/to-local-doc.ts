/** Turns an agreed document into one that can be written here, keeping what the local document has and cannot travel. */
import { canonicalJson } from '#core/merge/canonical-json';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import { type Adf, adfSchema } from '#core/model/value';
import type { ToLocal } from '../translation';
import { keptInline, restoreInline } from './restore-local';
import { portableBlocks, toPortable } from './to-portable';

const wouldDropMedia =
  'The text here holds pictures or files. Writing the new text would remove them, so it waits until attachments are shared.';

/**
 * Blocks which the change left alone are written as they stand here, with their mentions, smart links and files; in changed
 * blocks these stay where their words still stand. A text that would lose one of its files is refused: Jira deletes files that no text shows.
 */
export function toLocalDocument(agreed: Adf | null, current: unknown): ToLocal {
  const parsed = adfSchema.nullable().safeParse(current ?? null);
  const here = parsed.success ? parsed.data : null;
  const result = keepLocalBlocks(toPortable(agreed), here);
  const kept = new Set(mediaOf(result?.content ?? []));
  if (mediaOf(here?.content ?? []).some((media) => !kept.has(media))) {
    return { ok: false, reason: wouldDropMedia };
  }
  return { ok: true, raw: result };
}

function keepLocalBlocks(agreed: Adf | null, here: Adf | null): Adf | null {
  if (agreed === null) return null;
  const local = new Map<string, AdfNode[]>();
  for (const block of (here?.content ?? []) as AdfNode[]) {
    const key = blockKey(portableBlocks(block));
    if (key !== undefined) local.set(key, [...(local.get(key) ?? []), block]);
  }
  const blocks = (agreed.content as AdfNode[]).map((block) => {
    const key = blockKey([block]);
    return { block, same: key === undefined ? undefined : local.get(key)?.shift() };
  });
  const used = new Set(blocks.map(({ same }) => same));
  const kept = keptInline(((here?.content ?? []) as AdfNode[]).filter((block) => !used.has(block)));
  const content = blocks.map(
    ({ block, same }, index) => same ?? completeNode(restoreInline(block, kept), `${index}`),
  );
  return { type: 'doc', version: 1, content: content as Adf['content'] };
}

/** Stands for everything that is said the same; only for what is one block on both sides. */
function blockKey(blocks: AdfNode[]): string | undefined {
  const normalised = normaliseAdf({ type: 'doc', version: 1, content: blocks as Adf['content'] });
  const only = blocks[0];
  if (blocks.length !== 1 || only === undefined) return undefined;
  return canonicalJson(normalised?.content[0] ?? { type: only.type });
}

const needLocalId: ReadonlySet<string> = new Set(['taskList', 'taskItem', 'decisionList', 'decisionItem']);

/** Adds what the format demands and comparison ignores: ids of tasks and decisions, made from their position. */
function completeNode(node: AdfNode, path: string): AdfNode {
  const content = node.content?.map((child, index) => completeNode(child, `${path}-${index}`));
  const withContent = content === undefined ? node : { ...node, content };
  if (needLocalId.has(node.type)) {
    return { ...withContent, attrs: { ...node.attrs, localId: `concord-${path}` } };
  }
  return node.type === 'nestedExpand' ? { ...withContent, attrs: node.attrs ?? {} } : withContent;
}

/** Files that a document shows, each named once. */
function mediaOf(nodes: readonly { type: string }[]): string[] {
  const found: string[] = [];
  const waiting = [...nodes] as AdfNode[];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node === undefined) break;
    if (node.type === 'media' || node.type === 'mediaInline') {
      found.push(String(node.attrs?.['id'] ?? node.attrs?.['url'] ?? 'unnamed'));
    }
    waiting.push(...(node.content ?? []));
  }
  return found;
}
