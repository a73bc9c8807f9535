/** Atlassian documents: validity by Atlassian's own schema, their plain text, and the files and people they name. */
import schema from '@atlaskit/adf-schema/dist/json-schema/v1/full.json';
import Ajv from 'ajv-draft-04';
import type { Adf, Body } from './entities';

interface AdfNode {
  type?: unknown;
  text?: unknown;
  attrs?: Record<string, unknown>;
  content?: unknown;
  marks?: unknown;
}

let validator: ((value: unknown) => boolean) | undefined;

/** Whether Jira takes the value as a document. An empty text node is refused, although old issues may hold one. */
export function isValidAdf(value: unknown): value is Adf {
  validator ??= new Ajv({ strict: false, logger: false }).compile(schema);
  return validator(value);
}

/** A document of plain paragraphs, one per line. */
export function textToAdf(text: string): Adf {
  const content = text.split(/\r?\n/).map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  }));
  return { type: 'doc', version: 1, content };
}

/** The words of a document: blocks on lines of their own, mentions and emoji as they read. Wiki markup stays as it is. */
export function adfToText(value: unknown): string {
  if (typeof value === 'string') return value;
  return inner(value as AdfNode)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'listItem',
  'codeBlock',
  'blockquote',
  'panel',
  'tableRow',
  'rule',
  'mediaSingle',
  'taskItem',
  'decisionItem',
  'expand',
]);

function inner(node: AdfNode): string {
  const type = typeof node.type === 'string' ? node.type : '';
  switch (type) {
    case 'text':
      return typeof node.text === 'string' ? node.text : '';
    case 'hardBreak':
      return '\n';
    case 'mention':
    case 'status':
      return String(node.attrs?.['text'] ?? '');
    case 'emoji':
      return String(node.attrs?.['text'] ?? node.attrs?.['shortName'] ?? '');
    case 'inlineCard':
      return String(node.attrs?.['url'] ?? '');
    case 'date':
      return new Date(Number(node.attrs?.['timestamp'] ?? 0)).toISOString().slice(0, 10);
    default: {
      const text = childrenOf(node)
        .map(inner)
        .join(type === 'tableRow' ? ' | ' : '');
      return BLOCKS.has(type) ? `${text}\n` : text;
    }
  }
}

function childrenOf(node: AdfNode): AdfNode[] {
  return Array.isArray(node.content) ? (node.content as AdfNode[]) : [];
}

/** Every node of a document, outer ones first. */
function* nodesOf(value: unknown): Generator<AdfNode> {
  if (typeof value !== 'object' || value === null) return;
  const node = value as AdfNode;
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** Media ids of the files that a document shows. */
export function mediaIdsOf(value: unknown): string[] {
  const ids: string[] = [];
  for (const node of nodesOf(value)) {
    const isFile = node.attrs?.['type'] === 'file' || node.type === 'mediaInline';
    if (
      (node.type === 'media' || node.type === 'mediaInline') &&
      isFile &&
      typeof node.attrs?.['id'] === 'string'
    ) {
      ids.push(node.attrs['id']);
    }
  }
  return ids;
}

/** Account ids of the people whom a document mentions. */
export function mentionsOf(value: unknown): string[] {
  const ids: string[] = [];
  for (const node of nodesOf(value)) {
    if (node.type === 'mention' && typeof node.attrs?.['id'] === 'string') ids.push(node.attrs['id']);
  }
  return [...new Set(ids)];
}

/** The document with every mention's text as `nameOf` says it now; unknown people stay as written. */
export function resolveMentions(document: Body, nameOf: (accountId: string) => string | undefined): Body {
  if (typeof document === 'string' || mentionsOf(document).length === 0) return document;
  return rewrite(document as AdfNode, nameOf) as Adf;
}

function rewrite(node: AdfNode, nameOf: (accountId: string) => string | undefined): AdfNode {
  if (node.type === 'mention') {
    const name = nameOf(String(node.attrs?.['id']));
    return name === undefined ? node : { ...node, attrs: { ...node.attrs, text: `@${name}` } };
  }
  if (!Array.isArray(node.content)) return node;
  return { ...node, content: childrenOf(node).map((child) => rewrite(child, nameOf)) };
}

/** Whether a document says nothing at all; Jira stores such a one as empty. */
export function isEmptyAdf(document: Body): boolean {
  if (typeof document === 'string') return document.trim() === '';
  for (const node of nodesOf(document)) {
    if (node.type !== 'doc' && node.type !== 'paragraph') return false;
  }
  return true;
}
