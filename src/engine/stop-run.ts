/** Stop: nothing leaves and nothing is changed here until Start; every change is noted meanwhile, so nothing is lost. */
import { requireConnection } from './connect/require-connection';
import { Refusal } from './errors';
import type { Ports } from './ports/ports';
import { postControl } from './post-control';
import { activityRow } from './record-activity';
import { updateConnection } from './update-connection';

/** Safe to repeat. */
export async function stopRun(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  if (row.phase !== 'joined') {
    throw new Refusal('notPossible', 'This synchronization is not connected to its partner.');
  }
  // Stopped here first, whatever becomes of telling it.
  await updateConnection(
    ports,
    row.id,
    (current) =>
      current.run.here === 'stopped'
        ? undefined
        : { ...current, run: { ...current.run, here: 'stopped', since: ports.clock.now() } },
    () => [activityRow(ports, row.id, { level: 'info', text: 'The synchronization was stopped here.' })],
  );
  await postControl(ports, row.id, { op: 'run.stop' });
}
