/** Pause and resume: existing issues wait, what is live goes on. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import { updateConnection } from '../update-connection';

/** The page at work is finished when it goes on. Safe to repeat. */
export async function pauseBackfill(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  await updateConnection(
    ports,
    row.id,
    (current) => (current.existingPaused === true ? undefined : { ...current, existingPaused: true }),
    () => [activityRow(ports, row.id, { level: 'info', text: 'Existing issues wait: paused here.' })],
  );
}

export async function resumeBackfill(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requireConnection(ports, request.id);
  await updateConnection(
    ports,
    row.id,
    ({ existingPaused, ...current }) =>
      existingPaused === true ? { ...current, existingResumedAt: ports.clock.now() } : undefined,
    () => [activityRow(ports, row.id, { level: 'info', text: 'Existing issues go on.' })],
  );
  await ports.queue.wake({ connection: row.id, hints: [] });
}
