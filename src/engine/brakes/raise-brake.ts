/** Raises a brake: nothing leaves and nothing is changed here until an admin has answered its question. */
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Brake } from '../rows/brake';
import { updateConnection } from '../update-connection';

/**
 * Durable when it returns. While another brake stands this one is not raised: whoever raises it looks again once work goes
 * on, so a cause that lasts is not forgotten. A worker must read its connection again afterwards (`session.reload`).
 */
export async function raiseBrake(ports: Ports, id: string, brake: Omit<Brake, 'at'>): Promise<void> {
  const at = ports.clock.now();
  await updateConnection(
    ports,
    id,
    (row) =>
      row.phase !== 'joined' || row.brake !== undefined ? undefined : { ...row, brake: { ...brake, at } },
    () => [activityRow(ports, id, { level: 'error', text: `Stopped for safety. ${brake.text}` })],
  );
}
