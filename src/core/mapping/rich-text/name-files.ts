/** Says a document of this site with the shared files in place of media ids, and finds files that stand as text only. */
import { canonicalJson } from '#core/merge/canonical-json';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import {
  type InlineFiles,
  mapMedia,
  mediaIn,
  mediaKey,
  nameOfFile,
  sharedFilesIn,
  withId,
} from './inline-files';
import { partKept } from './kept-files';
import { portableBlocks, toPortable } from './to-portable';

export interface NamedDocument {
  /** Everything else of these blocks is as it stands here. */
  blocks: AdfNode[];
  /** Blocks at the end that only keep files from being deleted. */
  kept: AdfNode[];
  /** Media ids by shared file, as this document shows them. */
  media: ReadonlyMap<string, string>;
  /** Blocks that showed a file which is deleted. */
  lost: number;
}

export function nameFiles(doc: Adf | null, files: InlineFiles): NamedDocument {
  const { said, kept } = partKept((doc?.content ?? []) as AdfNode[]);
  const media = new Map<string, string>();
  const name = (node: AdfNode): AdfNode => {
    const id = mediaKey(node);
    const file = files.fileOf(id);
    if (file === undefined) return node;
    media.set(file, id);
    return withId(node, nameOfFile(file));
  };
  const isLost = (node: AdfNode): boolean => mediaIn([node]).some((one) => files.isLost(mediaKey(one)));
  // Nodes of deleted files are refused by Jira: what is shown instead of them takes their place.
  const blocks = said.flatMap((block) => (isLost(block) ? portableBlocks(block) : [block]));
  const left = kept.filter((block) => !isLost(block));
  const lost = [...said, ...kept].filter(isLost).length;
  return { blocks: mapMedia(blocks, name), kept: mapMedia(left, name), media, lost };
}

/** The agreed form of a document of this site. `known`: what it may say by the agreement. */
export function readDocument(
  doc: Adf | null,
  files: InlineFiles,
  known: readonly (Adf | null)[],
): Adf | null {
  const { blocks } = nameFiles(doc, files);
  const read = toPortable(doc === null ? null : documentOf(blocks));
  return read === null ? null : withKnownFiles(read, files, known);
}

/** Files that did not come stand as text in what was written: where the text still stands, it means the file. */
function withKnownFiles(read: Adf, files: InlineFiles, known: readonly (Adf | null)[]): Adf {
  const present = new Set(sharedFilesIn(read.content as AdfNode[]));
  const standing = new Map<string, AdfNode>();
  for (const block of known.flatMap((doc) => (doc?.content ?? []) as AdfNode[])) {
    const shown = sharedFilesIn([block]);
    const isAbsent = shown.some((file) => files.mediaOf(file) === undefined && !present.has(file));
    const key = isAbsent ? blockKey(standInFor([block], files, present)) : undefined;
    if (key !== undefined && !standing.has(key)) standing.set(key, block);
  }
  if (standing.size === 0) return read;
  const content = (read.content as AdfNode[]).map((block) => {
    const key = blockKey([block]);
    const meant = key === undefined ? undefined : standing.get(key);
    if (key !== undefined && meant !== undefined) standing.delete(key);
    return meant ?? block;
  });
  return normaliseAdf(documentOf(content)) ?? read;
}

/** Agreed blocks as they are written where some of their files are not here. `placed`: files that this document shows anyway. */
export function standInFor(
  blocks: readonly AdfNode[],
  files: InlineFiles,
  placed: { has(file: string): boolean },
): AdfNode[] {
  const isThere = (file: string): boolean => placed.has(file) || typeof files.mediaOf(file) === 'object';
  if (sharedFilesIn(blocks).every(isThere)) return [...blocks];
  const marked = mapMedia(blocks, (node) => {
    const [file] = sharedFilesIn([node]);
    return file === undefined || isThere(file) ? node : withId(node, 'absent');
  });
  return marked.flatMap(portableBlocks);
}

/** Stands for everything that is said the same; only for what is one block on both sides. */
export function blockKey(blocks: readonly AdfNode[]): string | undefined {
  const normalised = normaliseAdf(documentOf(blocks));
  const only = blocks[0];
  if (blocks.length !== 1 || only === undefined) return undefined;
  return canonicalJson(normalised?.content[0] ?? { type: only.type });
}

export function documentOf(blocks: readonly AdfNode[]): Adf {
  return { type: 'doc', version: 1, content: blocks as Adf['content'] };
}
