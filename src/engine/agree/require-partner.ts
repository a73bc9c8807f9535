/** Finds the synchronization on which something is to be agreed, and refuses where that is not possible yet. */
import { requirePhase } from '../connect/require-connection';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

/** Joined, and both admins have confirmed. */
export async function requirePartner(ports: Ports, id: string): Promise<Connection> {
  const row = await requirePhase(ports, id, ['joined'], 'The invitation must be accepted first.');
  if (row.confirmedHere === undefined || row.confirmedThere === undefined) {
    throw new Refusal('notPossible', 'First both admins compare the words and confirm the partner.');
  }
  return row;
}

/** As `requirePartner`, for what only the primary may do. */
export async function requirePrimary(ports: Ports, id: string): Promise<Connection> {
  const row = await requirePartner(ports, id);
  if (row.role !== 'primary') {
    throw new Refusal(
      'forbidden',
      'Only the primary defines the terms. You can complete and narrow what it publishes.',
    );
  }
  return row;
}
