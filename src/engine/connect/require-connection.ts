/** Finds the synchronization that a call names, or refuses in words. */
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { readConnection } from '../update-connection';

/** Ids of other installations lead nowhere, because each has its own store. */
export async function requireConnection(ports: Ports, id: string): Promise<Connection> {
  const row = await readConnection(ports, id);
  if (row === undefined) throw new Refusal('notFound', 'This synchronization does not exist any more.');
  return row;
}

/** Refuses with `message` unless the handshake stands in one of `phases`. */
export async function requirePhase(
  ports: Ports,
  id: string,
  phases: readonly Connection['phase'][],
  message: string,
): Promise<Connection> {
  const row = await requireConnection(ports, id);
  if (!phases.includes(row.phase)) throw new Refusal('notPossible', message);
  return row;
}
