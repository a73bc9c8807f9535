/** What an admin does about differences: begins a check, looks at it, and has what it found put right. */
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { isRunning } from '../rows/registry';
import { updateConnection } from '../update-connection';
import { withFlag } from './jobs';
import { driftKeys, type Found, foundPage, foundPageSchema, type MyCheck, myCheckSchema } from './rows';
import { freshScan } from './scan-pairs';

const checkBytes = 10;

export interface DriftView {
  state: 'none' | 'checking' | 'done' | 'healing';
  check?: string;
  full?: boolean;
  /** Pairs read here so far. */
  read?: number;
  startedAt?: number;
  endedAt?: number;
  /** `proved`: Jira was read on both sites. `known`: only what was agreed was compared. */
  verdict?: 'same' | 'differs';
  found?: number;
  /** Pairs that were left out because a change of theirs was on its way. */
  moving?: number;
  differences?: Found[];
  nextPage?: number;
  healed?: { pairs: number; at: number };
}

/** Replaces a check that is going on. */
export async function startDrift(
  ports: Ports,
  request: { id: string; full: boolean },
): Promise<{ check: string }> {
  const row = await requireConnection(ports, request.id);
  if (!isRunning(row)) throw new Refusal('notPossible', 'Start the synchronization on both sites first.');
  const check = ports.random.id(checkBytes);
  const { full } = request;
  const job: MyCheck = {
    ...freshScan,
    check,
    full,
    step: 'scan',
    startedAt: ports.clock.now(),
    todo: [],
    looking: [],
    found: 0,
    kept: 0,
  };
  await begin(ports, row.id, job);
  return { check };
}

/** `check`: the one whose differences the admin has seen. */
export async function healDrift(ports: Ports, request: { id: string; check: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  if (!isRunning(row)) throw new Refusal('notPossible', 'Start the synchronization on both sites first.');
  const job = await read(ports, row.id);
  if (job?.check !== request.check || job.step !== 'done') {
    throw new Refusal(
      'conflict',
      'This check is not finished, or was replaced by another one. Look at it first.',
    );
  }
  await begin(ports, row.id, { ...job, step: 'heal', heal: { page: 0, pairs: 0 } });
}

export async function readDrift(
  ports: Ports,
  request: { id: string; page?: number | undefined },
): Promise<DriftView> {
  const row = await requireConnection(ports, request.id);
  const job = await read(ports, row.id);
  if (job === undefined) return { state: 'none' };
  const { check, full, count, startedAt, endedAt, found, heal, busy } = job;
  const page = request.page ?? 0;
  const stored = await ports.store.get('issueIndex', driftKeys.found(row.id, page));
  const part = stored === undefined ? undefined : foundPageSchema.parse(stored.body);
  const isOver = job.step === 'done';
  return {
    state: isOver ? 'done' : job.step === 'heal' ? 'healing' : 'checking',
    check,
    full,
    read: count,
    startedAt,
    found,
    ...(busy === 0 ? {} : { moving: busy }),
    differences: part?.check === check ? part.found : [],
    ...(endedAt === undefined ? {} : { endedAt, verdict: found === 0 ? 'same' : 'differs' }),
    ...((page + 1) * foundPage < job.kept ? { nextPage: page + 1 } : {}),
    ...(heal?.endedAt === undefined ? {} : { healed: { pairs: heal.pairs, at: heal.endedAt } }),
  };
}

async function read(ports: Ports, id: string): Promise<MyCheck | undefined> {
  const row = await ports.store.get('issueIndex', driftKeys.mine(id));
  return row === undefined ? undefined : myCheckSchema.parse(row.body);
}

async function begin(ports: Ports, id: string, body: MyCheck): Promise<void> {
  const key = driftKeys.mine(id);
  const put: StoreOperation = { op: 'set', table: 'issueIndex', key, body, group: id, rank: 'drift' };
  await updateConnection(
    ports,
    id,
    (row) => withFlag(row, 'mine', body.check),
    () => [put],
  );
  await ports.queue.wake({ connection: id, hints: [] });
}
