/** Turns an agreed document into one that can be written here, keeping what the local document has and cannot travel. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { type Adf, adfSchema } from '#core/model/value';
import type { ToLocal } from '../translation';
import {
  type InlineFiles,
  mapMedia,
  mediaIn,
  noFiles,
  sharedFile,
  sharedFilesIn,
  withId,
} from './inline-files';
import { keptSection } from './kept-files';
import { blockKey, documentOf, type NamedDocument, nameFiles, standInFor } from './name-files';
import { readableText } from './readable-text';
import { keptInline, restoreInline } from './restore-local';
import { portableBlocks, toPortable } from './to-portable';

/**
 * Blocks which the change left alone are written as they stand here, with their mentions and smart links; in changed blocks
 * these stay where their words still stand. A file that the new text does not show stays at its end: Jira deletes files that
 * no text shows. A text that shows files which are still to come waits; `meanwhile` says their names.
 */
export function toLocalDocument(agreed: Adf | null, current: unknown, files: InlineFiles = noFiles): ToLocal {
  const parsed = adfSchema.nullable().safeParse(current ?? null);
  const here = nameFiles(parsed.success ? parsed.data : null, files);
  const wanted = toPortable(agreed);
  const shown = (wanted?.content ?? []) as AdfNode[];
  const raw = written(wanted === null ? null : shown, here, files);
  const waits = mediaIn(shown).find((node) => {
    const file = sharedFile(node);
    return file !== undefined && !here.media.has(file) && files.mediaOf(file) === 'waits';
  });
  if (waits === undefined) return { ok: true, raw };
  const name = readableText(waits).slice(0, 200);
  const reason = `The text shows ${name}, which is not here yet. It is written as soon as that file is here.`;
  return { ok: false, reason, meanwhile: raw };
}

/** Null where nothing is left to say. */
function written(blocks: AdfNode[] | null, here: NamedDocument, files: InlineFiles): Adf | null {
  const result = blocks === null ? [] : keepLocalBlocks(standInFor(blocks, files, here.media), here.blocks);
  const kept = keptSection([...here.blocks, ...here.kept], result);
  if (blocks === null && kept.length === 0) return null;
  const place = (node: AdfNode): AdfNode => {
    const [file] = sharedFilesIn([node]);
    if (file === undefined) return node;
    const found = files.mediaOf(file);
    const id = here.media.get(file) ?? (typeof found === 'object' ? found.id : undefined);
    if (id === undefined) return node;
    const collection = node.attrs?.['collection'] ?? '';
    return withId({ ...node, attrs: { ...node.attrs, collection } }, id);
  };
  return documentOf(mapMedia([...result, ...kept], place));
}

function keepLocalBlocks(agreed: readonly AdfNode[], here: readonly AdfNode[]): AdfNode[] {
  const local = new Map<string, AdfNode[]>();
  for (const block of here) {
    const key = blockKey(portableBlocks(block));
    if (key !== undefined) local.set(key, [...(local.get(key) ?? []), block]);
  }
  const blocks = agreed.map((block) => {
    const key = blockKey([block]);
    return { block, same: key === undefined ? undefined : local.get(key)?.shift() };
  });
  const used = new Set(blocks.map(({ same }) => same));
  const kept = keptInline(here.filter((block) => !used.has(block)));
  return blocks.map(({ block, same }, index) => same ?? completeNode(restoreInline(block, kept), `${index}`));
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

/** A comment has no agreed form to merge with: the new text, with the files of the old one that it would drop. */
export function keepFiles(next: Adf, here: Adf): Adf {
  const kept = keptSection(here.content as AdfNode[], next.content as AdfNode[]);
  return kept.length === 0 ? next : documentOf([...(next.content as AdfNode[]), ...kept]);
}
