/** Replay: an admin has everything of a time window looked at once more, for instance after a mistake was mended. */
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import { readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { isRunning } from '../rows/registry';
import { updateConnection } from '../update-connection';
import { checkTime, type ReplayTime } from './preview-replay';
import { replayQuery } from './replay-query';
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
  /** About so many there will be. */
  expected?: number;
}

/** Replaces a replay that is going on. Nothing is written where nothing differs. */
export async function startReplay(ports: Ports, request: ReplayTime): Promise<{ job: string }> {
  const row = await requireConnection(ports, request.id);
  if (!isRunning(row)) throw new Refusal('notPossible', 'Start the synchronization on both sites first.');
  const startedAt = ports.clock.now();
  const { from, to } = checkTime(ports, request);
  const expected = await countIssues(ports, row, { from, to });
  const job = ports.random.id(jobBytes);
  const body: Replay = { job, from, to, startedAt, step: 'search', noted: 0, ...expected };
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

/** Only for showing how far it is, so a site that does not answer stops nothing. */
async function countIssues(
  ports: Ports,
  row: Connection,
  time: { from: number; to: number },
): Promise<{ expected?: number }> {
  const { mappings } = await readAgreement(ports, row);
  const jql = replayQuery(mappings, { ...time, now: ports.clock.now() });
  const counted = jql === undefined ? undefined : await ports.site.countIssues(jql);
  return counted?.ok ? { expected: counted.value } : {};
}

export async function readReplay(ports: Ports, request: { id: string }): Promise<ReplayView> {
  const row = await requireConnection(ports, request.id);
  const stored = await ports.store.get('issueIndex', replayKey(row.id));
  if (stored === undefined) return { state: 'none' };
  const { from, to, startedAt, endedAt, step, noted, expected } = replaySchema.parse(stored.body);
  const state = step === 'done' ? 'done' : 'running';
  return {
    state,
    from,
    to,
    startedAt,
    noted,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(expected === undefined ? {} : { expected }),
  };
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
