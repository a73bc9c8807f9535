/** Looks, a page at a time, for issues about which a filter says something else by now, and notes them as if they were edited. */
import { anyArea, widerQuery } from '#core/filter/jql-text';
import { isOpen } from '#core/model/filter';
import { type Agreement, iMaySend } from '../pairs/agreement';
import { lastOf, listAfter } from '../pairs/list-after';
import { isPassing, type Later, later } from '../pairs/outcome';
import { withoutPair } from '../pairs/without-pair';
import { recordActivityOnce } from '../record-activity';
import { setDirty } from '../rows/dirty';
import type { FilterLook } from '../rows/stream';
import type { Session } from '../stream/session';
import { afterPage, currentLook, isFilterLookDue } from './filter-look';
import { findChanged } from './find-changed';

/** Issues of one search. */
const pageSize = 100;
const minuteMs = 60_000;

export type Looked = { kind: 'finished' } | { kind: 'more' } | Later;

/** Judging, saying and counting is left to capturing. A crash repeats a page: noting twice is noting. */
export async function filterSlice(session: Session): Promise<Looked> {
  const { connection, stream, ports } = session;
  const now = ports.clock.now();
  if (!isFilterLookDue(connection, stream, now)) return { kind: 'finished' };
  const agreement = await session.agreement();
  const look = currentLook(connection, stream);
  const page =
    look.step === 'enter'
      ? await enterPage(session, agreement, look)
      : await pairsPage(session, agreement, look);
  if (page.kind === 'later') return page;
  for (const id of page.ids) {
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, id, 'fields', now));
  }
  const after = afterPage(look, page.next, now);
  const isOver = after.step === 'done' && after.of === '';
  session.change(({ filterLook: _before, ...rest }) => (isOver ? rest : { ...rest, filterLook: after }));
  await session.commit();
  return { kind: 'more' };
}

type Page = { kind: 'page'; ids: string[]; next: Partial<FilterLook> } | Later;

/** Issues without a twin which match. Those from before the start that nobody touched since are not wanted anyway. */
async function enterPage(session: Session, agreement: Agreement, look: FilterLook): Promise<Page> {
  const over: Page = {
    kind: 'page',
    ids: [],
    next: { step: hasPairsStep(agreement, look) ? 'pairs' : 'done' },
  };
  const jql = enteringQuery(session, agreement, look);
  if (jql === undefined) return over;
  const found = await session.ports.site.search(jql, look.cursor, pageSize);
  if (!found.ok) {
    if (isPassing(found.failure)) return later(found.failure);
    // Cursors expire: it begins again, at the same pace.
    if (look.cursor !== undefined) return { kind: 'page', ids: [], next: {} };
    const text = `Issues that match the filter by now were not looked for, because Jira refused the search: ${found.failure.message}`;
    await recordActivityOnce(session.ports, session.id, 'filter-look', { level: 'warning', text });
    return over;
  }
  const ids = await withoutPair(session, found.value.ids);
  const { cursor } = found.value;
  return cursor === undefined ? { ...over, ids } : { kind: 'page', ids, next: { cursor } };
}

function enteringQuery(session: Session, agreement: Agreement, look: FilterLook): string | undefined {
  const { run, existing } = session.connection;
  if (existing.mode === 'one') return undefined;
  const areas = agreement.mappings.flatMap(({ mapping, binding }) => {
    const { filter, projectId, types } = binding;
    if (filter === undefined || isOpen(filter) || !iMaySend(agreement, mapping.creates)) return [];
    if (!look.isWhole && filter.jql === undefined) return [];
    return [{ projectId, typeIds: types.map(({ typeId }) => typeId), jql: widerQuery(filter) }];
  });
  if (areas.length === 0) return undefined;
  const minutes = Math.ceil((session.ports.clock.now() - (run.startedAt ?? 0)) / minuteMs) + 1;
  return `${anyArea(areas)} AND updated >= "-${minutes}m" ORDER BY id ASC`;
}

/** Where twins go on whatever the filter says, no pair can have left; after a change one may have to come back. */
function hasPairsStep({ mappings }: Agreement, { isWhole }: FilterLook): boolean {
  return (
    isWhole ||
    mappings.some(
      ({ mapping, binding }) => (mapping.leaving ?? 'keep') !== 'keep' && binding.filter?.jql !== undefined,
    )
  );
}

async function pairsPage(session: Session, agreement: Agreement, look: FilterLook): Promise<Page> {
  const rows = await listAfter(session, look.last ?? '');
  const last = lastOf(rows);
  if (last === undefined) return { kind: 'page', ids: [], next: { step: 'done' } };
  const changed = await findChanged(session, agreement, rows);
  return changed.kind === 'later' ? changed : { kind: 'page', ids: changed.ids, next: { last } };
}
