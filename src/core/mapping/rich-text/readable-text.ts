/** Says in words what a node shows that cannot travel. */
import type { AdfNode } from '#core/merge/normalise-adf';

/** Never an account id, a file id or anything else that only means something on its own site. */
export function readableText(node: AdfNode): string {
  const attrs = node.attrs ?? {};
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'mention':
      return mentionText(attrs['text']);
    case 'emoji':
      return named(attrs['text']) ?? named(attrs['shortName']) ?? '';
    case 'status':
      return named(attrs['text']) ?? '';
    case 'media':
    case 'mediaInline':
      return `[${named(attrs['alt']) ?? 'attached file'}]`;
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return named(attrs['url']) ?? '[link]';
    case 'extension':
    case 'inlineExtension':
      return `[${named(attrs['text']) ?? named(attrs['extensionKey']) ?? 'extension'}]`;
    default:
      return childText(node);
  }
}

function childText(node: AdfNode): string {
  const parts: string[] = [];
  // A loop instead of recursion: a partner's document may be nested deeper than the call stack.
  const waiting = [...(node.content ?? [])].reverse();
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === undefined) break;
    if (next.content === undefined) parts.push(readableText(next));
    else waiting.push(...[...next.content].reverse());
  }
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .trim();
}

function mentionText(text: unknown): string {
  const name = named(text)?.replace(/^@/, '');
  return `@${name ?? 'someone'}`;
}

function named(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
