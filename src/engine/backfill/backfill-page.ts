/** Brings in the existing issues which the admin chose, page by page; how far it got is written with what it cut. */
import { countThere, notePace, type SentPage, stillSent } from '#core/backfill/progress';
import type { Area } from '#core/filter/jql-text';
import { areasOf } from '../filter/areas-of';
import { isPairingOpen } from '../pairing/is-pairing-open';
import { type Agreement, iMaySend } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { withoutPair } from '../pairs/without-pair';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import type { Backfill, Stream } from '../rows/stream';
import type { Session } from '../stream/session';
import { bounded, within } from './existing-query';
import { offerPage } from './offer-page';

/** Issues of a page: as many as one create request of the partner takes. */
const pageSize = 50;
/**
 * While more batches than this are not applied over there, no page is begun: what is live would wait behind them, and the
 * progress that is shown would be of things that have not happened.
 */
const mostOnTheWire = 20;

/** `more`: another page, or the rest of this one, is to do. `waits`: for the partner to apply what it has. */
export type Backfilled = { kind: 'finished' } | { kind: 'more' } | { kind: 'waits' } | Later;

/** One page. Repeating it after a crash is harmless: the page is written with its first issues, and nothing is said twice. */
export async function backfillPage(session: Session): Promise<Backfilled> {
  const { connection, stream } = session;
  if (!isBackfillDue(connection, stream)) return { kind: 'finished' };
  const state = settle(session, stateOf({ connection, stream }));
  if (stream.out.seq - session.done > mostOnTheWire) {
    if (stream.backfill?.waits !== true) put(session, { ...state, waits: true });
    return { kind: 'waits' };
  }
  const agreement = await session.agreement();
  const begun = await beginPage(session, agreement, state);
  if (begun.kind === 'later') return begun;
  const { page } = begun;
  const offered = await offerPage(session, agreement, { ids: page.ids, isRest: page.isRest === true });
  if (offered.kind === 'later') return offered;
  if (offered.kind === 'rest') return { kind: 'more' };
  return endPage(session, begun.state, page);
}

/** True while existing issues are still to be looked at. */
export function isBackfillDue(connection: Connection, stream: Stream): boolean {
  if (connection.existingPaused === true || isPairingOpen(connection)) return false;
  const isChosen = connection.existing.mode !== 'new' || stream.backfill?.page !== undefined;
  return isChosen && !stateOf({ connection, stream }).finished;
}

/** Another choice than the one served so far starts anew; what hangs on the issues of its last page is still said. */
function stateOf({ connection, stream }: Pick<Session, 'connection' | 'stream'>): Backfill {
  const choice = JSON.stringify(connection.existing);
  const before = stream.backfill;
  if (before?.choice === choice) return before;
  const fresh: Backfill = { choice, found: 0, done: 0, finished: false };
  return before?.page === undefined ? fresh : { ...fresh, page: { ...before.page, isRest: true } };
}

function put(session: Session, backfill: Backfill): void {
  session.change((stream) => ({ ...stream, backfill }));
}

/** Takes note of pages that arrived. Staged with the next page. */
function settle(session: Session, { waits: _waited, ...state }: Backfill): Backfill {
  const { sent = [], pace = [] } = state;
  const left = stillSent(sent, session.done);
  const there = countThere(state.done, sent, session.done);
  const since = session.connection.existingResumedAt ?? 0;
  const fresh = pace.filter(({ at }) => at >= since);
  return { ...state, sent: left, pace: notePace(fresh, { at: session.ports.clock.now(), there }) };
}

type Page = NonNullable<Backfill['page']>;
type Begun = { kind: 'begun'; state: Backfill; page: Page } | Later;

async function beginPage(session: Session, agreement: Agreement, state: Backfill): Promise<Begun> {
  if (state.page !== undefined) return { kind: 'begun', state, page: state.page };
  const counted = state.total === undefined ? await count(session, agreement) : state.total;
  const known: Backfill = counted === undefined ? state : { ...state, total: counted };
  const found = await readPage(session, agreement, known);
  if (found.kind === 'later') return found;
  const page: Page = {
    ids: await withoutPair(session, found.ids),
    size: found.ids.length,
    ...(found.cursor === undefined ? {} : { next: found.cursor }),
  };
  const begun: Backfill = { ...known, page };
  if (page.ids.length > 0) put(session, begun);
  return { kind: 'begun', state: begun, page };
}

function endPage(session: Session, state: Backfill, page: Page): Backfilled {
  const { page: _ended, cursor: _read, sent = [], ...rest } = state;
  // A rest says nothing of how far the new choice is.
  const size = page.isRest === true ? 0 : page.size;
  const last: SentPage = { seq: session.isSaying ? session.nextSeq : session.stream.out.seq, size };
  const finished = page.isRest !== true && page.next === undefined;
  put(session, {
    ...rest,
    found: state.found + size,
    done: state.done + size,
    finished,
    sent: stillSent(size > 0 ? [...sent, last] : sent, session.done),
    ...(page.next === undefined || page.isRest === true ? {} : { cursor: page.next }),
  });
  if (!finished) return { kind: 'more' };
  const text = `All existing issues of your choice were looked at: ${state.found + size}.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text }));
  return { kind: 'finished' };
}

function areasHere(agreement: Agreement): Area[] {
  return areasOf(agreement.mappings.filter(({ mapping }) => iMaySend(agreement, mapping.creates)));
}

/** Undefined where Jira does not say: then no end is foretold. */
async function count(session: Session, agreement: Agreement): Promise<number | undefined> {
  const { existing } = session.connection;
  if (existing.mode !== 'jql') return existing.mode === 'one' ? 1 : undefined;
  const areas = areasHere(agreement);
  if (areas.length === 0) return 0;
  const counted = await session.ports.site.countIssues(bounded(areas, existing.jql));
  return counted.ok ? counted.value : undefined;
}

type Found = { kind: 'page'; ids: string[]; cursor?: string | undefined } | Later;

async function readPage(session: Session, agreement: Agreement, state: Backfill): Promise<Found> {
  const { existing } = session.connection;
  if (existing.mode === 'one') return { kind: 'page', ids: [existing.issueId] };
  const areas = areasHere(agreement);
  if (existing.mode === 'new' || areas.length === 0) return { kind: 'page', ids: [] };
  const jql = within(areas, existing.jql);
  const found = await session.ports.site.search(jql, state.cursor, pageSize);
  if (found.ok) return { kind: 'page', ...found.value };
  if (isPassing(found.failure)) return later(found.failure);
  if (state.cursor !== undefined) {
    // Cursors expire; pairs that exist are passed over, so the search may begin again.
    const { cursor: _expired, sent: _sent, pace: _pace, ...rest } = state;
    put(session, { ...rest, found: 0, done: 0 });
    return { kind: 'later', afterMs: 1_000, why: found.failure.message };
  }
  const text = `The query for existing issues was refused by Jira: ${found.failure.message}`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'error', text }));
  return { kind: 'page', ids: [] };
}
