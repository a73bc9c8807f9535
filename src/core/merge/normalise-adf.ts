/** One form for documents which say the same, so that a detour through Jira does not look like an edit. */
import type { Adf } from '#core/model/value';
import { canonicalJson } from './canonical-json';

/** A node of a document as far as it is looked at here. */
export interface AdfNode {
  type: string;
  text?: string | undefined;
  attrs?: Record<string, unknown> | undefined;
  marks?: AdfNode[] | undefined;
  content?: AdfNode[] | undefined;
}

/**
 * Drops what editors add without meaning (`localId`, empty attributes and marks, empty text), joins neighbouring text
 * with the same marks and puts marks in order. A document without anything in it is `null`, as an empty field is.
 */
export function normaliseAdf(doc: Adf | null): Adf | null {
  if (doc === null) return null;
  const content = normaliseNodes(doc.content as AdfNode[]);
  const only = content[0];
  const isEmpty = only === undefined || (content.length === 1 && isEmptyParagraph(only));
  return isEmpty ? null : { type: 'doc', version: doc.version, content: content as Adf['content'] };
}

function isEmptyParagraph(node: AdfNode): boolean {
  return node.type === 'paragraph' && node.content === undefined;
}

function normaliseNodes(nodes: AdfNode[]): AdfNode[] {
  const result: AdfNode[] = [];
  for (const node of nodes) {
    const next = normaliseNode(node);
    const last = result.at(-1);
    if (next.type === 'text' && (next.text ?? '') === '') continue;
    if (last !== undefined && canJoin(last, next)) {
      result[result.length - 1] = { ...last, text: `${last.text ?? ''}${next.text ?? ''}` };
    } else {
      result.push(next);
    }
  }
  return result;
}

function canJoin(last: AdfNode, next: AdfNode): boolean {
  return (
    last.type === 'text' &&
    next.type === 'text' &&
    canonicalJson(last.marks ?? []) === canonicalJson(next.marks ?? [])
  );
}

function normaliseNode(node: AdfNode): AdfNode {
  const attrs = meaningful(node.attrs);
  const marks = (node.marks ?? []).map(normaliseMark).sort(byCanonicalForm);
  const content = normaliseNodes(node.content ?? []);
  return {
    type: node.type,
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(attrs === undefined ? {} : { attrs }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(content.length === 0 ? {} : { content }),
  };
}

function normaliseMark(mark: AdfNode): AdfNode {
  const attrs = meaningful(mark.attrs);
  return { type: mark.type, ...(attrs === undefined ? {} : { attrs }) };
}

function meaningful(attrs: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const kept = Object.entries(attrs ?? {}).filter(
    ([name, value]) => name !== 'localId' && value !== null && value !== undefined && value !== '',
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function byCanonicalForm(a: AdfNode, b: AdfNode): number {
  const left = canonicalJson(a);
  const right = canonicalJson(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
