/** Looks for issues that changed since the newest thing that is remembered: events of them were forgotten, or what they said. */
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair } from '../pairs/pairs';
import { setDirty } from '../rows/dirty';
import type { Resync } from '../rows/stream';
import type { Session } from '../stream/session';
import { changeResync } from './change-resync';
import { forgottenSince } from './forgotten-since';
import { isFull } from './pair-slices';
import { tellIssues } from './tell-issue';

/** Issues of a page. */
const page = 50;

/** Undefined: all were looked at. The index of Jira may show more than was asked for; that is harmless. */
export async function tellFound(
  session: Session,
  resync: Resync,
): Promise<{ kind: 'more' } | Later | undefined> {
  if (isFull(session)) return { kind: 'more' };
  const agreement = await session.agreement();
  const projects = [...new Set(agreement.mappings.map(({ binding }) => binding.projectId))];
  if (projects.length === 0) return undefined;
  const minutes = Math.ceil((session.ports.clock.now() - forgottenSince(session)) / 60_000);
  // Relative, because times in a query are in the time zone of whoever asks.
  const jql = `project in (${projects.join(', ')}) AND updated >= "-${minutes}m" ORDER BY id ASC`;
  const found = await session.ports.site.search(jql, resync.cursor, page);
  if (!found.ok && isPassing(found.failure)) return later(found.failure);
  // A cursor that expired: from the beginning.
  if (!found.ok && resync.cursor === undefined)
    return later({ kind: 'unavailable', message: found.failure.message });
  if (found.ok) {
    const failed = await tellPage(session, found.value.ids);
    if (failed !== undefined) return failed;
  }
  const cursor = found.ok ? found.value.cursor : undefined;
  changeResync(session, ({ cursor: _before, ...rest }) =>
    cursor === undefined ? rest : { ...rest, cursor },
  );
  return found.ok && cursor === undefined ? undefined : { kind: 'more' };
}

async function tellPage(session: Session, ids: readonly string[]): Promise<Later | undefined> {
  const isForgotten = session.stream.resync?.theirs?.lost === true;
  const toTell = [];
  for (const id of ids) {
    if (!session.hasRoom) await session.commit();
    const pair = await findPair(session, id);
    if (pair === undefined) {
      session.noteDirty(setDirty(session.id, id, 'fields', session.ports.clock.now()));
      continue;
    }
    const isTold = isForgotten && pair.recalled === session.stream.ep.n;
    if (!isTold) toTell.push(pair);
  }
  return tellIssues(session, toTell);
}
