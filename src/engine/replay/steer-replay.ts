/** Replay: an admin has everything of a time window looked at once more, for instance after a mistake was mended. */
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { isRunning } from '../rows/registry';
import { updateConnection } from '../update-connection';
import { type Replay, replayKey, replaySchema } from './rows';

const jobBytes = 10;

export interface ReplayView {
  state: 'none' | 'running' | 'done';
  from?: number;
  to?: number;
  startedAt?: number;
  endedAt?: number;
  /** Issues that were or are being looked at again. */
  noted?: number;
}

/** Replaces a replay that is going on. Nothing is written where nothing differs. */
export async function startReplay(
  ports: Ports,
  request: { id: string; from: number; to: number },
): Promise<{ job: string }> {
  const row = await requireConnection(ports, request.id);
  if (!isRunning(row)) throw new Refusal('notPossible', 'Start the synchronization on both sites first.');
  const startedAt = ports.clock.now();
  const to = Math.min(request.to, startedAt);
  if (request.from >= to) {
    const message = 'The beginning of the time must lie before its end, and in the past.';
    throw new Refusal('invalid', message, { from: message });
  }
  const job = ports.random.id(jobBytes);
  const body: Replay = { job, from: request.from, to, startedAt, step: 'search', noted: 0 };
  const key = replayKey(row.id);
  const put: StoreOperation = { op: 'set', table: 'issueIndex', key, body, group: row.id, rank: 'replay' };
  await updateConnection(
    ports,
    row.id,
    (current) => ({ ...current, replay: job }),
    () => [put],
  );
  await ports.queue.wake({ connection: row.id, hints: [] });
  return { job };
}

export async function readReplay(ports: Ports, request: { id: string }): Promise<ReplayView> {
  const row = await requireConnection(ports, request.id);
  const stored = await ports.store.get('issueIndex', replayKey(row.id));
  if (stored === undefined) return { state: 'none' };
  const { from, to, startedAt, endedAt, step, noted } = replaySchema.parse(stored.body);
  const state = step === 'done' ? 'done' : 'running';
  return { state, from, to, startedAt, noted, ...(endedAt === undefined ? {} : { endedAt }) };
}

export async function cancelReplay(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  if (row.replay === undefined) return;
  const key = replayKey(row.id);
  await updateConnection(ports, row.id, withoutReplay, () => [{ op: 'delete', table: 'issueIndex', key }]);
}

export function withoutReplay<T extends { replay?: string | undefined }>({
  replay: _over,
  ...row
}: T): Omit<T, 'replay'> {
  return row;
}
