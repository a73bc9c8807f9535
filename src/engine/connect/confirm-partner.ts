/** Confirm partner: the admin compared the six words with the partner's admin. */
import { shareCatalogIfDue } from '../agree/share-catalog';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { postControl } from '../post-control';
import { activityRow } from '../record-activity';
import { updateConnection } from '../update-connection';
import { requirePhase } from './require-connection';

/** Safe to repeat. Nothing but this word travels before both sides have said it. */
export async function confirmPartner(ports: Ports, request: { id: string }): Promise<void> {
  const row = await requirePhase(
    ports,
    request.id,
    ['joined'],
    'There is no partner to confirm yet: wait until the handshake is done.',
  );
  if (row.words === undefined) throw new Refusal('notPossible', 'There are no words to compare yet.');
  if (row.confirmedHere !== undefined) return;
  // Said before it is noted here: if this call ends in between, pressing again says it once more, which does no harm.
  await postControl(ports, row.id, { op: 'partner.confirmed' });
  await updateConnection(
    ports,
    row.id,
    (current) =>
      current.confirmedHere !== undefined
        ? undefined
        : {
            ...current,
            confirmedHere: ports.clock.now(),
            catalogDue: current.confirmedThere !== undefined,
          },
    () => [activityRow(ports, row.id, { level: 'info', text: 'The partner was confirmed here.' })],
  );
  await shareCatalogIfDue(ports, row.id);
}
