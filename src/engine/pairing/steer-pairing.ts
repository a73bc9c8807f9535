/** What an admin decides about pairing: whether the partner may, and whether a checked list is carried out. */
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import type { PairingWay } from '../rows/pairing';
import { updateConnection } from '../update-connection';

/** While it is allowed, no copies of existing issues are made here. `null`: no more. */
export async function allowPairing(
  ports: Ports,
  request: { id: string; allow: PairingWay | null },
): Promise<void> {
  const row = await requireConnection(ports, request.id);
  const { allow } = request;
  if (allow?.by === 'value') {
    const found = await ports.site.search(allow.jql, undefined, 1);
    if (!found.ok) {
      const message = `Jira does not understand this query: ${found.failure.message}`;
      throw new Refusal('invalid', message, { jql: message });
    }
  }
  const text =
    allow === null
      ? 'The partner may not pair issues of this site any more.'
      : 'The partner may pair its issues with existing issues of this site.';
  await updateConnection(
    ports,
    row.id,
    (current) => {
      const { allow: _before, ...rest } = current.pairing ?? {};
      return { ...current, pairing: allow === null ? rest : { ...rest, allow } };
    },
    () => [activityRow(ports, row.id, { level: 'info', text })],
  );
  await ports.queue.wake({ connection: row.id, hints: [] });
}

/** `job`: the list that the admin has seen. Carried out once the synchronization runs. */
export async function startPairing(ports: Ports, request: { id: string; job: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  if (row.pairing?.job?.id !== request.job) {
    throw new Refusal('conflict', 'This list was replaced by another one. Look at it first.');
  }
  await changeJob(ports, row, (job) => (job.id === request.job ? { ...job, state: 'running' } : job));
  await ports.queue.wake({ connection: row.id, hints: [] });
}

/** Pairs that are made stay. Safe to repeat. */
export async function cancelPairing(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  await changeJob(ports, row, () => undefined);
  await ports.queue.wake({ connection: row.id, hints: [] });
}

type Job = NonNullable<NonNullable<Connection['pairing']>['job']>;

async function changeJob(
  ports: Ports,
  row: Connection,
  change: (job: Job) => Job | undefined,
): Promise<void> {
  await updateConnection(ports, row.id, (current) => {
    const { job, ...rest } = current.pairing ?? {};
    if (job === undefined) return undefined;
    const after = change(job);
    return { ...current, pairing: after === undefined ? rest : { ...rest, job: after } };
  });
}
