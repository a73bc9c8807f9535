/** Links of an issue as a set: what was added and what was taken away since both sites agreed. */
import type { Link } from '../protocol/link-operations';

/** Link types are the same by their names, whatever the case. */
export function linkKey({ type, to }: Link): string {
  return `${type.toLowerCase()} ${to}`;
}

export interface LinkChanges {
  added: Link[];
  /** Agreed, and not there any more; whoever cannot see an end of a link must not take it for removed. */
  missing: Link[];
}

export function compareLinks(agreed: readonly Link[], now: readonly Link[]): LinkChanges {
  const known = new Set(agreed.map(linkKey));
  const present = new Set(now.map(linkKey));
  return {
    added: uniqueLinks(now).filter((link) => !known.has(linkKey(link))),
    missing: agreed.filter((link) => !present.has(linkKey(link))),
  };
}

/** With and without these; the order stays. */
export function changeLinks(
  links: readonly Link[],
  { add = [], remove = [] }: { add?: readonly Link[]; remove?: readonly Link[] },
): Link[] {
  const gone = new Set(remove.map(linkKey));
  return uniqueLinks([...links.filter((link) => !gone.has(linkKey(link))), ...add]);
}

/** Two links of one type between the same issues say the same. */
function uniqueLinks(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [linkKey(link), link])).values()];
}
