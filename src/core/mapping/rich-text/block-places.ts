/** Which blocks may stand where: the format allows fewer in a list or a quotation than in the document itself. */

/** What can hold blocks. `cell`: a cell of a table. */
export type BlockPlace = 'doc' | 'listItem' | 'blockquote' | 'panel' | 'cell' | 'expand' | 'nestedExpand';

const lists = ['paragraph', 'bulletList', 'orderedList', 'codeBlock', 'mediaSingle'];
const most = [...lists, 'mediaGroup', 'taskList', 'decisionList', 'heading', 'rule'];

const allowed: Readonly<Record<BlockPlace, ReadonlySet<string>>> = {
  doc: new Set([...most, 'panel', 'blockquote', 'table', 'expand']),
  listItem: new Set([...lists, 'taskList']),
  blockquote: new Set([...lists, 'mediaGroup']),
  panel: new Set(most),
  cell: new Set([...most, 'panel', 'blockquote', 'nestedExpand']),
  expand: new Set([...most, 'panel', 'blockquote', 'table', 'nestedExpand']),
  nestedExpand: new Set([...most, 'panel', 'blockquote']),
};

export function isBlockPlace(place: string): place is BlockPlace {
  return place in allowed;
}

export function mayStandIn(place: BlockPlace, type: string): boolean {
  return allowed[place].has(type);
}

const others: Readonly<Record<string, string>> = { expand: 'nestedExpand', nestedExpand: 'expand' };

/** The type under which such a block may stand there; undefined when there is none. */
export function typeIn(place: BlockPlace, type: string): string | undefined {
  return [type, others[type]].find((one) => one !== undefined && mayStandIn(place, one));
}
