/** Every five minutes: what a lost event, a lost wake-up or a silent partner left behind. */
import { sweep as sweepAll } from '#engine/sweep';
import { tendConnections } from '#engine/tend-connections';
import { composePorts } from '../compose';

export async function sweep(): Promise<void> {
  const ports = composePorts();
  await sweepAll(ports);
  await tendConnections(ports);
}
