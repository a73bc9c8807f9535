/** What admins had agreed may have been among the messages that were lost with an epoch: it is told again. */
import { confirmationOf } from '#core/agreement/narrow-contract';
import { readNewestContract } from '../agree/read-contract';
import { raiseBrake } from '../brakes/raise-brake';
import type { Ports } from '../ports/ports';
import { postControl } from '../post-control';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';

/** Safe to repeat: each of it is a flag that is set, or replaces what was there. */
export async function tellStateAgain(ports: Ports, row: Connection): Promise<void> {
  if (row.confirmedHere !== undefined) await postControl(ports, row.id, { op: 'partner.confirmed' });
  if (row.confirmedThere === undefined || row.confirmedHere === undefined) return;
  if (row.agreedRevision > 0) {
    await postControl(ports, row.id, { op: row.run.here === 'started' ? 'run.start' : 'run.stop' });
  }
  await updateConnection(ports, row.id, (current) => ({ ...current, catalogDue: true }));
}

/** `theirs`: the newest revision that the partner knows, and the one in force for it. */
export async function compareTerms(
  ports: Ports,
  row: Connection,
  theirs: { latest: number; agreed: number },
): Promise<void> {
  if (row.role === 'secondary')
    return row.agreedRevision > theirs.agreed ? confirmAgain(ports, row) : undefined;
  if (theirs.latest < row.latestRevision) {
    await updateConnection(ports, row.id, (current) => ({ ...current, termsDue: { kind: 'publish' } }));
  }
  if (theirs.latest <= row.latestRevision) return;
  await raiseBrake(ports, row.id, {
    reason: 'termsLost',
    text: `This site was put back to a state from before revision ${theirs.latest} of what is shared, which the partner has already.`,
    question: 'Look at what is shared under Configure. Is it right as it stands here? Then publish it again.',
    answers: [{ id: 'publish', label: 'I will publish it again' }],
  });
  // The next one that is published must be newer than all that the partner knows.
  await updateConnection(ports, row.id, (current) => ({ ...current, latestRevision: theirs.latest }));
}

async function confirmAgain(ports: Ports, row: Connection): Promise<void> {
  const newest = await readNewestContract(ports, row);
  if (newest?.revision !== row.agreedRevision) return;
  const { mappings, without } = confirmationOf(newest, row.bindings);
  await postControl(ports, row.id, { op: 'contract.confirm', revision: newest.revision, mappings, without });
}
