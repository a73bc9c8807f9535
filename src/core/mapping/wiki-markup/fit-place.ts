/** Makes blocks fit where they stand: markup may put anything anywhere, the format of documents does not allow it. */
import type { AdfNode } from '#core/merge/normalise-adf';
import { type BlockPlace, typeIn } from '../rich-text/block-places';

/** A block that has no place there gives way to what is in it. Never empty. */
export function fitPlace(place: BlockPlace, nodes: readonly AdfNode[]): AdfNode[] {
  const fitted = nodes.flatMap((node) => fitOne(place, node));
  const first = fitted[0];
  if (place === 'listItem' && (first?.type === 'bulletList' || first?.type === 'orderedList')) {
    return [{ type: 'paragraph' }, ...fitted];
  }
  return fitted.length === 0 ? [{ type: 'paragraph' }] : fitted;
}

function fitOne(place: BlockPlace, node: AdfNode): AdfNode[] {
  const type = typeIn(place, node.type);
  if (type !== undefined) return [{ ...node, type }];
  switch (node.type) {
    case 'heading':
      return [{ type: 'paragraph', ...(node.content === undefined ? {} : { content: node.content }) }];
    case 'rule':
      return [{ type: 'paragraph', content: [{ type: 'text', text: '----' }] }];
    case 'taskList':
      return (node.content ?? []).flatMap((child) => fitOne(place, child));
    case 'taskItem':
      return [{ type: 'paragraph', content: node.content ?? [] }];
    case 'table':
    case 'tableRow':
    case 'tableCell':
    case 'tableHeader':
    case 'panel':
    case 'blockquote':
    case 'expand':
    case 'nestedExpand':
      return (node.content ?? []).flatMap((child) => fitOne(place, child));
    default:
      return [];
  }
}
