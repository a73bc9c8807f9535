/** Sweep: every five minutes, finds what lost wake-ups, killed workers and silent partners left, and wakes workers for it. */
import { isBackfillDue } from './backfill/backfill-page';
import { catchUpKey, catchUpSchema, isCatchUpDue } from './catch-up/rows';
import { isFilterLookDue } from './filter/filter-look';
import type { Ports } from './ports/ports';
import { retryDue } from './retry-due';
import type { Connection } from './rows/connection';
import { isRunning } from './rows/registry';
import type { Incoming, Stream } from './rows/stream';
import { isHeld, mayApply } from './stream/heads';
import { readStreamRows } from './stream/rows';
import { listConnections } from './update-connection';

/** Dirty rows found at once; the worker asks for more. */
const mostHints = 100;
/** Stops in good order with this much time left, milliseconds. */
const reserveMs = 5_000;
/**
 * An idle connection says that it is there after this time, milliseconds: an hour, which the run of the hour usually does, and as
 * much more as it may come later.
 */
const heartbeatMs = 4_500_000;

/** Wakes only where something is due, so that an idle hour costs next to nothing. */
export async function sweep(ports: Ports): Promise<void> {
  for (const connection of await listConnections(ports)) {
    if (ports.budget.remainingMs() < reserveMs) return;
    if (connection.phase === 'joined') await sweepConnection(ports, connection);
  }
}

async function sweepConnection(ports: Ports, connection: Connection): Promise<void> {
  const { id } = connection;
  const { stream, incoming, box } = await readStreamRows(ports, id);
  const now = ports.clock.now();
  if (isHeld(stream.body, now)) return;
  const isPaused = (stream.body.pausedUntil ?? 0) > now;
  const isLeft =
    box.body.hints.length > 0 || box.body.overflow === true || stream.body.out.control < box.body.control;
  const mayAskJira = isRunning(connection) && !isPaused;
  const mayLookBack = mayAskJira && (stream.body.backgroundUntil ?? 0) <= now;
  const look = mayLookBack ? await askForCatchUp(ports, connection) : [];
  const again = mayAskJira ? [...look, ...(await retryDue(ports, id))] : [];
  const hints = mayAskJira
    ? [...new Set([...again, ...(await listDirty(ports, id))])].slice(0, mostHints)
    : [];
  const isDue =
    hints.length > 0 ||
    (!isPaused && isInboxDue(connection, stream.body, incoming.body)) ||
    isSendingDue(stream.body, now) ||
    isSilent(stream.body, incoming.body, now) ||
    (mayAskJira && (isLeft || isWorkLeft(connection, stream.body, now))) ||
    stream.body.out.control < box.body.control;
  if (isDue) await ports.queue.wake({ connection: id, hints });
}

/** The name of the look for what no event told of, where one is due. */
async function askForCatchUp(ports: Ports, connection: Connection): Promise<string[]> {
  const row = await ports.store.get('issueIndex', catchUpKey(connection.id));
  const before = row === undefined ? undefined : catchUpSchema.parse(row.body);
  return isCatchUpDue(connection, before, ports.clock.now()) ? [catchUpKey(connection.id)] : [];
}

/** May show rows that are gone and miss fresh ones, which have wake-ups of their own. */
async function listDirty(ports: Ports, id: string): Promise<string[]> {
  const listed = await ports.store.list({ table: 'dirty', group: id, limit: mostHints });
  return listed.rows.map((row) => row.key);
}

/** While stopped here, what came in is due only as far as nobody has searched it for control operations. */
function isInboxDue(connection: Connection, stream: Stream, incoming: Incoming): boolean {
  const { applied, scanned = 0 } = stream.in;
  return incoming.seq > applied && (mayApply(connection) || incoming.seq > Math.max(scanned, applied + 1));
}

function isSendingDue({ out }: Stream, now: number): boolean {
  return out.acked < out.seq && (out.nextAt ?? 0) <= now;
}

function isWorkLeft(connection: Connection, stream: Stream, now: number): boolean {
  const mayRead = (stream.backgroundUntil ?? 0) <= now;
  const isExisting =
    mayRead &&
    (connection.replay !== undefined ||
      connection.pairing?.job?.state === 'running' ||
      isBackfillDue(connection, stream) ||
      isFilterLookDue(connection, stream, now));
  const isLeft = (stream.waiting?.length ?? 0) > 0 || stream.overflow === true;
  return isLeft || stream.resync !== undefined || isExisting;
}

/** Before the first message there is nobody to greet. */
function isSilent(stream: Stream, incoming: Incoming, now: number): boolean {
  const heardAt = Math.max(stream.heardAt ?? 0, stream.aliveAt ?? 0, incoming.heardAt ?? 0);
  return heardAt > 0 && now - heardAt >= heartbeatMs;
}
