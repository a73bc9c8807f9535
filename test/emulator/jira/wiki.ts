/** Wiki markup and documents, turned into each other by Atlassian's own transformers, as REST version 2 of Cloud does. */
import { createRequire } from 'node:module';
import { adfToText, mediaIdsOf } from './adf';
import type { Adf } from './entities';

/** Files of the issue: wiki markup names them, documents refer to their media ids. */
export interface WikiFile {
  filename: string;
  mediaId: string;
}

interface Node {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  content?: Node[];
}

type Wiki = typeof import('@atlaskit/editor-wikimarkup-transformer');
type Json = typeof import('@atlaskit/editor-json-transformer');

/** Loading them takes a third of a second, so only who needs them pays. */
function loadTransformers() {
  const load = createRequire(__filename);
  const { WikiMarkupTransformer } = load('@atlaskit/editor-wikimarkup-transformer') as Wiki;
  const { JSONTransformer } = load('@atlaskit/editor-json-transformer') as Json;
  return { wiki: new WikiMarkupTransformer(), json: new JSONTransformer() };
}

let loaded: ReturnType<typeof loadTransformers> | undefined;

function transformers() {
  loaded ??= loadTransformers();
  return loaded;
}

/** The document that wiki markup says. A picture whose file is not attached stays the text that was written. */
export function wikiToAdf(markup: string, files: readonly WikiFile[] = []): Adf {
  const { wiki, json } = transformers();
  const mediaConversion = Object.fromEntries(
    files.map((file) => [file.filename, { transform: file.mediaId }]),
  );
  const parsed = json.encode(wiki.parse(markup, { conversion: { mediaConversion } })) as unknown as Node;
  const known = new Set(files.map((file) => file.mediaId));
  return { type: 'doc', version: 1, content: (parsed.content ?? []).flatMap((node) => tidy(node, known)) };
}

/** Account ids without the markup's prefix; files that are not there as text. */
function tidy(node: Node, known: ReadonlySet<string>): Node[] {
  if (node.type === 'mention') {
    const id = String(node.attrs?.['id'] ?? '').replace(/^accountid:/, '');
    return [{ ...node, attrs: { ...node.attrs, id } }];
  }
  if (node.type === 'mediaSingle' || node.type === 'mediaGroup') {
    const missing = mediaIdsOf(node).filter((id) => !known.has(id));
    if (missing.length > 0) {
      return [
        { type: 'paragraph', content: [{ type: 'text', text: missing.map((id) => `!${id}!`).join(' ') }] },
      ];
    }
  }
  if (node.content === undefined) return [node];
  return [{ ...node, content: node.content.flatMap((child) => tidy(child, known)) }];
}

/** The document in wiki markup. What the transformer does not know is given as its words. */
export function adfToWiki(document: Adf, files: readonly WikiFile[] = []): string {
  const { wiki, json } = transformers();
  const mediaConversion = Object.fromEntries(
    files.map((file) => [file.mediaId, { transform: file.filename }]),
  );
  const content = (document.content as Node[]).map((node) => {
    try {
      const part = json.parse({ type: 'doc', version: 1, content: [node] } as never);
      return wiki.encode(part, { conversion: { mediaConversion } });
    } catch {
      return adfToText({ type: 'doc', version: 1, content: [node] });
    }
  });
  return content.join('\n\n');
}
