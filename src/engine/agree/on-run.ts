/** The partner started or stopped its side. */
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import { updateConnection } from '../update-connection';

/** Safe to repeat. What was noted meanwhile is found by the worker, which runs anyway while this is handled. */
export async function onRun(ports: Ports, id: string, there: 'started' | 'stopped'): Promise<void> {
  await updateConnection(
    ports,
    id,
    (row) => {
      if (row.run.there === there) return undefined;
      return { ...row, run: { ...row.run, there, since: ports.clock.now() } };
    },
    () => [activityRow(ports, id, { level: 'info', text: `The partner ${there} the synchronization.` })],
  );
}
