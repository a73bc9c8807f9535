/** Start: from now on changes travel, as soon as the partner has started too. */
import { requireConnection } from './connect/require-connection';
import { Refusal } from './errors';
import type { Ports } from './ports/ports';
import { postControl } from './post-control';
import { activityRow } from './record-activity';
import type { Connection } from './rows/connection';
import { updateConnection } from './update-connection';

/** Safe to repeat. Existing issues of the admin's choice are brought in by the worker afterwards. */
export async function startRun(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  check(row);
  // Told first: when a crash comes between, pressing Start again repeats both.
  await postControl(ports, row.id, { op: 'run.start' });
  const now = ports.clock.now();
  await updateConnection(
    ports,
    row.id,
    (current) =>
      current.phase !== 'joined' || current.run.here === 'started'
        ? undefined
        : {
            ...current,
            run: { ...current.run, here: 'started', since: now, startedAt: current.run.startedAt ?? now },
          },
    () => [activityRow(ports, row.id, { level: 'info', text: 'The synchronization was started here.' })],
  );
  await ports.queue.wake({ connection: row.id, hints: [] });
}

function check(row: Connection): void {
  if (row.phase !== 'joined') {
    throw new Refusal('notPossible', 'This synchronization is not connected to its partner.');
  }
  if (row.agreedRevision === 0) {
    throw new Refusal(
      'notPossible',
      'Nothing is agreed yet: choose Configure, and agree with your partner first.',
    );
  }
  if (row.brake !== undefined) {
    throw new Refusal('notPossible', `${row.brake.text} Answer that first.`);
  }
}
