/** Finds pairs among these about which the filter of this site says something else than is known. */
import { isOpen } from '#core/model/filter';
import { type Pair, pairSchema } from '#core/model/pair';
import { type Agreement, findMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Row } from '../ports/store';
import type { Session } from '../stream/session';
import { findOutside } from './find-outside';
import { isRuled } from './is-ruled';
import { fieldsOfFilters } from './keep-inside';

/** Issues read with one call. */
const page = 50;

/** Local issue ids. Two calls for 50 pairs that a filter rules, none for others. What Jira cannot say is left as it is. */
export async function findChanged(
  session: Session,
  agreement: Agreement,
  rows: readonly Row[],
): Promise<{ kind: 'changed'; ids: string[] } | Later> {
  const { ids, asked } = sort(agreement, rows);
  const all = [...asked.keys()];
  for (let start = 0; start < all.length; start += page) {
    const found = await ask(session, agreement, all.slice(start, start + page));
    if (found.kind === 'later') return found;
    const changed = [...found.outside].filter(([id, isOut]) => isOut !== asked.get(id));
    ids.push(...changed.map(([id]) => id));
  }
  return { kind: 'changed', ids };
}

/** `ids`: of pairs that rest though no filter rules them any more. `asked`: the others by issue, true where they rest. */
function sort(agreement: Agreement, rows: readonly Row[]): { ids: string[]; asked: Map<string, boolean> } {
  const ids: string[] = [];
  const asked = new Map<string, boolean>();
  for (const { body } of rows) {
    const pair = pairSchema.parse(body);
    const agreed = findMapping(agreement, pair.mapping);
    if (agreed === undefined || pair.local === undefined || !mayChange(pair)) continue;
    const rests = pair.left?.here !== undefined;
    if (isRuled(agreement, agreed, pair) && !isOpen(agreed.binding.filter)) asked.set(pair.local.id, rests);
    else if (rests) ids.push(pair.local.id);
  }
  return { ids, asked };
}

function mayChange({ state, ending }: Pair): boolean {
  return ending === undefined && (state === 'twinned' || state === 'offered');
}

async function ask(
  session: Session,
  agreement: Agreement,
  ids: string[],
): Promise<{ kind: 'asked'; outside: Map<string, boolean> } | Later> {
  const read = await session.ports.site.readIssues(ids, fieldsOfFilters(agreement));
  if (!read.ok) {
    return isPassing(read.failure) ? later(read.failure) : { kind: 'asked', outside: new Map() };
  }
  const found = await findOutside(session.ports, agreement, read.value);
  if (found.kind === 'later') return found;
  const sure = read.value.filter(({ id }) => !found.undecided.has(id));
  return { kind: 'asked', outside: new Map(sure.map(({ id }) => [id, found.outside.has(id)])) };
}
