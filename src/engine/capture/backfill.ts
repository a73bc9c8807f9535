/** Brings in the existing issues which the admin chose, page by page; how far it got is written with what it cut. */
import type { Agreement } from '../pairs/agreement';
import { iMaySend } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import type { Backfill, Stream } from '../rows/stream';
import type { Session } from '../stream/session';
import { captureDirty } from './capture-dirty';

/** `more`: another page, or the rest of this one, is to do. */
export type Backfilled = { kind: 'finished' } | { kind: 'more' } | Later;

/** One page. Repeating it after a crash is harmless: issues which have a pair are passed over. */
export async function backfillPage(session: Session): Promise<Backfilled> {
  const state = stateOf(session);
  if (state === undefined || state.finished) return { kind: 'finished' };
  const agreement = await session.agreement();
  const page = await readPage(session, agreement, state);
  if (page.kind === 'later') return page;
  const ids: string[] = [];
  for (const id of page.ids) if ((await findPair(session, id)) === undefined) ids.push(id);
  const issues = ids.map((issueId) => ({ issueId, aspects: [{ aspect: 'backfill' as const, key: '' }] }));
  const captured = await captureDirty(session, issues);
  if (captured.later !== undefined) return captured.later;
  if (captured.left.length > 0) return { kind: 'more' };
  const { cursor: _read, ...rest } = state;
  const after: Backfill = {
    ...rest,
    found: state.found + page.ids.length,
    done: state.done + page.ids.length,
    finished: page.cursor === undefined,
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  };
  session.change((stream) => ({ ...stream, backfill: after }));
  if (!after.finished) return { kind: 'more' };
  const text = `All existing issues of your choice were looked at: ${after.found}.`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'info', text }));
  return { kind: 'finished' };
}

/** True while existing issues are still to be looked at. */
export function isBackfillDue(connection: Connection, stream: Stream): boolean {
  return stateOf({ connection, stream })?.finished === false;
}

/** Undefined: only new issues take part. Another choice than the one served so far starts anew. */
function stateOf({ connection, stream }: Pick<Session, 'connection' | 'stream'>): Backfill | undefined {
  const { existing } = connection;
  if (existing.mode === 'new') return undefined;
  const choice = JSON.stringify(existing);
  if (stream.backfill?.choice === choice) return stream.backfill;
  return { choice, found: 0, done: 0, finished: false };
}

type Page = { kind: 'page'; ids: string[]; cursor?: string | undefined } | Later;

async function readPage(session: Session, agreement: Agreement, state: Backfill): Promise<Page> {
  const { existing } = session.connection;
  if (existing.mode === 'one') return { kind: 'page', ids: [existing.issueId] };
  const projects = agreement.mappings
    .filter(({ mapping }) => iMaySend(agreement, mapping.creates))
    .map(({ binding }) => binding.projectId);
  if (existing.mode === 'new' || projects.length === 0) return { kind: 'page', ids: [] };
  const jql = within(projects, existing.jql);
  const found = await session.ports.site.search(jql, state.cursor);
  if (found.ok) return { kind: 'page', ...found.value };
  if (isPassing(found.failure)) return later(found.failure);
  if (state.cursor !== undefined) {
    // Cursors expire; pairs that exist are passed over, so the search may begin again.
    session.change((stream) => ({ ...stream, backfill: { ...withoutCursor(state), found: 0, done: 0 } }));
    return { kind: 'later', afterMs: 1_000, why: found.failure.message };
  }
  const text = `The query for existing issues was refused by Jira: ${found.failure.message}`;
  session.rows.stage(activityRow(session.ports, session.id, { level: 'error', text }));
  return { kind: 'page', ids: [] };
}

function withoutCursor(state: Backfill): Backfill {
  const { cursor: _expired, ...rest } = state;
  return rest;
}

/** The admin's query within the mapped projects, so that it is never unbounded; its own order counts for nothing. */
export function within(projectIds: readonly string[], jql: string): string {
  const condition = withoutOrder(jql).trim();
  const projects = `project in (${[...new Set(projectIds)].join(', ')})`;
  return condition === '' ? `${projects} ORDER BY id ASC` : `${projects} AND (${condition}) ORDER BY id ASC`;
}

function withoutOrder(jql: string): string {
  // Quoted texts are passed over: they may contain the words.
  const parts = jql.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\border\s+by\b|[^"'o]+|o|["']/gi) ?? [];
  const order = parts.findIndex((part) => /^order\s+by$/i.test(part));
  return (order < 0 ? parts : parts.slice(0, order)).join('');
}
