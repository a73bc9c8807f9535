/** Pictures and files in documents: each site shows them by media ids of its own, the agreement by the shared file. */
import type { AdfNode } from '#core/merge/normalise-adf';

/** What is known of the files of one issue here. Looked up before a translation (`engine/attachments/inline-files`). */
export interface InlineFiles {
  /** The shared file that a media id of this site shows; undefined: it is not shared. */
  fileOf(mediaId: string): string | undefined;
  /** True when its file is deleted, so that the node shows nothing any more. */
  isLost(mediaId: string): boolean;
  /** The media id of a shared file here. `waits`: it will come. Undefined: it does not come, its name stands in the text. */
  mediaOf(file: string): { id: string } | 'waits' | undefined;
}

/** Where no files are shared. */
export const noFiles: InlineFiles = {
  fileOf: () => undefined,
  isLost: () => false,
  mediaOf: () => undefined,
};

/** No media id begins like this: they are UUIDs. */
const prefix = 'file:';
const named = /^file:([a-z0-9-]{8,64})$/;

export function nameOfFile(file: string): string {
  return `${prefix}${file}`;
}

/** The shared file that a node of an agreed document shows. */
export function sharedFile(node: AdfNode): string | undefined {
  const id = node.attrs?.['id'];
  return isMedia(node) && typeof id === 'string' ? named.exec(id)?.[1] : undefined;
}

export function isMedia(node: AdfNode): boolean {
  return node.type === 'media' || node.type === 'mediaInline';
}

/** All nodes that show a file, in the order of reading. */
export function mediaIn(nodes: readonly AdfNode[]): AdfNode[] {
  const found: AdfNode[] = [];
  const waiting = [...nodes].reverse();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node === undefined) break;
    if (isMedia(node)) found.push(node);
    waiting.push(...[...(node.content ?? [])].reverse());
  }
  return found;
}

/** Shared files of an agreed document, each once. */
export function sharedFilesIn(nodes: readonly AdfNode[]): string[] {
  return [...new Set(mediaIn(nodes).flatMap((node) => sharedFile(node) ?? []))];
}

/** What tells one file of a document from the next. */
export function mediaKey(node: AdfNode): string {
  return String(node.attrs?.['id'] ?? node.attrs?.['url'] ?? 'unnamed');
}

/** The nodes with other media nodes in place of theirs; what holds none stays the same object. */
export function mapMedia(nodes: readonly AdfNode[], change: (node: AdfNode) => AdfNode): AdfNode[] {
  return nodes.map((node) => {
    if (isMedia(node)) return change(node);
    return node.content === undefined || mediaIn(node.content).length === 0
      ? node
      : { ...node, content: mapMedia(node.content, change) };
  });
}

export function withId(node: AdfNode, id: string): AdfNode {
  return { ...node, attrs: { ...node.attrs, id } };
}

const layouts = ['wide', 'full-width', 'center', 'wrap-right', 'wrap-left', 'align-end', 'align-start'];

/** The node with what travels of it, where it shows a shared file. */
export function portableFile(node: AdfNode): AdfNode | undefined {
  const file = sharedFile(node);
  if (file === undefined) return undefined;
  const { alt, width, height } = node.attrs ?? {};
  const attrs = {
    type: 'file',
    id: nameOfFile(file),
    ...(typeof alt === 'string' && alt !== '' ? { alt: alt.slice(0, 1_000) } : {}),
    ...(isSize(width) ? { width } : {}),
    ...(isSize(height) ? { height } : {}),
  };
  return { type: node.type, attrs };
}

/** How a picture stands in its text. */
export function portableLayout({ attrs = {} }: AdfNode): Record<string, unknown> {
  const { layout, width, widthType } = attrs;
  const shown = typeof layout === 'string' && layouts.includes(layout) ? layout : 'center';
  if (!isSize(width)) return { layout: shown };
  if (widthType === 'pixel') return { layout: shown, width, widthType };
  return width <= 100 ? { layout: shown, width } : { layout: shown };
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 100_000;
}
