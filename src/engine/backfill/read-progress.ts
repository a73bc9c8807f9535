/** What an admin sees of a backfill: how far it is, how fast it goes, when it may end, and what it waits for. */
import { countThere, type Estimate, estimate, withinPoints } from '#core/backfill/progress';
import { requireConnection } from '../connect/require-connection';
import { isPairingOpen } from '../pairing/is-pairing-open';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import { isRunning } from '../rows/registry';
import { type Backfill, incomingSchema, type Stream, streamSchema } from '../rows/stream';
import { effectiveDone } from '../stream/heads';

export interface BackfillProgress {
  /** `none`: no existing issues were chosen. `pairing`: it begins when pairing is closed. */
  state: 'none' | 'running' | 'paused' | 'stopped' | 'pairing' | 'jiraPause' | 'finished';
  /** Issues which are on the partner site, or were looked at and take no part; of how many, as far as Jira says. */
  done: number;
  total?: number;
  /** Absent until it can be told, and while nothing moves. */
  estimate?: Estimate;
  /** With `jiraPause`: when it goes on, milliseconds since the epoch. */
  until?: number;
}

export async function readBackfill(ports: Ports, request: { id: string }): Promise<BackfillProgress> {
  const row = await requireConnection(ports, request.id);
  const [body, incomingBody] = await Promise.all([
    ports.store.get('stream', rowKeys.stream(row.id)),
    ports.store.get('stream', rowKeys.incoming(row.id)),
  ]);
  const stream = body === undefined ? undefined : streamSchema.parse(body.body);
  const backfill = stream?.backfill;
  const isBegun = backfill?.choice === JSON.stringify(row.existing);
  if (stream === undefined || backfill === undefined || !isBegun) {
    return { state: row.existing.mode === 'new' ? 'none' : stateOf(row, stream, ports, false), done: 0 };
  }
  const incoming = incomingBody === undefined ? undefined : incomingSchema.parse(incomingBody.body);
  const applied = incoming === undefined ? stream.out.done : effectiveDone(stream, incoming);
  const done = countThere(backfill.done, backfill.sent ?? [], applied);
  const state = stateOf(row, stream, ports, backfill.finished && done === backfill.done);
  const until = state === 'jiraPause' ? pausedUntil(stream) : undefined;
  return {
    state,
    done,
    ...(await foretell(ports, backfill, { done, state })),
    ...(until === undefined ? {} : { until }),
  };
}

/** Nothing about the end where Jira did not say how many there are. */
async function foretell(
  ports: Ports,
  { total, done: said, page, pace = [] }: Backfill,
  { done, state }: { done: number; state: BackfillProgress['state'] },
): Promise<Pick<BackfillProgress, 'total' | 'estimate'>> {
  if (total === undefined) return {};
  const all = Math.max(total, said + (page?.size ?? 0));
  const left = all - done;
  const told = state === 'running' ? estimate(pace, left, ports.clock.now()) : undefined;
  if (told === undefined) return { total: all };
  const points = await ports.governor?.backgroundPoints();
  return { total: all, estimate: points === undefined ? told : withinPoints(told, left, points) };
}

function stateOf(
  row: Connection,
  stream: Stream | undefined,
  ports: Ports,
  isFinished: boolean,
): BackfillProgress['state'] {
  if (isFinished) return 'finished';
  if (row.existingPaused === true) return 'paused';
  if (!isRunning(row)) return 'stopped';
  if (isPairingOpen(row)) return 'pairing';
  return pausedUntil(stream) > ports.clock.now() ? 'jiraPause' : 'running';
}

/** Jira's own pause, or one for the points of the next hour. */
function pausedUntil(stream: Stream | undefined): number {
  return Math.max(stream?.pausedUntil ?? 0, stream?.backgroundUntil ?? 0);
}
